import { crop, type Volume } from '@sentinode/volume';
import { z } from 'zod';
import type { ImageFilter } from '../image-filter.ts';

const options = z.strictObject({
  gradientUseSpacing: z.boolean().default(true).describe('differences per mm; false: per voxel'),
});

/**
 * Length of the gradient by central differences, the edge voxel repeated outside; single precision (ITK
 * GradientMagnitudeImageFilter).
 */
export const gradient = {
  name: 'Gradient',
  options,
  apply: (image, { box }, { gradientUseSpacing }) => {
    const { size, spacing } = image.geometry;
    const strides = [1, size[0], size[0] * size[1]] as const;
    const weights = spacing.map((mm) => 0.5 * (gradientUseSpacing ? 1 / mm : 1));
    const inside: Volume = crop(image, box);
    const data = new Float32Array(inside.data.length);
    let to = 0;
    const place = [0, 0, 0];
    for (let z = 0; z < box.size[2]; z++)
      for (let y = 0; y < box.size[1]; y++)
        for (let x = 0; x < box.size[0]; x++, to++) {
          place[0] = box.start[0] + x;
          place[1] = box.start[1] + y;
          place[2] = box.start[2] + z;
          const at = place[0] + place[1] * strides[1] + place[2] * strides[2];
          let sum = 0;
          for (let axis = 0; axis < 3; axis++) {
            const before = place[axis]! > 0 ? strides[axis]! : 0;
            const after = place[axis]! < size[axis]! - 1 ? strides[axis]! : 0;
            const weight = weights[axis]!;
            const slope = image.data[at + after]! * weight - image.data[at - before]! * weight;
            sum += slope * slope;
          }
          data[to] = Math.sqrt(sum);
        }
    return [{ name: 'gradient', image: { geometry: inside.geometry, elementType: 'float32', data } }];
  },
} satisfies ImageFilter<typeof options>;
