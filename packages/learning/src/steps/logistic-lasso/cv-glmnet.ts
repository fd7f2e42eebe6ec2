import { log } from '@sentinode/core';
import { logistic } from '@sentinode/statistics';
import { rowsOutside } from '../../cross-validation/declared-folds.ts';
import {
  type LambdaGrid,
  type LogisticPath,
  logisticLassoPath,
  pathPredictor,
} from '../../penalised-logistic/lasso-path.ts';

/** Probabilities are kept this far from 0 and 1 in the deviance. */
const CLIP = 1e-5;

/** Path on all rows, cross-validated deviance, and the two penalties it leads to (positions on the path). */
export interface LogisticLassoCv {
  readonly path: LogisticPath;
  /** Mean binomial deviance and its standard error for each penalty of the path. */
  readonly deviance: readonly number[];
  readonly standardError: readonly number[];
  readonly indexMin: number;
  readonly index1se: number;
}

/**
 * The logistic LASSO with cross-validated deviance (glmnet `cv.glmnet(family = "binomial", type.measure =
 * "deviance")`): folds weighted by their size; lambda.min has the smallest deviance, lambda.1se is the largest penalty
 * within one standard error of it. Without given penalties each fold walks its own path and is read off at the
 * penalties of the whole by linear interpolation, as glmnet does.
 */
export function logisticLassoCv(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  folds: readonly (readonly number[])[],
  grid: LambdaGrid,
  isScaled: boolean,
): LogisticLassoCv {
  const n = outcomes.length;
  const path = logisticLassoPath(columns, outcomes, grid, isScaled);
  const paths = folds.map((test) => {
    const train = rowsOutside(test, n);
    return logisticLassoPath(
      columns.map((column) => Float64Array.from(train, (row) => column[row]!)),
      train.map((row) => outcomes[row]!),
      grid,
      isScaled,
    );
  });
  const { lambdas } = path;
  const losses = folds.map((test, fold) =>
    lambdas.map((lambda) => deviances(interpolate(paths[fold]!, lambda), columns, outcomes, test)),
  );
  // folds of fewer than three rows say too little each: their rows are taken one by one
  const isGrouped = n / folds.length >= 3;
  const deviance: number[] = [];
  const standardError: number[] = [];
  lambdas.forEach((_, k) => {
    const units = losses.flatMap((fold) =>
      isGrouped
        ? [{ value: mean(fold[k]!), weight: fold[k]!.length }]
        : fold[k]!.map((value) => ({ value, weight: 1 })),
    );
    const total = units.reduce((sum, unit) => sum + unit.weight, 0);
    const centre = units.reduce((sum, unit) => sum + unit.weight * unit.value, 0) / total;
    const spread = units.reduce((sum, unit) => sum + unit.weight * square(unit.value - centre), 0) / total;
    deviance.push(centre);
    standardError.push(Math.sqrt(spread / (units.length - 1)));
  });
  // penalties descend, so the first of equals is the largest
  const indexMin = deviance.reduce((best, value, k) => (value < deviance[best]! ? k : best), 0);
  const limit = deviance[indexMin]! + standardError[indexMin]!;
  const index1se = deviance.findIndex((value) => value <= limit);
  return { path, deviance, standardError, indexMin, index1se };
}

const square = (value: number): number => value * value;

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function deviances(
  model: { intercept: number; coefficients: Float64Array },
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  rows: readonly number[],
): number[] {
  const eta = pathPredictor(model.intercept, model.coefficients, columns, rows);
  return rows.map((row, i) => {
    const p = Math.min(1 - CLIP, Math.max(CLIP, logistic(eta[i]!)));
    return -2 * log(outcomes[row] === 1 ? p : 1 - p);
  });
}

/** Model at a penalty between two of the path; beyond its ends, the model at the end. */
function interpolate(path: LogisticPath, lambda: number): { intercept: number; coefficients: Float64Array } {
  const { lambdas, intercepts, coefficients } = path;
  const last = lambdas.length - 1;
  const at = (k: number) => ({ intercept: intercepts[k]!, coefficients: coefficients[k]! });
  if (lambda >= lambdas[0]!) return at(0);
  if (lambda <= lambdas[last]!) return at(last);
  const right = lambdas.findIndex((value) => value <= lambda);
  if (lambdas[right] === lambda) return at(right);
  const share = (lambda - lambdas[right]!) / (lambdas[right - 1]! - lambdas[right]!);
  const a = at(right - 1);
  const b = at(right);
  return {
    intercept: share * a.intercept + (1 - share) * b.intercept,
    coefficients: a.coefficients.map((value, j) => share * value + (1 - share) * b.coefficients[j]!),
  };
}
