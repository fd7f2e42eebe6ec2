import { pow } from '@sentinode/core';

/** sqrt 3 - 2 rounded once, as SciPy has it. */
const POLE = -0.2679491924311227;
const GAIN = (1 - POLE) * (1 - 1 / POLE);

/** Turns a line of samples into cubic B-spline coefficients, mirrored at the ends, with SciPy's order of additions. */
function prefilter(c: Float64Array, n: number): void {
  if (n < 2) return;
  for (let k = 0; k < n; k++) c[k]! *= GAIN;
  const far = pow(POLE, n - 1);
  let power = POLE;
  let first = c[0]! + far * c[n - 1]!;
  for (let k = 1; k < n - 1; k++) {
    first += power * (c[k]! + far * c[n - 1 - k]!);
    power *= POLE;
  }
  c[0] = first / (1 - far * far);
  for (let k = 1; k < n; k++) c[k]! += POLE * c[k - 1]!;
  c[n - 1] = ((POLE * c[n - 2]! + c[n - 1]!) * POLE) / (POLE * POLE - 1);
  for (let k = n - 2; k >= 0; k--) c[k] = POLE * (c[k + 1]! - c[k]!);
}

/** Position of a node that may lie outside, mirrored about the end voxels. */
function mirrored(node: number, n: number): number {
  if (n === 1) return 0;
  const period = 2 * n - 2;
  const inside = ((node % period) + period) % period;
  return inside < n ? inside : period - inside;
}

/**
 * Cubic spline values of an image (x fastest) at places given as (z, y, x); 0 outside the centres of its voxels
 * (SciPy `map_coordinates`, order 3, mode constant).
 */
export function cubicSamples(
  values: ArrayLike<number>,
  [nx, ny, nz]: readonly [number, number, number],
): (z: number, y: number, x: number) => number {
  const c = Float64Array.from(values);
  const line = new Float64Array(Math.max(nx, ny, nz));
  const along = (start: number, stride: number, n: number): void => {
    for (let k = 0; k < n; k++) line[k] = c[start + k * stride]!;
    prefilter(line, n);
    for (let k = 0; k < n; k++) c[start + k * stride] = line[k]!;
  };
  for (let y = 0; y < ny; y++) for (let x = 0; x < nx; x++) along(y * nx + x, nx * ny, nz);
  for (let z = 0; z < nz; z++) for (let x = 0; x < nx; x++) along(z * nx * ny + x, nx, ny);
  for (let z = 0; z < nz; z++) for (let y = 0; y < ny; y++) along((z * ny + y) * nx, 1, nx);
  const weights = [new Float64Array(4), new Float64Array(4), new Float64Array(4)] as const;
  const nodes = [new Int32Array(4), new Int32Array(4), new Int32Array(4)] as const;
  const prepare = (axis: 0 | 1 | 2, place: number, n: number): void => {
    const floor = Math.floor(place);
    const y = place - floor;
    const z = 1 - y;
    const w = weights[axis];
    w[1] = (y * y * (y - 2) * 3 + 4) / 6;
    w[2] = (z * z * (z - 2) * 3 + 4) / 6;
    w[0] = (z * z * z) / 6;
    w[3] = 1 - w[0]! - w[1]! - w[2]!;
    for (let k = 0; k < 4; k++) nodes[axis][k] = mirrored(floor - 1 + k, n);
  };
  return (z, y, x) => {
    if (!(z >= 0 && y >= 0 && x >= 0 && z <= nz - 1 && y <= ny - 1 && x <= nx - 1)) return 0;
    prepare(0, z, nz);
    prepare(1, y, ny);
    prepare(2, x, nx);
    let sum = 0;
    for (let k = 0; k < 4; k++)
      for (let j = 0; j < 4; j++) {
        const row = (nodes[0][k]! * ny + nodes[1][j]!) * nx;
        for (let i = 0; i < 4; i++)
          sum += c[row + nodes[2][i]!]! * weights[0][k]! * weights[1][j]! * weights[2][i]!;
      }
    return sum;
  };
}
