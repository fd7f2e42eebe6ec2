import type { Vector3 } from '../volume.ts';
import { prefilterBSpline } from './bspline-prefilter.ts';

/** Value of an image at a continuous index that lies inside it. */
export type Interpolator = (x: number, y: number, z: number) => number;

/** Nearest neighbour, halves round up. */
export function nearestNeighbour(values: ArrayLike<number>, size: Vector3): Interpolator {
  const [nx, ny] = size;
  const clamp = (c: number, n: number): number => Math.min(n - 1, Math.max(0, Math.floor(c + 0.5)));
  return (x, y, z) => values[(clamp(z, size[2]) * ny + clamp(y, ny)) * nx + clamp(x, nx)]!;
}

/** Linear between the eight neighbours; the edge voxel is repeated outside. */
export function linear(values: ArrayLike<number>, size: Vector3): Interpolator {
  const [nx, ny, nz] = size;
  return (x, y, z) => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    const z0 = Math.floor(z);
    const at = (i: number, j: number, k: number): number =>
      values[
        (Math.min(nz - 1, Math.max(0, k)) * ny + Math.min(ny - 1, Math.max(0, j))) * nx +
          Math.min(nx - 1, Math.max(0, i))
      ]!;
    const fx = x - x0;
    const fy = y - y0;
    const fz = z - z0;
    const plane = (k: number): number => {
      const low = at(x0, y0, k) + fx * (at(x0 + 1, y0, k) - at(x0, y0, k));
      const high = at(x0, y0 + 1, k) + fx * (at(x0 + 1, y0 + 1, k) - at(x0, y0 + 1, k));
      return low + fy * (high - low);
    };
    const low = plane(z0);
    return low + fz * (plane(z0 + 1) - low);
  };
}

/** Cubic B-spline: 64 coefficients, x fastest, weight (wx * wy) * wz, nodes mirrored once (as ITK evaluates it). */
export function cubicBSpline(values: ArrayLike<number>, size: Vector3): Interpolator {
  const [nx, ny, nz] = size;
  const coefficients = prefilterBSpline(values, size);
  const nodes = [new Int32Array(4), new Int32Array(4), new Int32Array(4)] as const;
  const weights = [new Float64Array(4), new Float64Array(4), new Float64Array(4)] as const;
  const last = [Number.NaN, Number.NaN, Number.NaN];
  const prepare = (axis: 0 | 1 | 2, c: number, n: number): void => {
    if (last[axis] === c) return;
    last[axis] = c;
    const floor = Math.floor(Math.fround(c));
    const w = c - floor;
    const weight = weights[axis];
    weight[3] = (1 / 6) * w * w * w;
    weight[0] = 1 / 6 + 0.5 * w * (w - 1) - weight[3]!;
    weight[2] = w + weight[0]! - 2 * weight[3]!;
    weight[1] = 1 - weight[0]! - weight[2]! - weight[3]!;
    for (let k = 0; k < 4; k++) {
      let node = floor - 1 + k;
      if (n === 1) node = 0;
      else if (node < 0) node = -node;
      else if (node >= n - 1) node = 2 * (n - 1) - node;
      nodes[axis][k] = node;
    }
  };
  const [ix, iy, iz] = nodes;
  const [wx, wy, wz] = weights;
  const plane = nx * ny;
  return (x, y, z) => {
    prepare(0, x, nx);
    prepare(1, y, ny);
    prepare(2, z, nz);
    const x0 = ix[0]!;
    const x1 = ix[1]!;
    const x2 = ix[2]!;
    const x3 = ix[3]!;
    const w0 = wx[0]!;
    const w1 = wx[1]!;
    const w2 = wx[2]!;
    const w3 = wx[3]!;
    let sum = 0;
    for (let k = 0; k < 4; k++) {
      const wk = wz[k]!;
      const base = iz[k]! * plane;
      for (let j = 0; j < 4; j++) {
        const wj = wy[j]!;
        const row = base + iy[j]! * nx;
        sum += coefficients[row + x0]! * (w0 * wj * wk);
        sum += coefficients[row + x1]! * (w1 * wj * wk);
        sum += coefficients[row + x2]! * (w2 * wj * wk);
        sum += coefficients[row + x3]! * (w3 * wj * wk);
      }
    }
    return sum;
  };
}
