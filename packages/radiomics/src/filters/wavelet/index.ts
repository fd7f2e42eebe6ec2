import type { Warning } from '@sentinode/core';
import { type Box, crop, type Volume } from '@sentinode/volume';
import { z } from 'zod';
import type { FilteredImage, ImageFilter } from '../image-filter.ts';
import type { Axis } from './convolution.ts';
import { filterBank, waveletName } from './filter-bank.ts';
import { evenGrid, inBox, subBands } from './undecimated.ts';

const options = z.strictObject({
  wavelet: waveletName.default('coif1').describe('a discrete wavelet, e.g. haar, db2, bior1.3'),
  level: z.number().int().min(1).default(1).describe('levels to measure'),
  start_level: z.number().int().min(0).default(0).describe('levels to skip first'),
  force2D: z.boolean().default(false),
  force2Ddimension: z.number().int().min(0).max(2).default(0),
});

/** The axes that are filtered: all, or those of a slice across the reference's dimension 0 z, 1 y, 2 x (of a picture 0 y, 1 x). */
function filteredAxes(count: 2 | 3, force2D: boolean, dimension: number): readonly Axis[] {
  return ([0, 1, 2] as const).filter((axis) => axis < count && (!force2D || axis !== count - 1 - dimension));
}

/** Along an axis of one slice there is nothing to separate. */
function warnOfThinAxes(
  image: readonly number[],
  region: readonly number[],
  axes: readonly Axis[],
  warn: (warning: Warning) => void,
): void {
  for (const axis of axes) {
    if (region[axis]! > 1) continue;
    const along = `along ${'xyz'[axis]}`;
    warn({
      code: 'wavelet-one-slice',
      message:
        image[axis] === 1
          ? `The image has one slice ${along}: wavelet bands that are high-pass there are nought. Filter slice by slice with force2D and force2Ddimension ${2 - axis}.`
          : `The region has one slice ${along}, and wavelets mix it with the slices beside it. Filter slice by slice with force2D and force2Ddimension ${2 - axis} if that is not wanted.`,
    });
  }
}

/**
 * Undecimated wavelet transform with periodic ends (PyWavelets `swtn`, level 1, repeated on the low-pass band for
 * further levels). The k-th letter belongs to the k-th of the filtered axes x, y, z. An axis of odd length is padded
 * with its first slice, once, before all levels. Single precision where the image has it.
 */
export const wavelet = {
  name: 'Wavelet',
  options,
  apply: (
    image,
    { box },
    { wavelet: name, level, start_level: skipped, force2D, force2Ddimension },
    warn,
  ) => {
    const axes = filteredAxes(image.dimensions ?? 3, force2D, force2Ddimension);
    warnOfThinAxes(image.geometry.size, box.size, axes, warn);
    const lowest = 'L'.repeat(axes.length);
    const single = image.elementType === 'float32';
    const bank = filterBank(name, single);
    const { geometry } = crop(image, box);
    const found: FilteredImage[] = [];
    let current = evenGrid(image.data, image.geometry.size);
    const whole: Box = { start: [0, 0, 0], size: current.size };
    for (let at = 0; at < skipped + level; at++) {
      const last = at === skipped + level - 1;
      const bands = subBands(current, last ? box : whole, axes, bank, single);
      const prefix = at === skipped ? 'wavelet' : `wavelet${at - skipped + 1}`;
      for (const { band, data } of bands) {
        if (at < skipped || (band === lowest && !last)) continue;
        const inside = last ? data : inBox(data, current.size, box);
        const volume: Volume = { geometry, elementType: single ? 'float32' : 'float64', data: inside };
        found.push({ name: `${prefix}-${band}`, image: volume });
      }
      if (!last) current = evenGrid(bands.find(({ band }) => band === lowest)!.data, current.size);
    }
    return found;
  },
} satisfies ImageFilter<typeof options>;
