import { cos, log2 } from '@sentinode/core';
import { z } from 'zod';
import { fourier } from '../../../kernels/fourier/fourier.ts';
import { axesOf } from '../convolve.ts';
import type { IbsiFilter } from '../filter.ts';
import { dimension, name } from '../options.ts';

const options = z.strictObject({
  type: z.literal('simoncelli'),
  name,
  dimension,
  level: z.number().int().min(1).max(8).default(1).describe('level of the decomposition'),
});

/** Frequency of each index of the transform: -1 to 1 over the centred grid, which has no 0 for an even length. */
function frequencies(n: number): Float64Array {
  const half = Math.floor(n / 2);
  return Float64Array.from({ length: n }, (_, index) => {
    const k = index < n - half ? index : index - n;
    if (n === 1) return 0;
    return n % 2 === 0 ? (k + 0.5) / ((n - 1) / 2) : k / ((n - 1) / 2);
  });
}

/** cos(pi/2 log2(2 v / m)) for m/4 <= v <= m, else 0. */
function band(v: number, m: number): number {
  return v < m / 4 || v > m ? 0 : cos((Math.PI / 2) * log2((2 * v) / m));
}

/**
 * Non-separable Simoncelli wavelet, applied to the whole image in the frequency domain (so the image counts as periodic).
 * The grid of frequencies is not symmetric for even lengths; the real part of the response comes from the mean of the
 * band at an index and at its opposite.
 */
export const simoncelli = {
  type: 'simoncelli',
  title: 'Non-separable Simoncelli wavelet',
  options,
  label: ({ dimension, level }) => `simoncelli-${dimension}-level-${level}`,
  reach: () => undefined,
  apply: ({ values, size }, { dimension, level }) => {
    const axes = axesOf(dimension);
    const data = { re: Float64Array.from(values), im: new Float64Array(values.length) };
    fourier(data, size, 'forward', axes);
    const limit = 2 ** (1 - level);
    const squares = size.map((n, axis) =>
      axis === 2 && dimension === '2D' ? new Float64Array(n) : frequencies(n).map((f) => f * f),
    );
    const opposite = squares.map((list) => list.map((_, k) => list[(list.length - k) % list.length]!));
    const [sx, sy, sz] = squares as [Float64Array, Float64Array, Float64Array];
    const [ox, oy, oz] = opposite as [Float64Array, Float64Array, Float64Array];
    let at = 0;
    for (let z = 0; z < size[2]; z++) {
      for (let y = 0; y < size[1]; y++) {
        for (let x = 0; x < size[0]; x++, at++) {
          const here = band(Math.sqrt(sx[x]! + sy[y]! + sz[z]!), limit);
          const there = band(Math.sqrt(ox[x]! + oy[y]! + oz[z]!), limit);
          const gain = (here + there) / 2;
          data.re[at]! *= gain;
          data.im[at]! *= gain;
        }
      }
    }
    fourier(data, size, 'inverse', axes);
    return data.re;
  },
} satisfies IbsiFilter<typeof options>;
