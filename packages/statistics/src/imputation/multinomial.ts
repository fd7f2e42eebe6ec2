import { exp, log, type Random, SentinodeError } from '@sentinode/core';
import { cholesky, choleskySolve } from '../linear-algebra/cholesky.ts';
import { shifted } from './linear-model.ts';
import { spreadOf } from './spread.ts';

const MAX_ITERATIONS = 60;
/** Newton's steps square the distance to the optimum: after a step of this size it is below rounding. */
const CONVERGED = 1e-7;

/** Multinomial logistic regression against the first level; with two levels the ordinary logistic regression. */
export interface MultinomialModel {
  /** By level but the first, then by column. */
  readonly coefficients: Float64Array;
  /** Lower triangle whose square is the covariance of the coefficients. */
  readonly spread: Float64Array;
}

/** Rows that are fitted: a design, the level of each row as a number from 0, and a weight. */
export interface MultinomialRows {
  readonly columns: readonly Float64Array[];
  readonly codes: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/**
 * Rows with the pseudo-observations of White, Daniel and Royston (2010), which keep coefficients finite where a predictor
 * separates the levels (R `mice:::augment`): for each predictor and level two rows, half a standard deviation above and
 * below the mean of the predictor with the others at their means, together with the weight of one row per coefficient.
 * @param columns predictors without the intercept, all rows
 * @param fitted positions of the rows whose level is known
 */
export function augmented(
  columns: readonly Float64Array[],
  codes: ArrayLike<number>,
  levels: number,
  fitted: readonly number[],
): MultinomialRows {
  const p = columns.length;
  const extra = 2 * p * levels;
  const means = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const design = [
    new Float64Array(fitted.length + extra).fill(1),
    ...columns.map((column, j) => {
      const values = new Float64Array(fitted.length + extra).fill(means[j]!);
      fitted.forEach((row, i) => {
        values[i] = column[row]!;
      });
      const half = 0.5 * sdOf(column, means[j]!);
      const low = column.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
      const high = column.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
      for (let k = 0; k < 2 * levels; k++)
        values[fitted.length + 2 * levels * j + k] = Math.min(
          high,
          Math.max(low, means[j]! + (k % 2 === 0 ? half : -half)),
        );
      return values;
    }),
  ];
  const weights = new Float64Array(fitted.length + extra).fill(1);
  weights.fill((p + 1) / extra, fitted.length);
  const all = new Int32Array(fitted.length + extra);
  fitted.forEach((row, i) => {
    all[i] = codes[row]!;
  });
  for (let k = 0; k < extra; k++) all[fitted.length + k] = (k >> 1) % levels;
  return { columns: design, codes: all, weights };
}

function sdOf(column: Float64Array, mean: number): number {
  const squares = column.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return Math.sqrt(squares / Math.max(1, column.length - 1));
}

/** Probabilities of the levels by row, [row * levels + level], for coefficients of {@link MultinomialModel}. */
export function multinomialProbabilities(
  columns: readonly Float64Array[],
  coefficients: ArrayLike<number>,
  levels: number,
): Float64Array {
  const n = columns[0]!.length;
  const p = columns.length;
  const result = new Float64Array(n * levels);
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let level = 1; level < levels; level++) {
      let eta = 0;
      for (let j = 0; j < p; j++) eta += coefficients[(level - 1) * p + j]! * columns[j]![i]!;
      result[i * levels + level] = eta;
      largest = Math.max(largest, eta);
    }
    let sum = 0;
    for (let level = 0; level < levels; level++) {
      const value = exp(result[i * levels + level]! - largest);
      result[i * levels + level] = value;
      sum += value;
    }
    for (let level = 0; level < levels; level++) result[i * levels + level]! /= sum;
  }
  return result;
}

function devianceAt(
  { codes, weights }: MultinomialRows,
  probabilities: Float64Array,
  levels: number,
): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++)
    sum -= 2 * weights[i]! * log(Math.max(probabilities[i * levels + codes[i]!]!, 1e-300));
  return sum;
}

