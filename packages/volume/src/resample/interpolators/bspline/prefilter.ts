import { pow } from '@sentinode/core';
import type { Vector3 } from '../../../volume.ts';
import { compiledPrefilter } from './compiled.ts';
import { gainOf, polesOf } from './poles.ts';

/** Lines beside one another in memory: sample k of line i lies at `start + k * stride + i`. */
interface Lines {
  readonly start: number;
  readonly stride: number;
  /** Samples of a line. */
  readonly n: number;
  readonly lines: number;
}

/** First coefficients of the causal recursion, the lines mirrored at their start. */
function causalStart(
  c: Float64Array,
  { start, stride, n, lines }: Lines,
  pole: number,
  horizon: number,
  sum: Float64Array,
): void {
  const add = (k: number, factor: number): void => {
    const at = start + k * stride;
    for (let i = 0; i < lines; i++) sum[i]! += factor * c[at + i]!;
  };
  for (let i = 0; i < lines; i++) sum[i] = c[start + i]!;
  let power = pole;
  if (horizon < n) {
    for (let k = 1; k < horizon; k++) {
      add(k, power);
      power *= pole;
    }
  } else {
    const inverse = 1 / pole;
    let mirrored = pow(pole, n - 1);
    add(n - 1, mirrored);
    mirrored = mirrored * (mirrored * inverse);
    for (let k = 1; k <= n - 2; k++) {
      add(k, power + mirrored);
      power *= pole;
      mirrored *= inverse;
    }
    for (let i = 0; i < lines; i++) sum[i]! /= 1 - power * power;
  }
  for (let i = 0; i < lines; i++) c[start + i] = sum[i]!;
}

/** Both recursions of one pole, sample by sample over all lines: within a line each step waits for the one before. */
function filterLines(c: Float64Array, of: Lines, pole: number, horizon: number, scratch: Float64Array): void {
  const { start, stride, n, lines } = of;
  causalStart(c, of, pole, horizon, scratch);
  for (let k = 1; k < n; k++) {
    const at = start + k * stride;
    for (let p = at; p < at + lines; p++) c[p]! += pole * c[p - stride]!;
  }
  const last = start + (n - 1) * stride;
  const edge = pole / (pole * pole - 1);
  for (let p = last; p < last + lines; p++) c[p] = edge * (pole * c[p - stride]! + c[p]!);
  for (let k = n - 2; k >= 0; k--) {
    const at = start + k * stride;
    for (let p = at; p < at + lines; p++) c[p] = pole * (c[p + stride]! - c[p]!);
  }
}

/**
 * B-spline coefficients of a grid (x fastest), lines along x, then y, then z, mirrored at the ends (as ITK's
 * BSplineDecompositionImageFilter). Axes of one voxel stay as they are.
 */
export function prefilterBSpline(values: ArrayLike<number>, size: Vector3, order: number): Float64Array {
  const own = polesOf[order]!;
  const compiled = compiledPrefilter(values, size, own);
  if (compiled !== undefined) return compiled;
  const [nx, ny, nz] = size;
  const c = new Float64Array(values);
  if (own.length === 0) return c;
  const gain = gainOf(own);
  const scratch = new Float64Array(nx * ny);
  const along = (of: Lines): void =>
    own.forEach(({ pole, horizon }) => filterLines(c, of, pole, horizon, scratch));
  const amplify = (): void => {
    for (let p = 0; p < c.length; p++) c[p]! *= gain;
  };
  if (nx > 1) {
    amplify();
    for (let row = 0; row < ny * nz; row++) along({ start: row * nx, stride: 1, n: nx, lines: 1 });
  }
  if (ny > 1) {
    amplify();
    for (let z = 0; z < nz; z++) along({ start: z * ny * nx, stride: nx, n: ny, lines: nx });
  }
  if (nz > 1) {
    amplify();
    along({ start: 0, stride: nx * ny, n: nz, lines: nx * ny });
  }
  return c;
}
