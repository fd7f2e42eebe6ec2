import { cos, exp, sin } from '@sentinode/core';

/** Coefficients of the two recursions of one 1-D pass. */
export interface Recursion {
  /** Feed-forward of the causal pass, N0..N3. */
  readonly n: readonly number[];
  /** Feedback, D1..D4. */
  readonly d: readonly number[];
  /** Feed-forward of the anticausal pass, M1..M4. */
  readonly m: readonly number[];
  /** Edge factors that stand for the repeated edge value. */
  readonly bn: readonly number[];
  readonly bm: readonly number[];
}

const W1 = 0.6681;
const L1 = -1.3932;
const W2 = 2.0787;
const L2 = -1.3732;

interface Numerator {
  readonly n: readonly [number, number, number, number];
  readonly sum: number;
  readonly first: number;
  readonly second: number;
}

function numerator(u: number, a1: number, b1: number, a2: number, b2: number): Numerator {
  const c1 = cos(W1 / u);
  const s1 = sin(W1 / u);
  const e1 = exp(L1 / u);
  const c2 = cos(W2 / u);
  const s2 = sin(W2 / u);
  const e2 = exp(L2 / u);
  const n0 = a1 + a2;
  const n1 = e2 * (b2 * s2 - (a2 + 2 * a1) * c2) + e1 * (b1 * s1 - (a1 + 2 * a2) * c1);
  const n2 =
    2 * e1 * e2 * ((a1 + a2) * c2 * c1 - (b1 * c2 * s1 + b2 * c1 * s2)) + a2 * e1 * e1 + a1 * e2 * e2;
  const n3 = e2 * e1 * e1 * (b2 * s2 - a2 * c2) + e1 * e2 * e2 * (b1 * s1 - a1 * c1);
  return {
    n: [n0, n1, n2, n3],
    sum: n0 + n1 + n2 + n3,
    first: n1 + 2 * n2 + 3 * n3,
    second: n1 + 4 * n2 + 9 * n3,
  };
}

function denominator(u: number): {
  d: [number, number, number, number];
  sum: number;
  first: number;
  second: number;
} {
  const c1 = cos(W1 / u);
  const e1 = exp(L1 / u);
  const c2 = cos(W2 / u);
  const e2 = exp(L2 / u);
  const d4 = e1 * e1 * e2 * e2;
  const d3 = -2 * c1 * e1 * e2 * e2 - 2 * c2 * e2 * e1 * e1;
  const d2 = 4 * c2 * c1 * e1 * e2 + e1 * e1 + e2 * e2;
  const d1 = -2 * (e2 * c2 + e1 * c1);
  return {
    d: [d1, d2, d3, d4],
    sum: 1 + d1 + d2 + d3 + d4,
    first: d1 + 2 * d2 + 3 * d3 + 4 * d4,
    second: d1 + 4 * d2 + 9 * d3 + 16 * d4,
  };
}

function recursion(n: readonly number[], d: readonly number[], sumD: number): Recursion {
  const m = [n[1]! - d[0]! * n[0]!, n[2]! - d[1]! * n[0]!, n[3]! - d[2]! * n[0]!, -d[3]! * n[0]!];
  const sumN = n[0]! + n[1]! + n[2]! + n[3]!;
  const sumM = m[0]! + m[1]! + m[2]! + m[3]!;
  return {
    n,
    d,
    m,
    bn: d.map((value) => (value * sumN) / sumD),
    bm: d.map((value) => (value * sumM) / sumD),
  };
}

/** Deriche's fourth-order Gaussian smoothing; `u` is sigma in voxels. */
export function smoothing(u: number): Recursion {
  const { n, sum } = numerator(u, 1.353, 1.8151, -0.3531, 0.0902);
  const { d, sum: sumD } = denominator(u);
  const scale = (2 * sum) / sumD - n[0];
  return recursion(
    n.map((value) => value / scale),
    d,
    sumD,
  );
}

