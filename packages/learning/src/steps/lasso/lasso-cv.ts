import { exp, log } from '@sentinode/core';
import { kFold } from '../../cross-validation/k-fold.ts';
import { solvePath } from './coordinate-descent.ts';
import { centre, largestAlpha } from './problem.ts';

/** Path, cross-validation and refit. */
export interface LassoCvFit {
  /** Penalties, descending. */
  readonly alphas: readonly number[];
  /** Mean squared error by penalty: mean over folds, and its standard error over folds; empty for a given penalty. */
  readonly meanError: readonly number[];
  readonly standardError: readonly number[];
  readonly index: number;
  readonly alpha: number;
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** Coefficients on all rows along the path, [alpha][column]. */
  readonly path: readonly (readonly number[])[];
  /** Folds whose training rows hold one outcome only. */
  readonly oneClassFolds: number;
}

/** `count` penalties from the largest down to `eps` times it, evenly spaced in the logarithm. */
export function alphaGrid(largest: number, count: number, eps: number): number[] {
  const step = log(eps) / (count - 1);
  return Array.from({ length: count }, (_, k) =>
    k === 0 ? largest : k === count - 1 ? largest * eps : largest * exp(step * k),
  );
}

/**
 * Squared-loss LASSO on a 0/1 outcome with the penalty of the lowest mean cross-validated error (scikit-learn
 * `LassoCV`, converged): unshuffled folds, intercept fitted, no re-standardisation inside folds, refit on all rows.
 */
export function lassoCv(
  columns: readonly Float64Array[],
  y: ArrayLike<number>,
  options: { folds: number; alphas: number; eps: number },
): LassoCvFit {
  const n = y.length;
  const whole = centre(columns, y);
  const alphas = alphaGrid(largestAlpha(whole.problem), options.alphas, options.eps);
  const folds = kFold(n, options.folds);
  let oneClassFolds = 0;
  const errors = folds.map((test) => {
    const isTest = new Uint8Array(n);
    for (const row of test) isTest[row] = 1;
    const train = Array.from({ length: n }, (_, row) => row).filter((row) => isTest[row] === 0);
    const trainY = train.map((row) => y[row]!);
    if (trainY.every((value) => value === trainY[0])) oneClassFolds++;
    const { problem, means, yMean } = centre(
      columns.map((column) => Float64Array.from(train, (row) => column[row]!)),
      trainY,
    );
    return solvePath(problem, alphas).map((w) => {
      let sum = 0;
      for (const row of test) {
        let predicted = yMean;
        for (let j = 0; j < w.length; j++)
          if (w[j] !== 0) predicted += w[j]! * (columns[j]![row]! - means[j]!);
        sum += (y[row]! - predicted) * (y[row]! - predicted);
      }
      return sum / test.length;
    });
  });
  const meanError = alphas.map((_, k) => errors.reduce((sum, fold) => sum + fold[k]!, 0) / folds.length);
  const standardError = alphas.map((_, k) => {
    const squares = errors.reduce(
      (sum, fold) => sum + (fold[k]! - meanError[k]!) * (fold[k]! - meanError[k]!),
      0,
    );
    return Math.sqrt(squares / (folds.length - 1) / folds.length);
  });
  const index = meanError.reduce((best, value, k) => (value < meanError[best]! ? k : best), 0);
  const path = solvePath(whole.problem, alphas).map((w) => Array.from(w));
  const coefficients = path[index]!;
  const intercept = coefficients.reduce((sum, value, j) => sum - value * whole.means[j]!, whole.yMean);
  return {
    alphas,
    meanError,
    standardError,
    index,
    alpha: alphas[index]!,
    intercept,
    coefficients,
    path,
    oneClassFolds,
  };
}

/** The LASSO at one penalty that was chosen before, without cross-validation. */
export function lassoAt(columns: readonly Float64Array[], y: ArrayLike<number>, alpha: number): LassoCvFit {
  const { problem, means, yMean } = centre(columns, y);
  const coefficients = Array.from(solvePath(problem, [alpha])[0]!);
  return {
    alphas: [alpha],
    meanError: [],
    standardError: [],
    index: 0,
    alpha,
    intercept: coefficients.reduce((sum, value, j) => sum - value * means[j]!, yMean),
    coefficients,
    path: [coefficients],
    oneClassFolds: 0,
  };
}
