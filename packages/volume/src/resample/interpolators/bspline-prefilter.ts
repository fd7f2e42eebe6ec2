import { pow } from '@sentinode/core';
import type { Vector3 } from '../../volume.ts';

/** Poles of the B-spline of each order (Unser 1999). */
const poles: Readonly<Record<number, readonly number[]>> = {
  1: [],
  2: [Math.sqrt(8) - 3],
  3: [Math.sqrt(3) - 2],
  4: [
    Math.sqrt(664 - Math.sqrt(438976)) + Math.sqrt(304) - 19,
    Math.sqrt(664 + Math.sqrt(438976)) - Math.sqrt(304) - 19,
  ],
  5: [
    Math.sqrt(135 / 2 - Math.sqrt(17745 / 4)) + Math.sqrt(105 / 4) - 13 / 2,
    Math.sqrt(135 / 2 + Math.sqrt(17745 / 4)) - Math.sqrt(105 / 4) - 13 / 2,
  ],
};

/** Terms of the causal start that ITK sums: ceil(log(1e-10) / log(|pole|)). */
function horizonOf(pole: number): number {
  let terms = 0;
  for (let power = 1; power > 1e-10; power *= Math.abs(pole)) terms++;
  return terms;
}

/** First coefficient of the causal recursion, the line mirrored at its start. */
function causalStart(c: Float64Array, n: number, pole: number, horizon: number): number {
  let power = pole;
  let sum = c[0]!;
  if (horizon < n) {
    for (let k = 1; k < horizon; k++) {
      sum += power * c[k]!;
      power *= pole;
    }
    return sum;
  }
  const inverse = 1 / pole;
  let mirrored = pow(pole, n - 1);
  sum = c[0]! + mirrored * c[n - 1]!;
  mirrored = mirrored * (mirrored * inverse);
  for (let k = 1; k <= n - 2; k++) {
    sum += (power + mirrored) * c[k]!;
    power *= pole;
    mirrored *= inverse;
  }
  return sum / (1 - power * power);
}

/**
 * B-spline coefficients of a grid (x fastest), lines along x, then y, then z, mirrored at the ends (as ITK's
 * BSplineDecompositionImageFilter). Axes of one voxel stay as they are.
 */
export function prefilterBSpline(values: ArrayLike<number>, size: Vector3, order: number): Float64Array {
  const [nx, ny, nz] = size;
  const c = new Float64Array(values);
  const own = poles[order]!;
  if (own.length === 0) return c;
  const horizons = own.map(horizonOf);
  const gain = own.reduce((product, pole) => product * (1 - pole) * (1 - 1 / pole), 1);
  const line = new Float64Array(Math.max(nx, ny, nz));
  const filter = (n: number): void => {
    for (let k = 0; k < n; k++) line[k]! *= gain;
    own.forEach((pole, at) => {
      let before = causalStart(line, n, pole, horizons[at]!);
      line[0] = before;
      for (let k = 1; k < n; k++) {
        before = line[k]! + pole * before;
        line[k] = before;
      }
      let after = (pole / (pole * pole - 1)) * (pole * line[n - 2]! + before);
      line[n - 1] = after;
      for (let k = n - 2; k >= 0; k--) {
        after = pole * (after - line[k]!);
        line[k] = after;
      }
    });
  };
  const along = (start: number, stride: number, n: number): void => {
    if (n < 2) return;
    for (let k = 0; k < n; k++) line[k] = c[start + k * stride]!;
    filter(n);
    for (let k = 0; k < n; k++) c[start + k * stride] = line[k]!;
  };
  for (let z = 0; z < nz; z++) for (let y = 0; y < ny; y++) along((z * ny + y) * nx, 1, nx);
  for (let z = 0; z < nz; z++) for (let x = 0; x < nx; x++) along(z * ny * nx + x, nx, ny);
  for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) along(y * nx + x, nx * ny, nz);
  return c;
}
