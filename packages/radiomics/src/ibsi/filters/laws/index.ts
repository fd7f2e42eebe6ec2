import { z } from 'zod';
import { meanFilter, reachOf } from '../convolve.ts';
import type { IbsiFilter } from '../filter.ts';
import { boundary, name, pooling, rotationInvariant } from '../options.ts';
import { type Pass, pooledResponse, reversed, rotations } from '../rotations.ts';

/** Level, edge, spot, wave and ripple; each is divided by its length. */
const kernels: Readonly<Record<string, readonly number[]>> = {
  L3: [1, 2, 1],
  E3: [-1, 0, 1],
  S3: [-1, 2, -1],
  L5: [1, 4, 6, 4, 1],
  E5: [-1, -2, 0, 2, 1],
  S5: [-1, 0, 2, 0, -1],
  W5: [-1, 2, 0, -2, 1],
  R5: [1, -4, 6, -4, 1],
};

const options = z.strictObject({
  type: z.literal('laws'),
  name,
  boundary,
  kernels: z
    .string()
    .regex(/^([LES]3|[LESWR]5){2,3}$/, 'two or three of L3, E3, S3, L5, E5, S5, W5, R5, as in L5E5S5')
    .describe('kernels along x, y and, in 3D, z, e.g. L5E5S5; two make a 2D filter'),
  rotationInvariant,
  pooling,
  energyDistance: z
    .number()
    .int()
    .positive()
    .nullable()
    .default(null)
    .describe('energy: mean of absolute responses up to this many voxels away; null: the response itself'),
});

const namesOf = (text: string): string[] => text.match(/../g)!;
const dimensionOf = (text: string): '2D' | '3D' => (namesOf(text).length === 2 ? '2D' : '3D');

function unitLength(taps: readonly number[]): Float64Array {
  const length = Math.sqrt(taps.reduce((sum, tap) => sum + tap * tap, 0));
  return Float64Array.from(taps, (tap) => tap / length);
}

/** Laws kernels; rotations are pooled before the energy is taken. */
export const laws = {
  type: 'laws',
  title: 'Laws kernels',
  options,
  label: ({ kernels: text, rotationInvariant, pooling, energyDistance }) =>
    [
      `laws-${text}`,
      ...(rotationInvariant ? [pooling] : []),
      ...(energyDistance === null ? [] : [`energy-${energyDistance}`]),
    ].join('-'),
  reach: ({ kernels: text, energyDistance }) => reachOf(dimensionOf(text), 2 + (energyDistance ?? 0)),
  apply: ({ values, size }, { kernels: text, rotationInvariant, pooling, energyDistance, boundary }) => {
    const taps = namesOf(text).map((one) => unitLength(kernels[one]!));
    const lists = rotations(taps.length as 2 | 3, rotationInvariant).map(({ places, flipped }) =>
      places.map((place, axis): Pass => {
        const kernel = taps[place]!;
        return { axis: axis as Pass['axis'], kernel: flipped[axis] ? reversed(kernel) : kernel };
      }),
    );
    const response = pooledResponse(values, size, lists, pooling, boundary);
    if (energyDistance === null) return response;
    return meanFilter(response.map(Math.abs), size, 2 * energyDistance + 1, dimensionOf(text), boundary);
  },
} satisfies IbsiFilter<typeof options>;
