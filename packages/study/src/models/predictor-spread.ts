import type { FeatureTable } from '@sentinode/core';
import { cholesky, choleskySolve } from '@sentinode/statistics';

/**
 * Mean and covariance of the training predictors, correlations shrunk by a tenth so that it can be inverted, and how far
 * each training patient lies from the others.
 */
export interface PredictorSpread {
  readonly mean: readonly number[];
  /** Row-major. */
  readonly covariance: readonly number[];
  /** Largest and 95th percentile of the distances of training patients, each from the spread of the others. */
  readonly largest: number;
  readonly percentile95: number;
}

const SHRINKAGE = 0.1;

/** Spread of a table of predictors; undefined where there are too few patients or no predictor. */
export function predictorSpread({ columns, ids }: FeatureTable): PredictorSpread | undefined {
  const n = ids.length;
  if (columns.length === 0 || n < 5) return undefined;
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / n);
  const centred = columns.map((column, j) => column.map((value) => value - mean[j]!));
  const products = columns.flatMap((_, i) =>
    columns.map((__, j) => centred[i]!.reduce((sum, value, row) => sum + value * centred[j]![row]!, 0)),
  );
  const distances = ids
    .map((_, row) => {
      // the products of the others, and the row from their mean
      const away = centred.map((column) => column[row]!);
      const others = products.map((product, at) => {
        const [i, j] = [Math.floor(at / mean.length), at % mean.length];
        return product - (n / (n - 1)) * away[i]! * away[j]!;
      });
      return length(
        away.map((value) => (value * n) / (n - 1)),
        shrunk(others, mean.length, n - 2),
      );
    })
    .sort((a, b) => a - b);
  return {
    mean,
    covariance: shrunk(products, mean.length, n - 1),
    largest: distances[n - 1]!,
    percentile95: distances[Math.ceil(0.95 * n) - 1]!,
  };
}

function shrunk(products: readonly number[], p: number, freedom: number): number[] {
  return products.map((product, at) => {
    if (at % (p + 1) !== 0) return ((1 - SHRINKAGE) * product) / freedom;
    // a predictor that does not vary has no distance of its own; its range is checked apart
    return product > 0 ? product / freedom : 1;
  });
}

/** Mahalanobis distance of predictors from the training patients. */
export function distanceFrom({ mean, covariance }: PredictorSpread, predictors: ArrayLike<number>): number {
  return length(
    mean.map((value, j) => predictors[j]! - value),
    covariance,
  );
}

function length(away: readonly number[], covariance: readonly number[]): number {
  const factor = cholesky(Float64Array.from(covariance), away.length);
  if (factor === undefined) return Number.POSITIVE_INFINITY;
  const solved = choleskySolve(factor, away, away.length);
  return Math.sqrt(away.reduce((sum, value, j) => sum + value * solved[j]!, 0));
}