/**
 * Maximum likelihood by Newton's method; the covariance is the inverse of the information.
 * @param rows design with the intercept as a column, linearly independent
 * @throws SentinodeError `not-finite` where there is no finite optimum (see {@link augmented})
 */
export function fitMultinomial(rows: MultinomialRows, levels: number): MultinomialModel {
  const p = rows.columns.length;
  const size = (levels - 1) * p;
  let beta = new Float64Array(size);
  let probabilities = multinomialProbabilities(rows.columns, beta, levels);
  let deviance = devianceAt(rows, probabilities, levels);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const lower = cholesky(informationOf(rows, probabilities, levels), size);
    if (lower === undefined) break;
    const step = choleskySolve(lower, scoreOf(rows, probabilities, levels), size);
    const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let share = 1;
    let moved = false;
    for (let halving = 0; halving < 30 && !moved; halving++, share /= 2) {
      const trial = beta.map((value, j) => value + share * step[j]!);
      const trialProbabilities = multinomialProbabilities(rows.columns, trial, levels);
      const trialDeviance = devianceAt(rows, trialProbabilities, levels);
      if (!(trialDeviance <= deviance + 1e-10 * (1 + Math.abs(deviance)))) continue;
      beta = trial;
      probabilities = trialProbabilities;
      deviance = trialDeviance;
      moved = true;
    }
    if (!moved || largest < CONVERGED)
      return {
        coefficients: beta,
        spread: spreadOf(informationOf(rows, probabilities, levels), size).spread,
      };
  }
  throw new SentinodeError('not-finite', 'An imputation model for a factor has no finite optimum.');
}

function scoreOf({ columns, codes, weights }: MultinomialRows, probabilities: Float64Array, levels: number) {
  const p = columns.length;
  const score = new Float64Array((levels - 1) * p);
  for (let level = 1; level < levels; level++)
    for (let j = 0; j < p; j++) {
      const column = columns[j]!;
      let sum = 0;
      for (let i = 0; i < weights.length; i++)
        sum += weights[i]! * column[i]! * ((codes[i] === level ? 1 : 0) - probabilities[i * levels + level]!);
      score[(level - 1) * p + j] = sum;
    }
  return score;
}

function informationOf({ columns, weights }: MultinomialRows, probabilities: Float64Array, levels: number) {
  const p = columns.length;
  const n = weights.length;
  const size = (levels - 1) * p;
  const information = new Float64Array(size * size);
  const weighted = new Float64Array(n);
  const own = new Float64Array(n);
  for (let a = 1; a < levels; a++)
    for (let b = 1; b <= a; b++) {
      for (let i = 0; i < n; i++) {
        const pa = probabilities[i * levels + a]!;
        own[i] = weights[i]! * pa * ((a === b ? 1 : 0) - probabilities[i * levels + b]!);
      }
      for (let j = 0; j < p; j++) {
        const left = columns[j]!;
        for (let i = 0; i < n; i++) weighted[i] = own[i]! * left[i]!;
        // a block on the diagonal is symmetric
        for (let k = 0; k < (a === b ? j + 1 : p); k++) {
          const right = columns[k]!;
          let sum = 0;
          for (let i = 0; i < n; i++) sum += weighted[i]! * right[i]!;
          information[((a - 1) * p + j) * size + (b - 1) * p + k] = sum;
          information[((b - 1) * p + k) * size + (a - 1) * p + j] = sum;
        }
      }
    }
  return information;
}

/** Coefficients for given standard normal deviates, one each (R `mice.impute.logreg` with two levels). */
export function multinomialDrawAt(model: MultinomialModel, normals: ArrayLike<number>): Float64Array {
  return shifted(model.coefficients, model.spread, normals);
}

export function drawMultinomial(model: MultinomialModel, random: Random): Float64Array {
  return multinomialDrawAt(
    model,
    Array.from(model.coefficients, () => random.normal()),
  );
}
