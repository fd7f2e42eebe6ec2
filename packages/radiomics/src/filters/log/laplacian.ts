import { filterLine, type Recursion, secondDerivative, smoothing } from './recursive-gaussian.ts';

type Size = readonly [number, number, number];

/** One pass along an axis; values are read into double precision and stored as float32, as ITK does. */
function pass(
  input: ArrayLike<number>,
  output: Float32Array,
  size: Size,
  axis: 0 | 1 | 2,
  recursion: Recursion,
): void {
  const [nx, ny, nz] = size;
  const n = size[axis];
  const line = new Float64Array(n);
  const out = new Float64Array(n);
  const scratch = new Float64Array(n);
  const strides = [1, nx, nx * ny] as const;
  const stride = strides[axis];
  const [outer, inner] = axis === 0 ? [nz, ny] : axis === 1 ? [nz, nx] : [ny, nx];
  for (let a = 0; a < outer; a++) {
    for (let b = 0; b < inner; b++) {
      const start =
        axis === 0 ? a * strides[2] + b * strides[1] : axis === 1 ? a * strides[2] + b : a * strides[1] + b;
      for (let i = 0, at = start; i < n; i++, at += stride) line[i] = input[at]!;
      filterLine(line, out, scratch, n, recursion);
      for (let i = 0, at = start; i < n; i++, at += stride) output[at] = out[i]!;
    }
  }
}

/**
 * Laplacian of a Gaussian times sigma^2, by recursive filters (ITK LaplacianRecursiveGaussianImageFilter, normalised
 * across scale). `sigma` and `spacing` in mm; every axis has at least 4 voxels.
 */
export function laplacianOfGaussian(
  values: ArrayLike<number>,
  size: Size,
  spacing: Size,
  sigma: number,
): Float32Array {
  const total = size[0] * size[1] * size[2];
  const sum = new Float32Array(total);
  const first = new Float32Array(total);
  const second = new Float32Array(total);
  const smooth = spacing.map((s) => smoothing(sigma / s));
  for (const axis of [0, 1, 2] as const) {
    const [a, b] = ([0, 1, 2] as const).filter((other) => other !== axis) as [0 | 1 | 2, 0 | 1 | 2];
    pass(values, first, size, axis, secondDerivative(sigma / spacing[axis], sigma));
    pass(first, second, size, a, smooth[a]!);
    pass(second, first, size, b, smooth[b]!);
    const factor = 1 / (spacing[axis] * spacing[axis]);
    for (let i = 0; i < total; i++) sum[i] = sum[i]! + first[i]! * factor;
  }
  return sum;
}
