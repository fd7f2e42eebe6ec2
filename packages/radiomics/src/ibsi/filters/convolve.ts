import type { Vector3 } from '@sentinode/volume';
import type { Boundary } from './options.ts';

/** Index inside 0 .. n-1 that stands for k, or -1 for a value of 0. */
export function boundaryIndex(k: number, n: number, boundary: Boundary): number {
  if (k >= 0 && k < n) return k;
  if (boundary === 'zero') return -1;
  if (boundary === 'nearest') return k < 0 ? 0 : n - 1;
  if (boundary === 'wrap') return ((k % n) + n) % n;
  const at = ((k % (2 * n)) + 2 * n) % (2 * n);
  return at < n ? at : 2 * n - 1 - at;
}

/** A kernel of odd length: an even one gets a 0 at its end. */
export function oddLength(taps: ArrayLike<number>): Float64Array {
  const kernel = new Float64Array(taps.length % 2 === 0 ? taps.length + 1 : taps.length);
  kernel.set(Array.from(taps));
  return kernel;
}

/**
 * Convolution along one axis: out[i] = sum_j kernel[j] in[i + c - j] with c the middle of the kernel.
 * @param kernel of odd length
 */
export function convolveAxis(
  data: Float64Array,
  size: Vector3,
  axis: 0 | 1 | 2,
  kernel: Float64Array,
  boundary: Boundary,
): Float64Array {
  const n = size[axis];
  const inner = axis === 0 ? 1 : axis === 1 ? size[0] : size[0] * size[1];
  const centre = (kernel.length - 1) / 2;
  const taps = Array.from(kernel.keys()).filter((j) => kernel[j] !== 0);
  const out = new Float64Array(data.length);
  if (inner === 1) {
    const line = new Float64Array(n + 2 * centre);
    const sources = Int32Array.from(line, (_, k) => boundaryIndex(k - centre, n, boundary));
    for (let start = 0; start < data.length; start += n) {
      for (let k = 0; k < line.length; k++) line[k] = sources[k]! < 0 ? 0 : data[start + sources[k]!]!;
      for (const j of taps) {
        const weight = kernel[j]!;
        const shift = 2 * centre - j;
        for (let i = 0; i < n; i++) out[start + i]! += weight * line[i + shift]!;
      }
    }
    return out;
  }
  for (let block = 0; block < data.length; block += n * inner) {
    for (let i = 0; i < n; i++) {
      const target = block + i * inner;
      for (const j of taps) {
        const from = boundaryIndex(i + centre - j, n, boundary);
        if (from < 0) continue;
        const weight = kernel[j]!;
        const source = block + from * inner;
        for (let k = 0; k < inner; k++) out[target + k]! += weight * data[source + k]!;
      }
    }
  }
  return out;
}

/** The axes that a filter works along. */
export const axesOf = (dimension: '2D' | '3D'): readonly (0 | 1 | 2)[] =>
  dimension === '3D' ? [0, 1, 2] : [0, 1];

/** Voxels along x, y, z of a kernel's half width. */
export const reachOf = (dimension: '2D' | '3D', half: number): Vector3 => [
  half,
  half,
  dimension === '3D' ? half : 0,
];

/** Mean over a square or cube of `width` voxels. */
export function meanFilter(
  data: Float64Array,
  size: Vector3,
  width: number,
  dimension: '2D' | '3D',
  boundary: Boundary,
): Float64Array {
  const kernel = oddLength(new Float64Array(width).fill(1 / width));
  return axesOf(dimension).reduce((part, axis) => convolveAxis(part, size, axis, kernel, boundary), data);
}
