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
 * Filters one line: causal and anticausal recursion in double precision, the edge value repeated outside. The last four
 * results are carried from step to step.
 * @param line input of length n >= 4
 * @param out output, right in `[from, to)`; what lies outside is not computed or left half done
 */
export function filterLine(
  line: Float64Array,
  out: Float64Array,
  n: number,
  recursion: Recursion,
  from = 0,
  to = n,
): void {
  causal(line, out, to, recursion);
  anticausal(line, out, n, from, recursion);
}

/** Writes the causal half into `out[0, to)`, at least four places. */
function causal(line: Float64Array, out: Float64Array, to: number, { n: N, d: D, bn }: Recursion): void {
  const [n0, n1, n2, n3] = N as [number, number, number, number];
  const [d1, d2, d3, d4] = D as [number, number, number, number];
  const [b1, b2, b3, b4] = bn as [number, number, number, number];
  const x0 = line[0]!;
  const x1 = line[1]!;
  const x2 = line[2]!;
  const x3 = line[3]!;
  let y4 = x0 * n0 + x0 * n1 + x0 * n2 + x0 * n3 - (x0 * b1 + x0 * b2 + x0 * b3 + x0 * b4);
  let y3 = x1 * n0 + x0 * n1 + x0 * n2 + x0 * n3 - (y4 * d1 + x0 * b2 + x0 * b3 + x0 * b4);
  let y2 = x2 * n0 + x1 * n1 + x0 * n2 + x0 * n3 - (y3 * d1 + y4 * d2 + x0 * b3 + x0 * b4);
  let y1 = x3 * n0 + x2 * n1 + x1 * n2 + x0 * n3 - (y2 * d1 + y3 * d2 + y4 * d3 + x0 * b4);
  out[0] = y4;
  out[1] = y3;
  out[2] = y2;
  out[3] = y1;
  let before1 = x3;
  let before2 = x2;
  let before3 = x1;
  for (let i = 4; i < to; i++) {
    const x = line[i]!;
    const y = x * n0 + before1 * n1 + before2 * n2 + before3 * n3 - (y1 * d1 + y2 * d2 + y3 * d3 + y4 * d4);
    out[i] = y;
    before3 = before2;
    before2 = before1;
    before1 = x;
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
  }
}

/** Adds the anticausal half to `out[from, n)`. */
function anticausal(
  line: Float64Array,
  out: Float64Array,
  n: number,
  from: number,
  { d: D, m: M, bm }: Recursion,
): void {
  const [d1, d2, d3, d4] = D as [number, number, number, number];
  const [m1, m2, m3, m4] = M as [number, number, number, number];
  const [b1, b2, b3, b4] = bm as [number, number, number, number];
  const xe = line[n - 1]!;
  const xf = line[n - 2]!;
  const xg = line[n - 3]!;
  const xh = line[n - 4]!;
  let y4 = xe * m1 + xe * m2 + xe * m3 + xe * m4 - (xe * b1 + xe * b2 + xe * b3 + xe * b4);
  let y3 = xe * m1 + xe * m2 + xe * m3 + xe * m4 - (y4 * d1 + xe * b2 + xe * b3 + xe * b4);
  let y2 = xf * m1 + xe * m2 + xe * m3 + xe * m4 - (y3 * d1 + y4 * d2 + xe * b3 + xe * b4);
  let y1 = xg * m1 + xf * m2 + xe * m3 + xe * m4 - (y2 * d1 + y3 * d2 + y4 * d3 + xe * b4);
  out[n - 1]! += y4;
  out[n - 2]! += y3;
  out[n - 3]! += y2;
  out[n - 4]! += y1;
  let after1 = xh;
  let after2 = xg;
  let after3 = xf;
  let after4 = xe;
  for (let i = n - 5; i >= from; i--) {
    const y = after1 * m1 + after2 * m2 + after3 * m3 + after4 * m4 - (y1 * d1 + y2 * d2 + y3 * d3 + y4 * d4);
    out[i]! += y;
    after4 = after3;
    after3 = after2;
    after2 = after1;
    after1 = line[i]!;
    y4 = y3;
    y3 = y2;
    y2 = y1;
    y1 = y;
  }
}
