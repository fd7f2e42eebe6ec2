import { crop, cropGeometry, padBox, type Volume } from '@sentinode/volume';
import { z } from 'zod';
import type { FilteredImage, ImageFilter } from '../image-filter.ts';
import { laplacianOfGaussian } from './laplacian.ts';

/** Neighbourhood of the box in sigmas: the recursion's memory falls below float32 rounding within it. */
const MARGIN_SIGMAS = 24;

/** A width; as text where a parameter file writes a whole number, which the reference prints without a fraction. */
const width = z.union([z.number(), z.string().regex(/^[+-]?\d+$/, 'expected a number')]);
const options = z.strictObject({
  sigma: z
    .union([width, z.array(width)])
    .default([])
    .describe('widths of LoG in mm'),
});

/** `2` -> `2-0`, `1.5` -> `1-5`, the whole number `2` of a parameter file -> `2`. */
function sigmaText(sigma: number | string): string {
  if (typeof sigma === 'string') return String(Number(sigma));
  const text = Number.isInteger(sigma) ? `${sigma}.0` : String(sigma);
  return text.replace('.', '-');
}

/** Laplacian of Gaussian, always in 3-D (of a picture in 2-D). Skipped with a warning where the image is too thin for a sigma. */
export const laplacian = {
  name: 'LoG',
  options,
  apply: (image, { box }, { sigma: given }, warn) => {
    const { size, spacing } = image.geometry;
    const axes = ([0, 1, 2] as const).filter((axis) => axis < (image.dimensions ?? 3));
    if (axes.some((axis) => size[axis] < 4)) {
      warn({
        code: 'log-too-thin',
        message: `LoG was skipped: the image has ${size.join(' x ')} voxels, and every axis needs at least 4.`,
      });
      return [];
    }
    const found: FilteredImage[] = [];
    for (const written of Array.isArray(given) ? given : [given]) {
      const sigma = Number(written);
      if (!(sigma > 0) || axes.some((axis) => size[axis] < Math.ceil(sigma / spacing[axis]) + 1)) {
        warn({
          code: 'log-skipped',
          message: `LoG with sigma ${sigma} mm was skipped: the image is too thin for it.`,
        });
        continue;
      }
      const reach = Math.max(...spacing.map((s) => Math.ceil((MARGIN_SIGMAS * sigma) / s)));
      const padded = padBox(box, reach, size);
      const part = crop(image, padded);
      const inside = {
        start: box.start.map((start, axis) => start - padded.start[axis]!) as unknown as typeof box.start,
        size: box.size,
      };
      const data = laplacianOfGaussian(part.data, part.geometry.size, spacing, sigma, inside, axes);
      const volume: Volume = { geometry: cropGeometry(image.geometry, box), elementType: 'float32', data };
      found.push({ name: `log-sigma-${sigmaText(written)}-mm-3D`, image: volume });
    }
    return found;
  },
} satisfies ImageFilter<typeof options>;
