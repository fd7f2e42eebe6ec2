import { SentinodeError } from '@sentinode/core';
import { independentColumns, logistic } from '@sentinode/statistics';
import { z } from 'zod';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { fitElasticNet } from '../../penalised-logistic/elastic-net.ts';
import type { LogisticCoefficients } from '../../penalised-logistic/problem.ts';
import { rowSpace } from '../../penalised-logistic/row-space.ts';
import { classWeightOption, classWeights, countTrainingEvents, predictorColumns } from '../training-rows.ts';

const options = z.strictObject({
  penalty: z
    .union([z.enum(['l2', 'l1', 'elasticnet', 'none']), z.null()])
    .default('l2')
    .describe('null and none mean no penalty'),
  C: z.number().positive().default(1).describe('inverse strength of the penalty'),
  l1_ratio: z.number().min(0).max(1).default(0.5).describe('share of the L1 penalty in elasticnet'),
  fit_intercept: z.boolean().default(true),
  class_weight: classWeightOption,
});

/** Coefficients on the predictors as they enter. */
export interface LogisticState {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

/**
 * Logistic regression at its converged optimum (scikit-learn `LogisticRegression`; its solvers stop earlier): C times
 * the weighted log-losses plus half the squared length (l2) or the absolute size (l1) of the coefficients; the
 * intercept is free. Without penalty a predictor that depends on earlier ones gets coefficient 0, which is noted.
 * @throws SentinodeError `one-class`, `not-finite`, `separation` (without penalty)
 */
export const logisticRegression = {
  name: 'logistic-regression',
  options,
  grid: { C: [0.01, 0.1, 1, 10] },
  fit: (table, outcomes, chosen): FittedClassifier => {
    const n = outcomes.length;
    const events = countTrainingEvents(table, outcomes);
    const [weight0, weight1] = classWeights(chosen.class_weight, n, events);
    const isFree = chosen.penalty === null || chosen.penalty === 'none';
    const l1Share = chosen.penalty === 'l1' ? 1 : chosen.penalty === 'elasticnet' ? chosen.l1_ratio : 0;
    const penalty = { l1: isFree ? 0 : l1Share, l2: isFree ? 0 : 1 - l1Share };
    const strength = isFree ? 1 : chosen.C;
    const ones = new Float64Array(n).fill(1);
    const independent = isFree
      ? independentColumns([...(chosen.fit_intercept ? [ones] : []), ...table.columns]).slice(
          chosen.fit_intercept ? 1 : 0,
        )
      : table.columns.map(() => true);
    const used = table.columns.filter((_, j) => independent[j]);
    const space = penalty.l1 === 0 && !isFree && used.length > n ? rowSpace(used, n) : undefined;
    const columns = space?.columns ?? used;
    const model: LogisticCoefficients = { intercept: 0, coefficients: new Float64Array(columns.length) };
    const problem = {
      columns,
      outcomes,
      weights: Float64Array.from(outcomes, (outcome) => strength * (outcome === 1 ? weight1 : weight0)),
      hasIntercept: chosen.fit_intercept,
    };
    if (!fitElasticNet(problem, penalty, model)) {
      throw new SentinodeError(
        'separation',
        `The logistic regression has no finite optimum with penalty ${chosen.penalty ?? 'none'} and C ${chosen.C}: the predictors separate the outcomes. Use a penalty or fewer predictors.`,
        { field: 'classifiers.logistic-regression.penalty' },
      );
    }
    const fitted = space === undefined ? model.coefficients : space.back(model.coefficients);
    let position = 0;
    const coefficients = independent.map((isIndependent) => (isIndependent ? fitted[position++]! : 0));
    const aliased = table.names.filter((_, j) => !independent[j]);
    const state: LogisticState = { intercept: model.intercept, coefficients };
    return {
      classifier: 'logistic-regression',
      options: chosen,
      rows: [...table.ids],
      input: [...table.names],
      ...(aliased.length > 0
        ? { notes: [`coefficient 0, because they depend on earlier predictors: ${aliased.join(', ')}`] }
        : {}),
      state,
    };
  },
  predictProba: (fitted, table): Float64Array => decision(fitted, table).map(logistic),
  decision,
  linear: (fitted) => fitted.state as LogisticState,
  pool: (fits): FittedClassifier => {
    const states = fits.map((fit) => fit.state as LogisticState);
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const state: LogisticState = {
      intercept: mean(states.map(({ intercept }) => intercept)),
      coefficients: states[0]!.coefficients.map((_, j) => mean(states.map((one) => one.coefficients[j]!))),
    };
    const notes = [
      `mean coefficients of ${fits.length} completed data sets`,
      ...new Set(fits.flatMap((fit) => fit.notes ?? [])),
    ];
    return { ...fits[0]!, notes, state };
  },
} satisfies Classifier<typeof options>;

function decision(fitted: FittedClassifier, table: Parameters<typeof predictorColumns>[1]): Float64Array {
  const { intercept, coefficients } = fitted.state as LogisticState;
  const result = new Float64Array(table.ids.length).fill(intercept);
  predictorColumns(fitted, table).forEach((column, j) => {
    const weight = coefficients[j]!;
    for (let i = 0; i < result.length; i++) result[i]! += weight * column[i]!;
  });
  return result;
}
