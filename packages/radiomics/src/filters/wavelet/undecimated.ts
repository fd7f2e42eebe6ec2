import type { Box } from '@sentinode/volume';

/** Decomposition filters of a wavelet, in the order in which the reference convolves them. */
export interface WaveletFilters {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** coif1 as the table of PyWavelets has it (3e-13 off the exact filter). */
export const coif1: WaveletFilters = {
  low: [
    -0.015655728135791993, -0.07273261951252645, 0.3848648468648578, 0.8525720202116004, 0.3378976624574818,
    -0.07273261951252645,
  ],
  high: [
    0.07273261951252645, 0.3378976624574818, -0.8525720202116004, 0.3848648468648578, 0.07273261951252645,
    -0.015655728135791993,
  ],
};

/** Samples that one output needs before and after its own position: out[n] = sum over j of h[j] x[n + 3 - j]. */
const REACH = { before: 2, after: 3 } as const;

/**
 * Order in which the taps of output n are added. The reference adds from 0 upwards, but where the line wraps at its
 * end it first goes down from the tap that wraps.
 */
function tapOrder(n: number, length: number): readonly number[] {
  const wrapped = n + 3 - length;
  const order: number[] = [];
  for (let j = Math.max(0, wrapped); j >= 0 && wrapped >= 0; j--) order.push(j);
  for (let j = order.length; j < 6; j++) order.push(j);
  return order;
}

/**
 * One pass along an axis. The input holds the outputs' positions and REACH around them.
 * @param first position of the first output in the padded line, @param length of the padded line
 */
function convolveAxis(
  input: Float64Array,
  size: readonly [number, number, number],
  axis: 0 | 1 | 2,
  taps: readonly number[],
  first: number,
  length: number,
): { data: Float64Array; size: [number, number, number] } {
  const outSize: [number, number, number] = [...size];
  outSize[axis] = size[axis] - REACH.before - REACH.after;
  const [ox, oy, oz] = outSize;
  const data = new Float64Array(ox * oy * oz);
  const strides = [1, size[0], size[0] * size[1]] as const;
  const stride = strides[axis];
  const orders = Array.from({ length: outSize[axis] }, (_, k) => tapOrder(first + k, length));
  let at = 0;
  for (let z = 0; z < oz; z++) {
    for (let y = 0; y < oy; y++) {
      for (let x = 0; x < ox; x++, at++) {
        const position = axis === 0 ? x : axis === 1 ? y : z;
        // input position of x[n + 3] of this output
        const top = z * strides[2] + y * strides[1] + x + (REACH.before + REACH.after) * stride;
        const order = orders[position]!;
        let sum = 0;
        for (let j = 0; j < 6; j++) {
          const tap = order[j]!;
          sum += taps[tap]! * input[top - tap * stride]!;
        }
        data[at] = sum;
      }
    }
  }
  return { data, size: outSize };
}

/** The eight sub-bands of one level inside a box, in the reference's order of names. */
export function subBands(
  values: ArrayLike<number>,
  size: readonly [number, number, number],
  box: Box,
  filters: WaveletFilters,
): { band: string; data: Float64Array }[] {
  const padded = size.map((n) => n + (n % 2)) as [number, number, number];
  const gathered = gather(values, size, padded, box);
  const pass = (
    input: { data: Float64Array; size: [number, number, number] },
    axis: 0 | 1 | 2,
    letter: 'L' | 'H',
  ) =>
    convolveAxis(
      input.data,
      input.size,
      axis,
      letter === 'L' ? filters.low : filters.high,
      box.start[axis],
      padded[axis],
    );
  const found = new Map<string, Float64Array>();
  for (const a of ['L', 'H'] as const) {
    const alongX = pass(gathered, 0, a);
    for (const b of ['L', 'H'] as const) {
      const alongY = pass(alongX, 1, b);
      for (const c of ['L', 'H'] as const) found.set(a + b + c, pass(alongY, 2, c).data);
    }
  }
  return ['LLH', 'LHL', 'LHH', 'HLL', 'HLH', 'HHL', 'HHH', 'LLL'].map((band) => ({
    band,
    data: found.get(band)!,
  }));
}

/** The box with its reach; positions wrap round the padded line, whose extra slice repeats the first. */
function gather(
  values: ArrayLike<number>,
  size: readonly [number, number, number],
  padded: readonly [number, number, number],
  box: Box,
): { data: Float64Array; size: [number, number, number] } {
  const maps = ([0, 1, 2] as const).map((axis) =>
    Array.from({ length: box.size[axis] + REACH.before + REACH.after }, (_, k) => {
      const n = padded[axis];
      const wrapped = (((box.start[axis] - REACH.before + k) % n) + n) % n;
      return wrapped === size[axis] ? 0 : wrapped;
    }),
  );
  const [mx, my, mz] = maps as [number[], number[], number[]];
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
