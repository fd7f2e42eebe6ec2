import { pow } from '@sentinode/core';
import { z } from 'zod';
import { classWeightOption } from '../../classifiers/training-rows.ts';
import { declaredFolds, splitOption } from '../../cross-validation/declared-folds.ts';
import type { FittedStep, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { fitRisingC, scoreFolds } from './tune.ts';

const options = z.strictObject({
  C: z
    .union([z.literal('cv'), z.number().positive()])
    .default('cv')
    .describe('inverse strength of the penalty; cv chooses it by cross-validation'),
  Cs: z
    .union([z.number().int().min(1), z.array(z.number().positive()).min(1)])
    .default(10)
    .describe('what cv compares: a list, or so many from 1e-4 to 1e4'),
  folds: z.number().int().min(2).default(5),
  split: splitOption.default('stratified-shuffled'),
  scoring: z.enum(['neg_log_loss', 'roc_auc', 'accuracy']).default('neg_log_loss'),
  class_weight: classWeightOption,
});

export interface L1LogisticState {
  readonly C: number;
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** What was compared, and the score of each fold at each C, [fold][C]; null for a given C. */
  readonly tuning: {
    readonly Cs: readonly number[];
    readonly scores: readonly (readonly number[])[];
  } | null;
}

/**
 * Keeps columns with a non-zero coefficient in an L1-penalised logistic regression, intercept free (scikit-learn
 * `LogisticRegression(penalty="l1", solver="saga")` and `LogisticRegressionCV`, converged). The best mean score wins,
 * the first C among equals. None is a result.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const l1Logistic = {
  name: 'l1-logistic',
  options,
  fit: (table, chosen, context): FittedStep<L1LogisticState> => {
    const { columns } = table;
    const { outcomes } = context;
    requireTrainable('l1-logistic', table, outcomes);
    const notes: string[] = [];
    let C = chosen.C;
    let tuning: L1LogisticState['tuning'] = null;
    if (C === 'cv') {
      const Cs = typeof chosen.Cs === 'number' ? decades(chosen.Cs) : chosen.Cs;
      const folds = declaredFolds(
        outcomes,
        chosen.folds,
        chosen.split,
        context.random,
        notes,
        'selection.l1-logistic.folds',
        context.groups ?? table.ids,
      );
      const scores = scoreFolds(columns, outcomes, folds, Cs, chosen.class_weight, chosen.scoring);
      const means = Cs.map((_, k) => scores.reduce((sum, fold) => sum + fold[k]!, 0) / scores.length);
      const best = means.reduce((at, value, k) => (value > means[at]! ? k : at), 0);
      C = Cs[best]!;
      tuning = { Cs, scores };
      notes.unshift(`best mean ${chosen.scoring} of ${folds.length} folds, ${best + 1} of ${Cs.length}`);
    }
    const [fit] = fitRisingC(columns, outcomes, [C], chosen.class_weight);
    const coefficients = Array.from(fit!.coefficients);
    const details = Object.fromEntries(
      table.names.map((name, column) => [name, { coefficient: coefficients[column]! }]),
    );
    const kept = coefficients.map((value) => value !== 0);
    const note = [`C ${C.toPrecision(6)}`, ...notes].join('; ');
    const state: L1LogisticState = { C, intercept: fit!.intercept, coefficients, tuning };
    return { ...fittedSelector('l1-logistic', chosen, table, kept, note, details), state };
  },
  transform: keepOutput,
} satisfies Step<typeof options>;

/** Evenly spaced powers of ten from 1e-4 to 1e4. */
function decades(count: number): number[] {
  return Array.from({ length: count }, (_, k) => pow(10, count === 1 ? -4 : -4 + (8 * k) / (count - 1)));
}