/** Second derivative of the Gaussian, scaled by sigma^2 (sigma in mm). */
export function secondDerivative(u: number, sigma: number): Recursion {
  const zero = numerator(u, 1.353, 1.8151, -0.3531, 0.0902);
  const two = numerator(u, -1.3563, 5.2318, 0.3446, -2.2355);
  const { d, sum: sumD, first: dD, second: eD } = denominator(u);
  const beta = -(2 * two.sum - sumD * two.n[0]) / (2 * zero.sum - sumD * zero.n[0]);
  const n = two.n.map((value, k) => value + beta * zero.n[k]!);
  const sN = two.sum + beta * zero.sum;
  const dN = two.first + beta * zero.first;
  const eN = two.second + beta * zero.second;
  const alpha =
    (eN * sumD * sumD - eD * sN * sumD - 2 * dN * dD * sumD + 2 * dD * dD * sN) / (sumD * sumD * sumD);
  const scale = (sigma * sigma) / alpha;
  return recursion(
    n.map((value) => value * scale),
    d,
    sumD,
  );
}

/**
 * Filters one line: causal and anticausal recursion in double precision, the edge value repeated outside.
 * @param line input of length n >= 4, @param out output, @param scratch work space of length n
 */
export function filterLine(
  line: Float64Array,
  out: Float64Array,
  scratch: Float64Array,
  n: number,
  { n: N, d: D, m: M, bn, bm }: Recursion,
): void {
  const [n0, n1, n2, n3] = N as [number, number, number, number];
  const [d1, d2, d3, d4] = D as [number, number, number, number];
  const [m1, m2, m3, m4] = M as [number, number, number, number];
  const x0 = line[0]!;
  out[0] = x0 * n0 + x0 * n1 + x0 * n2 + x0 * n3;
  out[1] = line[1]! * n0 + x0 * n1 + x0 * n2 + x0 * n3;
  out[2] = line[2]! * n0 + line[1]! * n1 + x0 * n2 + x0 * n3;
  out[3] = line[3]! * n0 + line[2]! * n1 + line[1]! * n2 + x0 * n3;
  out[0]! -= x0 * bn[0]! + x0 * bn[1]! + x0 * bn[2]! + x0 * bn[3]!;
  out[1]! -= out[0]! * d1 + x0 * bn[1]! + x0 * bn[2]! + x0 * bn[3]!;
  out[2]! -= out[1]! * d1 + out[0]! * d2 + x0 * bn[2]! + x0 * bn[3]!;
  out[3]! -= out[2]! * d1 + out[1]! * d2 + out[0]! * d3 + x0 * bn[3]!;
  for (let i = 4; i < n; i++) {
    out[i] = line[i]! * n0 + line[i - 1]! * n1 + line[i - 2]! * n2 + line[i - 3]! * n3;
    out[i]! -= out[i - 1]! * d1 + out[i - 2]! * d2 + out[i - 3]! * d3 + out[i - 4]! * d4;
  }
  const xe = line[n - 1]!;
  scratch[n - 1] = xe * m1 + xe * m2 + xe * m3 + xe * m4;
  scratch[n - 2] = line[n - 1]! * m1 + xe * m2 + xe * m3 + xe * m4;
  scratch[n - 3] = line[n - 2]! * m1 + line[n - 1]! * m2 + xe * m3 + xe * m4;
  scratch[n - 4] = line[n - 3]! * m1 + line[n - 2]! * m2 + line[n - 1]! * m3 + xe * m4;
  scratch[n - 1]! -= xe * bm[0]! + xe * bm[1]! + xe * bm[2]! + xe * bm[3]!;
  scratch[n - 2]! -= scratch[n - 1]! * d1 + xe * bm[1]! + xe * bm[2]! + xe * bm[3]!;
  scratch[n - 3]! -= scratch[n - 2]! * d1 + scratch[n - 1]! * d2 + xe * bm[2]! + xe * bm[3]!;
  scratch[n - 4]! -= scratch[n - 3]! * d1 + scratch[n - 2]! * d2 + scratch[n - 1]! * d3 + xe * bm[3]!;
  for (let i = n - 5; i >= 0; i--) {
    scratch[i] = line[i + 1]! * m1 + line[i + 2]! * m2 + line[i + 3]! * m3 + line[i + 4]! * m4;
    scratch[i]! -= scratch[i + 1]! * d1 + scratch[i + 2]! * d2 + scratch[i + 3]! * d3 + scratch[i + 4]! * d4;
  }
  for (let i = 0; i < n; i++) out[i]! += scratch[i]!;
}
