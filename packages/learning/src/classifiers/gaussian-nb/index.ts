import { exp, log, SentinodeError } from '@sentinode/core';
import { softplus } from '@sentinode/statistics';
import { z } from 'zod';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { countTrainingEvents, predictorRows } from '../training-rows.ts';

const options = z.strictObject({
  priors: z
    .union([z.null(), z.tuple([z.number().gt(0).lt(1), z.number().gt(0).lt(1)])])
    .default(null)
    .refine((priors) => priors === null || Math.abs(priors[0] + priors[1] - 1) < 1e-9, 'must add up to 1')
    .describe('probabilities of the outcomes 0 and 1; null takes those of the training rows'),
  var_smoothing: z
    .number()
    .min(0)
    .default(1e-9)
    .describe('share of the largest variance that is added to every variance'),
});

/** Per outcome (0, then 1): prior, and mean and smoothed variance (ddof 0) of each predictor. */
export interface GaussianNbState {
  readonly priors: readonly [number, number];
  readonly means: readonly [readonly number[], readonly number[]];
  readonly variances: readonly [readonly number[], readonly number[]];
}

const TWO_PI = 6.283185307179586;

/**
 * Gaussian naive Bayes (scikit-learn `GaussianNB`). Where every predictor is constant on the training rows they say
 * nothing: the prior for everyone, which is noted.
 * @throws SentinodeError `one-class`, `not-finite`, `option-invalid` (a variance of 0 and no smoothing)
 */
export const gaussianNb = {
  name: 'gaussian-nb',
  options,
  grid: { var_smoothing: [1e-9, 1e-3, 1e-1] },
  fit: (table, outcomes, chosen): FittedClassifier => {
    const n = outcomes.length;
    const events = countTrainingEvents(table, outcomes);
    const priors = chosen.priors ?? ([(n - events) / n, events / n] as const);
    const whole = table.columns.map((column) => moments(column, (row) => row < n));
    const smoothing =
      chosen.var_smoothing * whole.reduce((largest, one) => Math.max(largest, one.variance), 0);
    const classes = ([0, 1] as const).map((outcome) =>
      table.columns.map((column) => moments(column, (row) => outcomes[row] === outcome)),
    );
    const isSilent = whole.every((one) => one.variance === 0);
    if (!isSilent && smoothing === 0) {
      const flat = table.names.find((_, j) => classes.some((columns) => columns[j]!.variance === 0));
      if (flat !== undefined)
        throw new SentinodeError(
          'option-invalid',
          `"${flat}" has a single value among the patients of one outcome, and var_smoothing is 0; set it above 0 or leave the column out.`,
          { field: 'classifiers.gaussian-nb.var_smoothing' },
        );
    }
    const used = isSilent ? [] : table.names;
    const of = (outcome: 0 | 1, value: (one: { mean: number; variance: number }) => number): number[] =>
      isSilent ? [] : classes[outcome]!.map(value);
    const state: GaussianNbState = {
      priors,
      means: [of(0, (one) => one.mean), of(1, (one) => one.mean)],
      variances: [of(0, (one) => one.variance + smoothing), of(1, (one) => one.variance + smoothing)],
    };
    return {
      classifier: 'gaussian-nb',
      options: chosen,
      rows: [...table.ids],
      input: [...used],
      ...(isSilent && table.names.length > 0
        ? { notes: ['every predictor is constant on the training rows: the prior for everyone'] }
        : {}),
      state,
    };
  },
  decision,
  predictProba: (fitted, table): Float64Array => decision(fitted, table).map((odds) => exp(-softplus(-odds))),
  linear: () => undefined,
} satisfies Classifier<typeof options>;

/** Log-odds of the event: difference of the joint log-likelihoods. */
function decision(fitted: FittedClassifier, table: Parameters<typeof predictorRows>[1]): Float64Array {
  const { priors, means, variances } = fitted.state as GaussianNbState;
  const { rows, columns, data } = predictorRows(fitted, table);
  const joint = (outcome: 0 | 1): Float64Array => {
    const centre = means[outcome];
    const spread = variances[outcome];
    let constant = 0;
    for (const variance of spread) constant += log(TWO_PI * variance);
    const result = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        const d = data[i * columns + j]! - centre[j]!;
        sum += (d * d) / spread[j]!;
      }
      result[i] = log(priors[outcome]) - 0.5 * constant - 0.5 * sum;
    }
    return result;
  };
  const absent = joint(0);
  return joint(1).map((value, i) => value - absent[i]!);
}

/** Mean and variance (ddof 0) of the rows that take part. */
function moments(
  column: Float64Array,
  takesPart: (row: number) => boolean,
): { mean: number; variance: number } {
  let count = 0;
  let sum = 0;
  let isConstant = true;
  let first = Number.NaN;
  for (let i = 0; i < column.length; i++) {
    if (!takesPart(i)) continue;
    if (count === 0) first = column[i]!;
    else if (column[i] !== first) isConstant = false;
    sum += column[i]!;
    count++;
  }
  // the mean of equal values can differ from them by rounding
  if (isConstant) return { mean: first, variance: 0 };
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < column.length; i++)
    if (takesPart(i)) squares += (column[i]! - mean) * (column[i]! - mean);
  return { mean, variance: squares / count };
}
