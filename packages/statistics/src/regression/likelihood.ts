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

/** -2 log-likelihood of outcomes at linear predictors. */
export function devianceOf(eta: ArrayLike<number>, outcomes: Outcomes): number {
  let sum = 0;
  for (let i = 0; i < eta.length; i++) sum += outcomes[i] === 1 ? softplus(-eta[i]!) : softplus(eta[i]!);
  return 2 * sum;
}

/** X' W X with W = p (1 - p), row-major. */
export function informationOf(
  columns: readonly ArrayLike<number>[],
  probabilities: ArrayLike<number>,
): Float64Array {
  const p = columns.length;
  const information = new Float64Array(p * p);
  const weighted = new Float64Array(probabilities.length);
  for (let j = 0; j < p; j++) {
    const a = columns[j]!;
    for (let i = 0; i < weighted.length; i++)
      weighted[i] = a[i]! * probabilities[i]! * (1 - probabilities[i]!);
    for (let k = 0; k <= j; k++) {
      const b = columns[k]!;
      let sum = 0;
      for (let i = 0; i < weighted.length; i++) sum += weighted[i]! * b[i]!;
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
