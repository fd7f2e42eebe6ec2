import { filterLoops, MOST_BYTES } from '../../kernels/filters/index.ts';
import { filterLine, type Recursion } from './recursive-gaussian.ts';

type Size = readonly [number, number, number];
export type Axis = 0 | 1 | 2;
/** First index and the one behind the last, by axis. */
export type Extent = readonly [
  readonly [number, number],
  readonly [number, number],
  readonly [number, number],
];
/** The part of the grid that is wanted in the end. */
interface Inside {
  readonly start: Size;
  readonly size: Size;
}

/** The image, two grids of its size in single precision, and a sum over the box. */
export interface Passes {
  /**
   * One pass along an axis, for the voxels within `wanted`: recursions in double precision, stored in single precision,
   * as ITK does.
   */
  pass(input: 'image' | 'a' | 'b', output: 'a' | 'b', axis: Axis, wanted: Extent, recursion: Recursion): void;
  /** Adds the values inside the box, times a factor. */
  add(grid: 'a' | 'b', factor: number): void;
  /** The sum. */
  result(): Float32Array;
}

/** The other two axes, the nearer in memory first. */
export function others(axis: Axis): readonly [Axis, Axis] {
  return axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
}

/** The place where an implementation is chosen; the results are the same to the last bit. */
export function passesOver(values: ArrayLike<number>, size: Size, box: Inside): Passes {
  return compiledPasses(values, size, box) ?? plainPasses(values, size, box);
}

function plainPasses(values: ArrayLike<number>, size: Size, box: Inside): Passes {
  const total = size[0] * size[1] * size[2];
  const sum = new Float32Array(box.size[0] * box.size[1] * box.size[2]);
  const grids = { image: values, a: new Float32Array(total), b: new Float32Array(total) };
  const longest = Math.max(...size);
  const line = new Float64Array(longest);
  const out = new Float64Array(longest);
  const strides = [1, size[0], size[0] * size[1]] as const;
  return {
    pass: (from, to, axis, wanted, recursion) => {
      const input = grids[from];
      const output = grids[to];
      const n = size[axis];
      const stride = strides[axis];
      const [inner, outer] = others(axis);
      const [first, end] = wanted[axis];
      for (let a = wanted[outer][0]; a < wanted[outer][1]; a++) {
        for (let b = wanted[inner][0]; b < wanted[inner][1]; b++) {
          const start = a * strides[outer] + b * strides[inner];
          for (let i = 0, at = start; i < n; i++, at += stride) line[i] = input[at]!;
          filterLine(line, out, n, recursion, first, end);
          for (let i = first, at = start + first * stride; i < end; i++, at += stride) output[at] = out[i]!;
        }
      }
    },
    add: (grid, factor) => {
      const values = grids[grid];
      const [nx, ny, nz] = box.size;
      const [x0, y0, z0] = box.start;
      let at = 0;
      for (let z = 0; z < nz; z++) {
        for (let y = 0; y < ny; y++) {
          let from = ((z + z0) * size[1] + y + y0) * size[0] + x0;
          for (let x = 0; x < nx; x++, at++, from++) sum[at] = sum[at]! + values[from]! * factor;
        }
      }
    },
    result: () => sum,
  };
}

/** Eight lines at a time in vectors of two. */
function compiledPasses(values: ArrayLike<number>, size: Size, box: Inside): Passes | undefined {
  const total = size[0] * size[1] * size[2];
  const found = 16 * total > MOST_BYTES ? undefined : filterLoops();
  if (found === undefined) return undefined;
  const { loops, room } = found;
  room.clear();
  const double = !(values instanceof Float32Array);
  const image = room.put(
    values instanceof Float32Array || values instanceof Float64Array ? values : new Float64Array(values),
  );
  const entries = box.size[0] * box.size[1] * box.size[2];
  const grids = { image, a: room.take(4 * total), b: room.take(4 * total) };
  const sum = room.takeZeros(4 * entries);
  const coefficients = room.take(8 * 20);
  const rows = room.take(3 * 64 * Math.max(...size));
  const strides = [1, size[0], size[0] * size[1]] as const;
  return {
    pass: (from, to, axis, wanted, { n, d, m, bn, bm }) => {
      room.view(Float64Array, coefficients, 20).set([...n, ...d, ...m, ...bn, ...bm]);
      const [inner, outer] = others(axis);
      const [[b, bEnd], [a, aEnd]] = [wanted[inner], wanted[outer]];
      loops.recursivePass(
        grids[from],
        from === 'image' && double,
        grids[to],
        a * strides[outer] + b * strides[inner],
        size[axis],
        strides[axis],
        wanted[axis][0],
        wanted[axis][1],
        bEnd - b,
        strides[inner],
        aEnd - a,
        strides[outer],
        coefficients,
        rows,
      );
    },
    add: (grid, factor) => {
      const [x0, y0, z0] = box.start;
      const start = (z0 * size[1] + y0) * size[0] + x0;
      loops.addInside(sum, grids[grid], start, ...box.size, strides[1], strides[2], factor);
    },
    result: () => room.view(Float32Array, sum, entries).slice(),
  };
}
