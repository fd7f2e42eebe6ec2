import { createRandom } from '@sentinode/core';

/** A residual of this size is the rounding of the products. */
const RESIDUAL = 1e-14;

/**
 * Largest eigenvalue, with its unit vector, of a symmetric positive semidefinite matrix among the vectors across a
 * known one: Lanczos iterations, each new direction made orthogonal to all before, until what is left is rounding. The
 * matrix is only multiplied, so sparse ones stay cheap. Deterministic.
 * @param known unit eigenvector that is left out; @param multiply A x
 */
export function largestAcross(
  known: Float64Array,
  multiply: (x: Float64Array) => Float64Array,
): { value: number; vector: Float64Array } {
  const n = known.length;
  const random = createRandom(n);
  const basis: Float64Array[] = [];
  const alpha: number[] = [];
  const beta: number[] = [];
  let next: Float64Array = Float64Array.from({ length: n }, () => random.uniform() - 0.5);
  clear(next, known, basis);
  scale(next, 1 / norm(next));
  for (;;) {
    basis.push(next);
    const image = multiply(next);
    alpha.push(dot(image, next));
    clear(image, known, basis);
    const left = norm(image);
    const value = largestOf(alpha, beta);
    const weights = vectorOf(alpha, beta, value);
    const residual = left * Math.abs(weights[weights.length - 1]!);
    if (residual <= RESIDUAL || basis.length === n - 1) return { value, vector: combine(basis, weights) };
    beta.push(left);
    scale(image, 1 / left);
    next = image;
  }
}

/** Takes the parts along the known vector and the basis out, twice: once leaves rounding. */
function clear(x: Float64Array, known: Float64Array, basis: readonly Float64Array[]): void {
  for (let pass = 0; pass < 2; pass++) {
    subtract(x, known, dot(x, known));
    for (const one of basis) subtract(x, one, dot(x, one));
  }
}

/** Upper end of the last interval that bisection can tell apart around the largest eigenvalue of a tridiagonal matrix. */
function largestOf(alpha: readonly number[], beta: readonly number[]): number {
  let low = Math.max(...alpha);
  let high = Math.max(...alpha.map((a, k) => a + Math.abs(beta[k - 1] ?? 0) + Math.abs(beta[k] ?? 0)));
  high += 4 * Number.EPSILON * Math.max(1, high);
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    if (isAbove(alpha, beta, middle)) high = middle;
    else low = middle;
  }
}

/** Whether a number is above every eigenvalue: all pivots of (x - T) are positive. */
function isAbove(alpha: readonly number[], beta: readonly number[], x: number): boolean {
  let pivot = x - alpha[0]!;
  for (let k = 1; pivot > 0 && k < alpha.length; k++)
    pivot = x - alpha[k]! - (beta[k - 1]! * beta[k - 1]!) / pivot;
  return pivot > 0;
}

/** Eigenvector of the largest eigenvalue by inverse iteration from just above it, where no pivoting is needed. */
function vectorOf(alpha: readonly number[], beta: readonly number[], value: number): Float64Array {
  const n = alpha.length;
  const tiny = Number.EPSILON * Math.max(1, Math.abs(value));
  const pivots = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const before = k === 0 ? 0 : (beta[k - 1]! * beta[k - 1]!) / pivots[k - 1]!;
    pivots[k] = Math.max(tiny, value - alpha[k]! - before);
  }
  const x = new Float64Array(n).fill(1);
  for (let pass = 0; pass < 4; pass++) {
    for (let k = 1; k < n; k++) x[k]! += (beta[k - 1]! / pivots[k - 1]!) * x[k - 1]!;
    for (let k = n - 1; k >= 0; k--) x[k] = (x[k]! + (k + 1 < n ? beta[k]! * x[k + 1]! : 0)) / pivots[k]!;
    scale(x, 1 / norm(x));
  }
  return x;
}

function combine(basis: readonly Float64Array[], weights: Float64Array): Float64Array {
  const sum = new Float64Array(basis[0]!.length);
  basis.forEach((one, k) => {
    subtract(sum, one, -weights[k]!);
  });
  scale(sum, 1 / norm(sum));
  return sum;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}

const norm = (x: Float64Array): number => Math.sqrt(dot(x, x));

function scale(x: Float64Array, factor: number): void {
  for (let k = 0; k < x.length; k++) x[k]! *= factor;
}

function subtract(x: Float64Array, other: Float64Array, factor: number): void {
  for (let k = 0; k < x.length; k++) x[k]! -= factor * other[k]!;
}
