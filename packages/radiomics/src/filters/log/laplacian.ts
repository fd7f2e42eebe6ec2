import type { Box } from '@sentinode/volume';
import { filterLine, type Recursion, secondDerivative, smoothing } from './recursive-gaussian.ts';

type Size = readonly [number, number, number];
type Axis = 0 | 1 | 2;
/** First index and the one behind the last, by axis. */
type Extent = readonly [readonly [number, number], readonly [number, number], readonly [number, number]];

/** Room for one line in and out. */
interface Line {
  readonly line: Float64Array;
  readonly out: Float64Array;
}

/**
 * One pass along an axis, for the voxels within `wanted`; values are read into double precision and stored as float32,
 * as ITK does.
 */
function pass(
  input: ArrayLike<number>,
  output: Float32Array,
  size: Size,
  axis: Axis,
  wanted: Extent,
  recursion: Recursion,
  { line, out }: Line,
): void {
  const n = size[axis];
  const strides = [1, size[0], size[0] * size[1]] as const;
  const stride = strides[axis];
  const [inner, outer] = others(axis);
  const [from, to] = wanted[axis];
  for (let a = wanted[outer][0]; a < wanted[outer][1]; a++) {
    for (let b = wanted[inner][0]; b < wanted[inner][1]; b++) {
      const start = a * strides[outer] + b * strides[inner];
      for (let i = 0, at = start; i < n; i++, at += stride) line[i] = input[at]!;
      filterLine(line, out, n, recursion, from, to);
      for (let i = from, at = start + from * stride; i < to; i++, at += stride) output[at] = out[i]!;
    }
  }
}

/** The other two axes, the nearer in memory first. */
function others(axis: Axis): readonly [Axis, Axis] {
  return axis === 0 ? [1, 2] : axis === 1 ? [0, 2] : [0, 1];
}

/**
 * Laplacian of a Gaussian times sigma^2, by recursive filters (ITK LaplacianRecursiveGaussianImageFilter, normalised
 * across scale). Three passes for each of three terms; each pass visits only the lines from which the next reads, and
 * the last those through the box.
 * @param values x fastest; every axis has at least 4 voxels
 * @param sigma in mm, as `spacing`
 * @param axes along which it is taken
 * @returns the values inside the box
 */
export function laplacianOfGaussian(
  values: ArrayLike<number>,
  size: Size,
  spacing: Size,
  sigma: number,
  box: Box,
  axes: readonly Axis[] = [0, 1, 2],
): Float32Array {
  const total = size[0] * size[1] * size[2];
  const sum = new Float32Array(box.size[0] * box.size[1] * box.size[2]);
  const first = new Float32Array(total);
  const second = new Float32Array(total);
  const longest = Math.max(...size);
  const room = { line: new Float64Array(longest), out: new Float64Array(longest) };
  const smooth = spacing.map((s) => smoothing(sigma / s));
  const inBox = box.start.map((start, axis) => [start, start + box.size[axis]!] as const);
  const cutTo = (...axes: Axis[]): Extent =>
    ([0, 1, 2] as const).map((axis) =>
      axes.includes(axis) ? inBox[axis]! : ([0, size[axis]] as const),
    ) as unknown as Extent;
  for (const axis of axes) {
    const [a, b] = others(axis).filter((one) => axes.includes(one)) as [Axis, Axis?];
    const derivative = secondDerivative(sigma / spacing[axis], sigma);
    pass(values, first, size, axis, cutTo(axis), derivative, room);
    pass(first, second, size, a, cutTo(axis, a), smooth[a]!, room);
    if (b !== undefined) pass(second, first, size, b, cutTo(0, 1, 2), smooth[b]!, room);
    addInside(sum, b === undefined ? second : first, size, box, 1 / (spacing[axis] * spacing[axis]));
  }
  return sum;
}

/** Adds the values inside the box, times a factor. */
function addInside(sum: Float32Array, values: Float32Array, size: Size, box: Box, factor: number): void {
  const [nx, ny, nz] = box.size;
  const [x0, y0, z0] = box.start;
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      let from = ((z + z0) * size[1] + y + y0) * size[0] + x0;
      for (let x = 0; x < nx; x++, at++, from++) sum[at] = sum[at]! + values[from]! * factor;
    }
  }
}
