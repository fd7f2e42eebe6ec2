import { filterLoops, MOST_BYTES } from '../../kernels/filters/index.ts';

type Size = readonly [number, number, number];
/** x, y or z. */
export type Axis = 0 | 1 | 2;

/** Values on a grid, x fastest. */
export interface Grid {
  readonly data: Float64Array;
  readonly size: Size;
}

/** A grid that a convolution keeps. */
interface Kept {
  readonly size: Size;
}

/** Convolutions of grids along their axes; grids are kept between them. */
export interface Convolution<K extends Kept = Kept> {
  keep(grid: Grid): K;
  /**
   * One pass along an axis. The input holds the outputs' positions, taps/2 - 1 before and taps/2 after them.
   * @param first position of the first output in the line, @param length of the line
   */
  along(input: K, axis: Axis, taps: readonly number[], first: number, length: number): K;
  values(grid: K): Float64Array;
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

/** The size after a pass, and the order of the taps by output along the axis. */
function passOf(
  { size }: Kept,
  axis: Axis,
  taps: readonly number[],
  first: number,
  length: number,
): { size: Size; orders: (readonly number[])[] } {
  const out: [number, number, number] = [...size];
  out[axis] = size[axis] - taps.length + 1;
  const orders = Array.from({ length: out[axis] }, (_, k) => tapOrder(first + k, length, taps.length));
  return { size: out, orders };
}

/**
 * The place where an implementation is chosen; the results are the same to the last bit.
 * @param single for images of single precision, whose sums the reference keeps in single precision
 * @param entries of the first grid
 */
export function convolution(single: boolean, entries: number): Convolution {
  return compiledConvolution(single, entries) ?? plainConvolution(single);
}

function plainConvolution(single: boolean): Convolution<Grid> {
  const round = single ? Math.fround : undefined;
  return {
    keep: (grid) => grid,
    along: (input, axis, taps, first, length) => {
      const { size, orders } = passOf(input, axis, taps, first, length);
      const [ox, oy, oz] = size;
      const data = new Float64Array(ox * oy * oz);
      const strides = [1, input.size[0], input.size[0] * input.size[1]] as const;
      const stride = strides[axis];
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
      return { data, size };
    },
    values: ({ data }) => data,
  };
}

/** A grid in the loops' memory. */
interface Placed extends Kept {
  readonly at: number;
}

/** A whole tree of bands of one level is at most this many times as large as its first grid. */
const TREE = 15;

/** Two or four outputs at a time. */
function compiledConvolution(single: boolean, entries: number): Convolution | undefined {
  const found = TREE * 8 * entries > MOST_BYTES ? undefined : filterLoops();
  if (found === undefined) return undefined;
  const { loops, room } = found;
  room.clear();
  const Kind = single ? Float32Array : Float64Array;
  const convolution: Convolution<Placed> = {
    keep: ({ data, size }) => ({ size, at: room.put(single ? new Float32Array(data) : data) }),
    along: (input, axis, taps, first, length) => {
      const { size, orders } = passOf(input, axis, taps, first, length);
      const same = orders.findIndex((order) => order.some((tap, k) => tap !== orders[0]![k]));
      const out = room.take(Kind.BYTES_PER_ELEMENT * size[0] * size[1] * size[2]);
      const mark = room.mark;
      const atTaps = room.put(Kind.from(taps));
      const atOrders = room.put(Int32Array.from(orders.flat()));
      loops.convolve(
        single,
        input.at,
        out,
        ...input.size,
        ...size,
        axis,
        atTaps,
        atOrders,
        taps.length,
        same === -1 ? orders.length : same,
      );
      room.clear(mark);
      return { size, at: out };
    },
    values: ({ at, size: [nx, ny, nz] }) =>
      new Float64Array(room.view<Float32Array | Float64Array>(Kind, at, nx * ny * nz)),
  };
  return convolution as unknown as Convolution;
}
