import type { Box } from '@sentinode/volume';
import type { FilterBank } from './filter-bank.ts';

type Size = readonly [number, number, number];
/** x, y or z. */
export type Axis = 0 | 1 | 2;

/** Values on a grid, x fastest. */
interface Grid {
  readonly data: Float64Array;
  readonly size: Size;
}

/**
 * Order in which the taps of output n are added: from 0 upwards, but where the line wraps at its end the reference
 * first goes down from the tap that wraps. With half the filter's length as `reach`, out[n] = sum h[j] x[n + reach - j].
 */
function tapOrder(n: number, length: number, taps: number): readonly number[] {
  const wrapped = n + taps / 2 - length;
  const order: number[] = [];
  for (let j = Math.min(wrapped, taps - 1); j >= 0; j--) order.push(j);
  for (let j = order.length; j < taps; j++) order.push(j);
  return order;
}

/**
 * One pass along an axis. The input holds the outputs' positions, taps/2 - 1 before and taps/2 after them.
 * @param first position of the first output in the line, @param length of the line
 * @param round Math.fround for images of single precision, whose sums the reference keeps in single precision
 */
function convolveAxis(
  input: Grid,
  axis: Axis,
  taps: readonly number[],
  first: number,
  length: number,
  round: ((value: number) => number) | undefined,
): Grid {
  const { size } = input;
  const outSize: [number, number, number] = [...size];
  outSize[axis] = size[axis] - taps.length + 1;
  const [ox, oy, oz] = outSize;
  const data = new Float64Array(ox * oy * oz);
  const strides = [1, size[0], size[0] * size[1]] as const;
  const stride = strides[axis];
  const orders = Array.from({ length: outSize[axis] }, (_, k) => tapOrder(first + k, length, taps.length));
  let at = 0;
  for (let z = 0; z < oz; z++) {
    for (let y = 0; y < oy; y++) {
      for (let x = 0; x < ox; x++, at++) {
        // input position of x[n + taps/2] of this output
        const top = z * strides[2] + y * strides[1] + x + (taps.length - 1) * stride;
        const order = orders[axis === 0 ? x : axis === 1 ? y : z]!;
        let sum = 0;
        if (round === undefined) {
          for (let j = 0; j < order.length; j++)
            sum += taps[order[j]!]! * input.data[top - order[j]! * stride]!;
        } else {
          for (let j = 0; j < order.length; j++)
            sum = round(sum + round(taps[order[j]!]! * input.data[top - order[j]! * stride]!));
        }
        data[at] = sum;
      }
    }
  }
  return { data, size: outSize };
}

/**
 * The sub-bands of one level inside a box, in the reference's order of names (the low-pass band last). Lines have even
 * length and wrap. @param single whether the image is of single precision
 */
export function subBands(
  grid: Grid,
  box: Box,
  axes: readonly Axis[],
  bank: FilterBank,
  single: boolean,
): { band: string; data: Float64Array }[] {
  const round = single ? Math.fround : undefined;
  let bands = [{ band: '', grid: gather(grid, box, axes, bank.low.length) }];
  for (const axis of axes)
    bands = bands.flatMap(({ band, grid: input }) =>
      (['L', 'H'] as const).map((letter) => ({
        band: band + letter,
        grid: convolveAxis(
          input,
          axis,
          letter === 'L' ? bank.low : bank.high,
          box.start[axis],
          grid.size[axis],
          round,
        ),
      })),
    );
  return [...bands.slice(1), bands[0]!].map((found) => ({ band: found.band, data: found.grid.data }));
}

/** The box with the neighbourhood that its outputs need; positions wrap. */
function gather({ data: values, size }: Grid, box: Box, axes: readonly Axis[], taps: number): Grid {
  const [mx, my, mz] = ([0, 1, 2] as const).map((axis) => {
    const before = axes.includes(axis) ? taps / 2 - 1 : 0;
    const more = axes.includes(axis) ? taps - 1 : 0;
    return Array.from({ length: box.size[axis] + more }, (_, k) => {
      const n = size[axis];
      return (((box.start[axis] - before + k) % n) + n) % n;
    });
  }) as [number[], number[], number[]];
  const data = new Float64Array(mx.length * my.length * mz.length);
  let at = 0;
  for (const z of mz) {
    for (const y of my) {
      const row = (z * size[1] + y) * size[0];
      for (const x of mx) data[at++] = values[row + x]!;
    }
  }
  return { data, size: [mx.length, my.length, mz.length] };
}

/** A grid whose axes of odd length are made even by a last slice that repeats the first. */
export function evenGrid(values: ArrayLike<number>, size: Size): Grid {
  const even = size.map((n) => n + (n % 2)) as [number, number, number];
  const data = new Float64Array(even[0] * even[1] * even[2]);
  let at = 0;
  for (let z = 0; z < even[2]; z++)
    for (let y = 0; y < even[1]; y++)
      for (let x = 0; x < even[0]; x++, at++)
        data[at] = values[((z % size[2]) * size[1] + (y % size[1])) * size[0] + (x % size[0])]!;
  return { data, size: even };
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
