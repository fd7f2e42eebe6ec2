import type { Box } from '@sentinode/volume';
import { type Axis, convolution, type Grid } from './convolution.ts';
import type { FilterBank } from './filter-bank.ts';

type Size = readonly [number, number, number];
/**
 * The sub-bands of one level inside a box, in the reference's order of names (the low-pass band last). Lines have even
 * length and wrap. @param single whether the image is of single precision
 */
export function subBands(
  grid: Periodic,
  box: Box,
  axes: readonly Axis[],
  bank: FilterBank,
  single: boolean,
): { band: string; data: Float64Array }[] {
  const first = gather(grid, box, axes, bank.low.length);
  const convolve = convolution(single, first.data.length);
  let bands = [{ band: '', kept: convolve.keep(first) }];
  for (const axis of axes)
    bands = bands.flatMap(({ band, kept }) =>
      (['L', 'H'] as const).map((letter) => {
        const taps = letter === 'L' ? bank.low : bank.high;
        return {
          band: band + letter,
          kept: convolve.along(kept, axis, taps, box.start[axis], grid.size[axis]),
        };
      }),
    );
  return [...bands.slice(1), bands[0]!].map(({ band, kept }) => ({ band, data: convolve.values(kept) }));
}

/** The box with the neighbourhood that its outputs need; positions wrap. */
function gather(
  { data: values, stored, size }: Periodic,
  box: Box,
  axes: readonly Axis[],
  taps: number,
): Grid {
  const [mx, my, mz] = ([0, 1, 2] as const).map((axis) => {
    const before = axes.includes(axis) ? taps / 2 - 1 : 0;
    const more = axes.includes(axis) ? taps - 1 : 0;
    return Array.from({ length: box.size[axis] + more }, (_, k) => {
      const n = size[axis];
      return ((((box.start[axis] - before + k) % n) + n) % n) % stored[axis];
    });
  }) as [number[], number[], number[]];
  const data = new Float64Array(mx.length * my.length * mz.length);
  let at = 0;
  for (const z of mz) {
    for (const y of my) {
      const row = (z * stored[1] + y) * stored[0];
      for (const x of mx) data[at++] = values[row + x]!;
    }
  }
  return { data, size: [mx.length, my.length, mz.length] };
}

/** Values whose lines are taken as even and wrap: one of odd length is followed by its first value. */
export interface Periodic {
  readonly data: ArrayLike<number>;
  /** Voxels that `data` holds. */
  readonly stored: Size;
  /** Voxels of the even grid. */
  readonly size: Size;
}

/** A grid whose axes of odd length are made even by a last slice that repeats the first. */
export function evenGrid(values: ArrayLike<number>, size: Size): Periodic {
  const even = size.map((n) => n + (n % 2)) as [number, number, number];
  return { data: values, stored: size, size: even };
}

/** The part of a grid inside a box. */
export function inBox(data: Float64Array, size: Size, box: Box): Float64Array {
  const [nx, ny, nz] = box.size;
  const out = new Float64Array(nx * ny * nz);
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++) {
      const from = ((box.start[2] + z) * size[1] + box.start[1] + y) * size[0] + box.start[0];
      out.set(data.subarray(from, from + nx), (z * ny + y) * nx);
    }
  return out;
}
