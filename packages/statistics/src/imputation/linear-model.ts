import type { Random } from '@sentinode/core';
import { choleskySolve } from '../linear-algebra/cholesky.ts';
import { spreadOf } from './spread.ts';

/** Least squares of a column on others, with what a draw from the posterior of its parameters needs. */
export interface LinearModel {
  readonly coefficients: Float64Array;
  readonly residualSquares: number;
  /** Rows minus columns, at least 1. */
  readonly df: number;
  /** Lower triangle whose square is the inverse of X'X. */
  readonly spread: Float64Array;
}

/**
 * Linear regression as R `mice` fits it before it imputes (`estimice`).
 * @param columns design with the intercept as a column, linearly independent
 */
export function fitLinear(columns: readonly Float64Array[], values: ArrayLike<number>): LinearModel {
  const p = columns.length;
  const n = values.length;
  const gram = new Float64Array(p * p);
  const right = new Float64Array(p);
  for (let j = 0; j < p; j++) {
    const a = columns[j]!;
    for (let k = 0; k <= j; k++) {
      const b = columns[k]!;
      let sum = 0;
      for (let i = 0; i < n; i++) sum += a[i]! * b[i]!;
      gram[j * p + k] = sum;
      gram[k * p + j] = sum;
    }
    for (let i = 0; i < n; i++) right[j]! += a[i]! * values[i]!;
  }
  const { lower, spread } = spreadOf(gram, p);
  const coefficients = choleskySolve(lower, right, p);
  // one step of refinement: the residuals are orthogonal to the columns to the last digits
  const rest = residuals(columns, coefficients, values);
  const correction = choleskySolve(
    lower,
    columns.map((column) => dotOf(column, rest)),
    p,
  );
  for (let j = 0; j < p; j++) coefficients[j]! += correction[j]!;
  const left = residuals(columns, coefficients, values);
  return { coefficients, residualSquares: dotOf(left, left), df: Math.max(n - p, 1), spread };
}

function residuals(
  columns: readonly Float64Array[],
  coefficients: Float64Array,
  values: ArrayLike<number>,
): Float64Array {
  const rest = Float64Array.from(values);
  columns.forEach((column, j) => {
    for (let i = 0; i < rest.length; i++) rest[i]! -= column[i]! * coefficients[j]!;
  });
  return rest;
}

function dotOf(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Parameters drawn from their posterior under a flat prior. */
export interface LinearDraw {
  readonly coefficients: Float64Array;
  readonly sigma: number;
}

/**
 * The draw for given random numbers (R `mice:::.norm.draw`).
 * @param chiSquare a chi-square deviate with the model's degrees of freedom
 * @param normals standard normal deviates, one per coefficient
 */
export function linearDrawAt(model: LinearModel, chiSquare: number, normals: ArrayLike<number>): LinearDraw {
  const sigma = Math.sqrt(model.residualSquares / chiSquare);
  return { coefficients: shifted(model.coefficients, model.spread, normals, sigma), sigma };
}

export function drawLinear(model: LinearModel, random: Random): LinearDraw {
  let chiSquare = 0;
  for (let k = 0; k < model.df; k++) {
    const z = random.normal();
    chiSquare += z * z;
  }
  return linearDrawAt(
    model,
    chiSquare,
    Array.from(model.coefficients, () => random.normal()),
  );
}

/** Centre plus the lower triangle times normal deviates times a scale. */
export function shifted(
  centre: Float64Array,
  lower: Float64Array,
  normals: ArrayLike<number>,
  scale = 1,
): Float64Array {
  const p = centre.length;
  return centre.map((value, j) => {
    let sum = 0;
    for (let k = 0; k <= j; k++) sum += lower[j * p + k]! * normals[k]!;
    return value + sum * scale;
  });
}
