import { cos, sin } from '@sentinode/core';
import { crop, type Volume } from '@sentinode/volume';
import { z } from 'zod';
import type { ImageFilter } from '../image-filter.ts';
import { patternCode } from './pattern-code.ts';
import { roundHalfEven, sliceAxes, sliceSampler } from './slice-sampler.ts';

const options = z.strictObject({
  lbp2DRadius: z.number().positive().default(1).describe('of the circle of neighbours, in voxels'),
  lbp2DSamples: z.number().int().min(1).max(31).default(8).describe('neighbours on the circle'),
  lbp2DMethod: z.enum(['uniform', 'default', 'ror', 'nri_uniform', 'var']).default('uniform'),
  force2D: z.boolean().default(false),
  force2Ddimension: z.number().int().min(0).max(2).default(0).describe('slices across 0 z, 1 y, 2 x'),
});

/** Offsets of the neighbours along the rows and the columns of a slice, to five decimals. */
function circle(radius: number, samples: number): { rows: Float64Array; columns: Float64Array } {
  const angle = (k: number): number => (2 * Math.PI * k) / samples;
  const place = (value: number): number => roundHalfEven(value * 1e5) / 1e5;
  return {
    rows: Float64Array.from({ length: samples }, (_, k) => place(-radius * sin(angle(k)))),
    columns: Float64Array.from({ length: samples }, (_, k) => place(radius * cos(angle(k)))),
  };
}

/**
 * Local binary patterns slice by slice (scikit-image `local_binary_pattern`): neighbours on a circle, bilinear, 0
 * outside, compared with the voxel. Codes are cut to the element type of the image.
 */
export const lbp2D = {
  name: 'LBP2D',
  options,
  apply: (image, { box }, chosen, warn) => {
    const picture = image.dimensions === 2;
    if (!chosen.force2D && !picture)
      warn({
        code: 'lbp-2d-in-3d',
        message:
          'LBP2D works slice by slice while features are measured in 3-D; set force2D to measure both in 2-D.',
      });
    const cut = crop(image, box);
    // codes of a picture are not cut to its element type
    const inside: Volume = picture
      ? { geometry: cut.geometry, elementType: 'float64', data: new Float64Array(cut.data.length) }
      : cut;
    const { rows, columns } = circle(chosen.lbp2DRadius, chosen.lbp2DSamples);
    const axes = sliceAxes(picture ? 0 : (chosen.force2Ddimension as 0 | 1 | 2));
    const sample = sliceSampler(image, axes);
    const code = patternCode(chosen.lbp2DMethod, chosen.lbp2DSamples);
    const texture = new Float64Array(chosen.lbp2DSamples);
    let to = 0;
    for (let z = 0; z < box.size[2]; z++)
      for (let y = 0; y < box.size[1]; y++)
        for (let x = 0; x < box.size[0]; x++, to++) {
          const place = [box.start[0] + x, box.start[1] + y, box.start[2] + z] as const;
          const row = place[axes.row];
          const column = place[axes.column];
          for (let k = 0; k < texture.length; k++)
            texture[k] = sample(place[axes.slice], row + rows[k]!, column + columns[k]!);
          inside.data[to] = code(texture, sample(place[axes.slice], row, column));
        }
    return [{ name: 'lbp-2D', image: inside }];
  },
} satisfies ImageFilter<typeof options>;
