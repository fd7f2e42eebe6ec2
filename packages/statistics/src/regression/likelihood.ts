import { exp, log, log1p } from '@sentinode/core';
import type { Outcomes } from '../checks.ts';

/** log(1 + e^x) without overflow. */
export const softplus = (x: number): number => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));

/** 1 / (1 + e^-x) without overflow. */
export const logistic = (x: number): number => {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
};

/** Offset plus the columns times their coefficients. */
export function linearPredictor(
  columns: readonly ArrayLike<number>[],
  beta: ArrayLike<number>,
  rows: number,
  offset?: ArrayLike<number>,
): Float64Array {
  const eta = offset === undefined ? new Float64Array(rows) : Float64Array.from(offset);
  columns.forEach((column, j) => {
    const b = beta[j]!;
    for (let i = 0; i < rows; i++) eta[i]! += column[i]! * b;
  });
  return eta;
}

/**
 * -2 log-likelihood of outcomes at linear predictors.
 * @param probabilities when given, receives the probability of each row
 */
export function devianceOf(eta: ArrayLike<number>, outcomes: Outcomes, probabilities?: Float64Array): number {
  let sum = 0;
  // the sum of log(1 + e) is the log of a product, which stays below 2^512
  let product = 1;
  for (let i = 0; i < eta.length; i++) {
    const x = eta[i]!;
    const e = exp(-Math.abs(x));
    if (x > 0 !== (outcomes[i] === 1)) sum += Math.abs(x);
    product *= 1 + e;
    if (i % 512 === 511) {
      sum += log(product);
      product = 1;
    }
    if (probabilities !== undefined) probabilities[i] = x >= 0 ? 1 / (1 + e) : e / (1 + e);
  }
  return 2 * (sum + log(product));
}

/** X' W X with W = p (1 - p), row-major. */
export function informationOf(
  columns: readonly ArrayLike<number>[],
  probabilities: ArrayLike<number>,
): Float64Array {
  const p = columns.length;
  const information = new Float64Array(p * p);
  const n = probabilities.length;
  const curvature = new Float64Array(n);
  for (let i = 0; i < n; i++) curvature[i] = probabilities[i]! * (1 - probabilities[i]!);
  const weighted = new Float64Array(n);
  for (let j = 0; j < p; j++) {
    const a = columns[j]!;
    for (let i = 0; i < n; i++) weighted[i] = a[i]! * curvature[i]!;
    for (let k = 0; k <= j; k++) {
      const b = columns[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += weighted[i]! * b[i]!;
      information[j * p + k] = sum;
      information[k * p + j] = sum;
    }
  }
  return information;
}

/** X' (y - p). */
export function scoreOf(
  columns: readonly ArrayLike<number>[],
  probabilities: ArrayLike<number>,
  outcomes: ArrayLike<number>,
): Float64Array {
  return Float64Array.from(columns, (column) => {
    let sum = 0;
    for (let i = 0; i < probabilities.length; i++) sum += column[i]! * (outcomes[i]! - probabilities[i]!);
    return sum;
  });
}

/** log(p / (1 - p)); infinite at 0 and 1. */
export const logit = (p: number): number => log(p / (1 - p));
