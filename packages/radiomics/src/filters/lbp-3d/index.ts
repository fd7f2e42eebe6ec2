import { crop, type ElementType, elementRange } from '@sentinode/volume';
import { z } from 'zod';
import { pairwiseMean } from '../../kernels/pairwise-sum.ts';
import type { ImageFilter } from '../image-filter.ts';
import { cubicSamples } from './cubic-samples.ts';
import { harmonics, patternStrength } from './harmonics.ts';
import { icosphere } from './icosphere.ts';

const options = z.strictObject({
  lbp3DLevels: z
    .number()
    .int()
    .min(2, 'lbp3DLevels must be at least 2 (PyRadiomics fails with 1)')
    .max(30)
    .default(2)
    .describe('degrees of spherical harmonics'),
  lbp3DIcosphereRadius: z.number().positive().default(1).describe('of the sphere of neighbours, in voxels'),
  lbp3DIcosphereSubdivision: z
    .number()
    .int()
    .min(0)
    .max(5)
    .default(1)
    .describe('0: 12 neighbours, 1: 42, 2: 162'),
  force2D: z.boolean().default(false),
});

/** Samples take the element type of the image: whole numbers are rounded, halves away from 0. */
function toType(type: ElementType): (value: number) => number {
  if (type === 'float64') return (value) => value;
  if (type === 'float32') return Math.fround;
  const [low, high] = elementRange(type);
  return (value) => Math.trunc(Math.max(low, Math.min(high, value > 0 ? value + 0.5 : value - 0.5)));
}

/** Fourth moment over the squared second one, less 3; NaN where all samples are equal. */
function excessKurtosis(samples: Float64Array, single: boolean): number {
  const round = single ? Math.fround : (value: number): number => value;
  const mean = pairwiseMean(samples, (value) => value, round);
  const square = (value: number): number => {
    const apart = round(value - mean);
    return round(apart * apart);
  };
  const second = pairwiseMean(samples, square, round);
  const fourth = pairwiseMean(samples, (value) => round(square(value) * square(value)), round);
  const noise = round((single ? 2 ** -23 : 2 ** -52) * mean);
  if (second <= round(noise * noise)) return Number.NaN;
  return round(round(fourth / round(second * second)) - 3);
}

/**
 * Local binary patterns in 3-D (Banerjee 2013): which samples on a sphere around a voxel reach its value, as the
 * strength of that pattern in spherical harmonics of each degree, and the kurtosis of the samples. Only inside the
 * mask.
 */
export const lbp3D = {
  name: 'LBP3D',
  options,
  apply: (image, { box, mask }, chosen, warn) => {
    if (image.dimensions === 2) {
      warn({ code: 'filter-skipped', message: 'LBP3D was skipped: the image is a picture of two axes.' });
      return [];
    }
    if (chosen.force2D)
      warn({
        code: 'lbp-3d-in-2d',
        message: 'LBP3D looks at neighbours in 3-D while features are measured in 2-D.',
      });
    const { size } = image.geometry;
    const sphere = icosphere(chosen.lbp3DIcosphereSubdivision, chosen.lbp3DIcosphereRadius);
    const degrees = harmonics(sphere, chosen.lbp3DIcosphereRadius, chosen.lbp3DLevels);
    const sample = cubicSamples(image.data, size);
    const convert = toType(image.elementType);
    const inside = crop(mask, box);
    const images = Array.from({ length: chosen.lbp3DLevels + 1 }, () => new Float64Array(inside.data.length));
    const samples = new Float64Array(sphere.length);
    const bits = new Uint8Array(sphere.length);
    let to = 0;
    for (let z = box.start[2]; z < box.start[2] + box.size[2]; z++)
      for (let y = box.start[1]; y < box.start[1] + box.size[1]; y++)
        for (let x = box.start[0]; x < box.start[0] + box.size[0]; x++, to++) {
          const at = (z * size[1] + y) * size[0] + x;
          if (inside.data[to] === 0) continue;
          for (let v = 0; v < sphere.length; v++) {
            // the reference adds the vertex (x, y, z) to the index (z, y, x)
            const [dz, dy, dx] = sphere[v]!;
            samples[v] = convert(sample(z + dz, y + dy, x + dx));
            bits[v] = samples[v]! >= image.data[at]! ? 1 : 0;
          }
          degrees.forEach((degree, level) => {
            images[level]![to] = patternStrength(bits, degree);
          });
          images[chosen.lbp3DLevels]![to] = excessKurtosis(samples, image.elementType === 'float32');
        }
    return images.map((data, level) => ({
      name: level === chosen.lbp3DLevels ? 'lbp-3D-k' : `lbp-3D-m${level + 1}`,
      image: { geometry: inside.geometry, elementType: 'float64' as const, data },
    }));
  },
} satisfies ImageFilter<typeof options>;
