import { SentinodeError } from '@sentinode/core';
import { type Box, crop, type Volume } from '@sentinode/volume';
import { z } from 'zod';
import type { FilteredImage, ImageFilter } from '../image-filter.ts';
import { coif1, subBands } from './undecimated.ts';

const options = z.strictObject({
  wavelet: z.string().default('coif1'),
  level: z.number().int().min(1).default(1),
  start_level: z.number().int().min(0).default(0),
});

/**
 * Undecimated wavelet transform with periodic ends (PyWavelets `swtn`, level 1, repeated on the LLL band for further
 * levels). The k-th letter belongs to the axes x, y, z in that order. An axis of odd length is padded with its first
 * slice.
 */
export const wavelet = {
  name: 'Wavelet',
  options,
  apply: (image, box, { wavelet: name, level, start_level: startLevel }) => {
    if (name !== 'coif1')
      throw new SentinodeError(
        'not-built',
        `The wavelet "${name}" is not built yet; this version has coif1.`,
        { field: 'imageType.Wavelet.wavelet' },
      );
    const found: FilteredImage[] = [];
    let current: Volume = image;
    const whole: Box = { start: [0, 0, 0], size: image.geometry.size };
    for (let at = 1; at <= level; at++) {
      const last = at === level;
      const bands = subBands(current.data, image.geometry.size, last ? box : whole, coif1);
      const prefix = at === 1 ? 'wavelet' : `wavelet${at}`;
      const target = crop({ ...image, data: image.data }, box).geometry;
      for (const { band, data } of bands) {
        const volume: Volume = { geometry: last ? target : image.geometry, elementType: 'float64', data };
        if (at > startLevel && (band !== 'LLL' || last))
          found.push({ name: `${prefix}-${band}`, image: last ? volume : crop(volume, box) });
        if (band === 'LLL' && !last) current = volume;
      }
    }
    return found;
  },
} satisfies ImageFilter<typeof options>;
