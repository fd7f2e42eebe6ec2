import { exp, log } from '@sentinode/core';
import { mean, squaredDeviations } from '../describe/summary.ts';
import { normalCdf, normalQuantile } from '../distributions/index.ts';

const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((sum, c) => sum * x + c, 0);

/**
 * Shapiro-Wilk test of normality by Royston's approximation (Applied Statistics algorithm AS R94, 1995), 3 to 5000
 * values. undefined outside that or without spread.
 */
export function shapiroWilk(values: ArrayLike<number>): { w: number; p: number } | undefined {
  const n = values.length;
  const x = Float64Array.from(values).sort();
  const squares = squaredDeviations(x);
  if (n < 3 || n > 5000 || !(squares > 0) || x[0] === x[n - 1]) return undefined;
  const rest = unexplained(x, weights(n));
  return { w: 1 - rest, p: pOf(rest, n) };
}

/** 1 - W, without the cancellation of subtracting a W near 1. */
function unexplained(x: Float64Array, a: Float64Array): number {
  const n = x.length;
  const range = x[n - 1]! - x[0]!;
  const centre = mean(x);
  let squaredWeights = 0;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    const mirrored = n - 1 - i;
    const weight = i < a.length ? -a[i]! : mirrored < a.length ? a[mirrored]! : 0;
    const deviation = (x[i]! - centre) / range;
    squaredWeights += weight * weight;
    squares += deviation * deviation;
    products += weight * deviation;
  }
  const root = Math.sqrt(squaredWeights * squares);
  return Math.max(0, ((root - products) * (root + products)) / (squaredWeights * squares));
}

/** Weights of the upper half, largest first. */
function weights(n: number): Float64Array {
  const half = Math.floor(n / 2);
  const a = new Float64Array(half);
  if (n === 3) {
    a[0] = Math.SQRT1_2;
    return a;
  }
  const m = Float64Array.from({ length: half }, (_, i) => -normalQuantile((i + 1 - 0.375) / (n + 0.25)));
  let squares = 0;
  for (const value of m) squares += value * value;
  squares *= 2;
  const root = Math.sqrt(squares);
  const r = 1 / Math.sqrt(n);
  const first = polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], r) + m[0]! / root;
  let start = 1;
  let scale: number;
  if (n > 5) {
    const second = m[1]! / root + polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], r);
    scale = Math.sqrt(
      (squares - 2 * m[0]! * m[0]! - 2 * m[1]! * m[1]!) / (1 - 2 * first * first - 2 * second * second),
    );
    a[1] = second;
    start = 2;
  } else {
    scale = Math.sqrt((squares - 2 * m[0]! * m[0]!) / (1 - 2 * first * first));
  }
  a[0] = first;
  for (let i = start; i < half; i++) a[i] = m[i]! / scale;
  return a;
}

/** p from 1 - W. */
function pOf(rest: number, n: number): number {
  if (n === 3) {
    // exact: 6 / pi * (asin(sqrt(w)) - asin(sqrt(3 / 4)))
    const p = (6 / Math.PI) * (arcsine(Math.sqrt(1 - rest)) - Math.PI / 3);
    return Math.max(0, Math.min(1, p));
  }
  const y = log(rest);
  const ln = log(n);
  if (n <= 11) {
    const gamma = polynomial([-2.273, 0.459], n);
    if (y >= gamma) return 1e-99;
    const mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n);
    const sd = exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n));
    return normalCdf(-((-log(gamma - y) - mean) / sd));
  }
  const mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], ln);
  const sd = exp(polynomial([-0.4803, -0.082676, 0.0030302], ln));
  return normalCdf(-((y - mean) / sd));
}

/** asin on [0, 1] by halving the angle and the series of atan; used for n = 3 only. */
function arcsine(x: number): number {
  if (x >= 1) return Math.PI / 2;
  // asin x = 2 atan(x / (1 + sqrt(1 - x^2)))
  let t = x / (1 + Math.sqrt(1 - x * x));
  let factor = 2;
  while (t > 0.01) {
    t /= 1 + Math.sqrt(1 + t * t);
    factor *= 2;
  }
  const t2 = t * t;
  return factor * t * (1 - t2 * (1 / 3 - t2 * (1 / 5 - t2 * (1 / 7 - t2 / 9))));
}
