import { z } from 'zod';
import { filterBank, waveletName } from '../../../filters/wavelet/filter-bank.ts';
import { oddLength, reachOf } from '../convolve.ts';
import type { IbsiFilter } from '../filter.ts';
import { boundary, name, pooling, rotationInvariant } from '../options.ts';
import { type Pass, pooledResponse, reversed, rotations } from '../rotations.ts';

const options = z.strictObject({
  type: z.literal('wavelet'),
  name,
  boundary,
  wavelet: waveletName.describe('discrete wavelet by its usual name, e.g. db3'),
  subband: z
    .string()
    .regex(/^[LH]{2,3}$/, 'two or three of L and H, as in LLH')
    .describe('low or high pass along x, y and, in 3D, z; two letters make a 2D filter'),
  level: z.number().int().min(1).max(6).default(1).describe('level of the decomposition'),
  rotationInvariant,
  pooling,
});

const dimensionOf = (subband: string): '2D' | '3D' => (subband.length === 2 ? '2D' : '3D');

/** Zeros between the taps: 2^(level - 1) - 1. */
function spread(kernel: Float64Array, level: number): Float64Array {
  const step = 2 ** (level - 1);
  const out = new Float64Array((kernel.length - 1) * step + 1);
  kernel.forEach((tap, k) => {
    out[k * step] = tap;
  });
  return out;
}

/** Separable wavelets without decimation: low pass along every axis up to the level before, then the letters. */
export const wavelet = {
  type: 'wavelet',
  title: 'Separable wavelets',
  options,
  label: ({ wavelet: family, subband, level, rotationInvariant, pooling }) =>
    [`wavelet-${family}-${subband}-level-${level}`, ...(rotationInvariant ? [pooling] : [])].join('-'),
  reach: ({ wavelet: family, subband, level }) => {
    const half = Math.ceil(filterBank(family, false).low.length / 2);
    return reachOf(dimensionOf(subband), half * (2 ** level - 1));
  },
  apply: ({ values, size }, { wavelet: family, subband, level, rotationInvariant, pooling, boundary }) => {
    const bank = filterBank(family, false);
    const [low, high] = [oddLength(bank.low), oddLength(bank.high)];
    const letters = [...subband].map((letter) => (letter === 'L' ? low : high));
    const lists = rotations(letters.length as 2 | 3, rotationInvariant).map(({ places, flipped }) =>
      Array.from({ length: level }, (_, before) =>
        places.map((place, axis): Pass => {
          const kernel = before + 1 < level ? low : letters[place]!;
          return {
            axis: axis as Pass['axis'],
            kernel: spread(flipped[axis] ? reversed(kernel) : kernel, before + 1),
          };
        }),
      ).flat(),
    );
    return pooledResponse(values, size, lists, pooling, boundary);
  },
} satisfies IbsiFilter<typeof options>;
