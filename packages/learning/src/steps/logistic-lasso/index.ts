import { type FeatureTable, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import { declaredFolds, splitOption } from '../../cross-validation/declared-folds.ts';
import type { FittedStep, Step } from '../../estimator.ts';
import { logisticLassoPath } from '../../penalised-logistic/lasso-path.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { logisticLassoCv } from './cv-glmnet.ts';

const options = z.strictObject({
  folds: z.number().int().min(2).default(10),
  split: splitOption.default('stratified-shuffled'),
  choose: z
    .enum(['lambda.min', 'lambda.1se'])
    .default('lambda.min')
    .describe('smallest mean deviance, or the largest penalty within one standard error of it'),
  lambdas: z
    .union([z.null(), z.array(z.number().positive()).min(1)])
    .default(null)
    .describe('penalties to compare; null makes them from the data'),
  lambda: z
    .union([z.null(), z.number().positive()])
    .default(null)
    .describe('the penalty, without cross-validation; null chooses it by cross-validation'),
  nlambda: z.number().int().min(2).default(100),
  lambda_min_ratio: z
    .union([z.literal('auto'), z.number().gt(0).lt(1)])
    .default('auto')
    .describe('smallest penalty over the largest; auto: 1e-4, or 1e-2 where columns outnumber rows'),
  standardize: z.boolean().default(true).describe('penalise coefficients of standardised columns'),
});

/** Path, cross-validation and choice; what the figures of both need. */
export interface LogisticLassoState {
  readonly fit: {
    /** Penalties, descending. */
    readonly alphas: readonly number[];
    /** Mean binomial deviance and its standard error; empty for a given penalty. */
    readonly meanError: readonly number[];
    readonly standardError: readonly number[];
    readonly index: number;
    readonly alpha: number;
    readonly indexMin: number;
    readonly index1se: number;
    readonly intercept: number;
    readonly coefficients: readonly number[];
    /** [penalty][column] on the scale of the columns. */
    readonly path: readonly (readonly number[])[];
  };
}

/**
 * Keeps columns with a non-zero coefficient in the logistic LASSO at the penalty that cross-validation chooses (glmnet
 * binomial, converged; stratified folds from the seed). None is a result.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const logisticLasso = {
  name: 'logistic-lasso',
  options,
  fit: (table, chosen, context): FittedStep<LogisticLassoState> => {
    requireTrainable('logistic-lasso', table, context.outcomes);
    if (chosen.lambda !== null) return fittedAt(table, chosen, context.outcomes, chosen.lambda);
    const given = chosen.lambdas;
    if (given?.some((lambda, k) => k > 0 && lambda >= given[k - 1]!))
      throw new SentinodeError(
        'option-invalid',
        'The penalties must descend, each smaller than the one before.',
        {
          field: 'selection.logistic-lasso.lambdas',
        },
      );
    const notes: string[] = [];
    const folds = declaredFolds(
      context.outcomes,
      chosen.folds,
      chosen.split,
      context.random,
      notes,
      'selection.logistic-lasso.folds',
      context.groups ?? table.ids,
    );
    const auto = table.ids.length < table.names.length ? 1e-2 : 1e-4;
    const ratio = chosen.lambda_min_ratio === 'auto' ? auto : chosen.lambda_min_ratio;
    const cv = logisticLassoCv(
      table.columns,
      context.outcomes,
      folds,
      given === null ? { count: chosen.nlambda, ratio } : { lambdas: given },
      chosen.standardize,
    );
    const index = chosen.choose === 'lambda.min' ? cv.indexMin : cv.index1se;
    const coefficients = Array.from(cv.path.coefficients[index]!);
    const count = cv.deviance.length;
    const fit = {
      alphas: cv.path.lambdas,
      meanError: cv.deviance,
      standardError: cv.standardError,
      index,
      alpha: cv.path.lambdas[index]!,
      indexMin: cv.indexMin,
      index1se: cv.index1se,
      intercept: cv.path.intercepts[index]!,
      coefficients,
      path: cv.path.coefficients.map((values) => Array.from(values)),
    };
    const details = Object.fromEntries(
      table.names.map((name, column) => [name, { coefficient: coefficients[column]! }]),
    );
    const note = [
      `${chosen.choose} ${fit.alpha.toPrecision(6)} (${index + 1} of ${count}) by mean deviance of ${folds.length} folds`,
      ...notes,
    ].join('; ');
    const kept = coefficients.map((value) => value !== 0);
    return { ...fittedSelector('logistic-lasso', chosen, table, kept, note, details), state: { fit } };
  },
  penaltyPath: (fitted) => {
    const { fit } = fitted.state as LogisticLassoState;
    return fit.meanError.length === 0 ? undefined : { measure: 'Mean binomial deviance', ...fit };
  },
  atPenalty: (fitted) => {
    const { alpha } = (fitted.state as LogisticLassoState).fit;
    return { ...fitted.options, lambda: alpha > 0 ? alpha : null };
  },
  transform: keepOutput,
} satisfies Step<typeof options>;

/** The logistic LASSO at one penalty that was chosen before, without cross-validation. */
function fittedAt(
  table: FeatureTable,
  chosen: z.output<typeof options>,
  outcomes: readonly (0 | 1)[],
  lambda: number,
): FittedStep<LogisticLassoState> {
  const path = logisticLassoPath(table.columns, outcomes, { lambdas: [lambda] }, chosen.standardize);
  const coefficients = Array.from(path.coefficients[0]!);
  const details = Object.fromEntries(
    table.names.map((name, column) => [name, { coefficient: coefficients[column]! }]),
  );
  const kept = coefficients.map((value) => value !== 0);
  const note = `lambda ${lambda.toPrecision(6)}, given`;
  const fit = {
    alphas: [lambda],
    meanError: [],
    standardError: [],
    index: 0,
    alpha: lambda,
    indexMin: 0,
    index1se: 0,
    intercept: path.intercepts[0]!,
    coefficients,
    path: [coefficients],
  };
  return { ...fittedSelector('logistic-lasso', chosen, table, kept, note, details), state: { fit } };
}
