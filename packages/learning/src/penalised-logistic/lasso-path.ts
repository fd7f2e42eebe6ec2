import { exp, log } from '@sentinode/core';
import { dot } from '../linear-algebra/inner-products.ts';
import { elasticNetSolver } from './elastic-net.ts';
import type { LogisticCoefficients } from './problem.ts';

/** Solutions of the logistic LASSO for falling penalties, on the scale of the columns as given. */
export interface LogisticPath {
  readonly lambdas: readonly number[];
  readonly intercepts: readonly number[];
  readonly coefficients: readonly Float64Array[];
}

/** Penalties: a list, or how many from the largest (all coefficients 0) down to `ratio` times it. */
export type LambdaGrid =
  | { readonly lambdas: readonly number[] }
  | { readonly count: number; readonly ratio: number };

/** A grid ends early when the model explains this share of the null deviance, or gains less than the other, as glmnet. */
const EXPLAINED = 0.999;
const GAIN = 1e-5;
const FEWEST = 5;

/**
 * Minimises mean log-loss + lambda |b| for each penalty, the intercept free, columns standardised inside by their 1/n
 * standard deviation (unless `isScaled` is false) as glmnet's `family = "binomial"` does, at the converged optimum.
 * A constant column keeps coefficient 0. Given penalties must descend.
 */
export function logisticLassoPath(
  columns: readonly Float64Array[],
  outcomes: ArrayLike<number>,
  grid: LambdaGrid,
  isScaled = true,
): LogisticPath {
  const n = outcomes.length;
  const scaled = columns.map((column) => standardise(column, isScaled));
  const varying = scaled.flatMap((one, j) => (one === undefined ? [] : [j]));
  const design = varying.map((j) => scaled[j]!.values);
  const share = meanOf(outcomes);
  const centred = Float64Array.from(outcomes, (value) => value - share);
  const largest = design.reduce((best, column) => Math.max(best, Math.abs(dot(column, centred)) / n), 0);
  const lambdas = 'lambdas' in grid ? grid.lambdas : fallingGrid(largest, grid.count, grid.ratio);
  const problem = {
    columns: design,
    outcomes,
    weights: new Float64Array(n).fill(1 / n),
    hasIntercept: true,
  };
  const nullLogOdds = log(share / (1 - share));
  const model: LogisticCoefficients = {
    intercept: nullLogOdds,
    coefficients: new Float64Array(design.length),
  };
  // mean log-loss of the share of events given to everybody, and its slopes
  const nullLoss = -(share * log(share) + (1 - share) * log(1 - share));
  const solve = elasticNetSolver(problem);
  let residual: Float64Array = centred.map((value) => value / n);
  let loss = nullLoss;
  let before = largest;
  const path = { lambdas: [] as number[], intercepts: [] as number[], coefficients: [] as Float64Array[] };
  let explained = 0;
  for (const lambda of lambdas) {
    if (lambda < largest) {
      // sequential strong rule (Tibshirani 2012): columns with a smaller slope hardly ever join; those that do are found
      const limit = 2 * lambda - before;
      const likely = design.flatMap((column, j) => (Math.abs(dot(column, residual)) >= limit ? [j] : []));
      ({ residual, loss } = solve({ l1: lambda, l2: 0 }, model, likely));
    }
    before = lambda;
    const coefficients = new Float64Array(columns.length);
    let intercept = model.intercept;
    varying.forEach((j, a) => {
      const { mean, scale } = scaled[j]!;
      coefficients[j] = model.coefficients[a]! / scale;
      intercept -= coefficients[j]! * mean;
    });
    path.lambdas.push(lambda);
    path.intercepts.push(intercept);
    path.coefficients.push(coefficients);
    if ('lambdas' in grid) continue;
    const now = 1 - loss / nullLoss;
    const gained = now - explained;
    explained = now;
    if (path.lambdas.length >= FEWEST && (now > EXPLAINED || gained < GAIN)) break;
  }
  return path;
}

/** Linear predictor of each row at one position of the path. */
export function pathPredictor(
  intercept: number,
  coefficients: Float64Array,
  columns: readonly Float64Array[],
  rows: readonly number[],
): Float64Array {
  const eta = new Float64Array(rows.length).fill(intercept);
  coefficients.forEach((weight, j) => {
    if (weight === 0) return;
    const column = columns[j]!;
    rows.forEach((row, i) => {
      eta[i]! += weight * column[row]!;
    });
  });
  return eta;
}

function fallingGrid(largest: number, count: number, ratio: number): number[] {
  if (!(largest > 0)) return [0];
  const step = log(ratio) / (count - 1);
  return Array.from({ length: count }, (_, k) => (k === 0 ? largest : largest * exp(step * k)));
}

function standardise(
  column: Float64Array,
  isScaled: boolean,
): { values: Float64Array; mean: number; scale: number } | undefined {
  if (column.every((value) => value === column[0])) return undefined;
  const mean = meanOf(column);
  const centred = column.map((value) => value - mean);
  const scale = isScaled ? Math.sqrt(dot(centred, centred) / column.length) : 1;
  return { values: centred.map((value) => value / scale), mean, scale };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}
