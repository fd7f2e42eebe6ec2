import { SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import type { FittedStep, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { type LassoCvFit, lassoAt, lassoCv } from './lasso-cv.ts';

const options = z.strictObject({
  folds: z.number().int().min(2).default(10),
  alphas: z.number().int().min(2).default(100),
  eps: z.number().gt(0).lt(1).default(1e-3).describe('smallest penalty over the largest'),
  alpha: z
    .union([z.null(), z.number().positive()])
    .default(null)
    .describe('the penalty, without cross-validation; null chooses it by cross-validation'),
});

/** Fitted LASSO: what the figures of path and cross-validation need. */
export interface LassoState {
  readonly fit: LassoCvFit;
}

/**
 * Keeps columns with a non-zero coefficient at the penalty of the lowest cross-validated error. None is a result.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const lasso = {
  name: 'lasso',
  options,
  fit: (table, chosen, context): FittedStep<LassoState> => {
    requireTrainable('lasso', table, context.outcomes);
    if (chosen.alpha === null && table.ids.length < chosen.folds) {
      throw new SentinodeError(
        'too-few-rows',
        `LASSO with ${chosen.folds} folds needs at least as many training patients; there are ${table.ids.length}.`,
        { field: 'selection.lasso.folds' },
      );
    }
    const fit =
      chosen.alpha === null
        ? lassoCv(table.columns, context.outcomes, chosen)
        : lassoAt(table.columns, context.outcomes, chosen.alpha);
    const details = Object.fromEntries(
      table.names.map((name, column) => [name, { coefficient: fit.coefficients[column]! }]),
    );
    const kept = fit.coefficients.map((value) => value !== 0);
    const warning =
      fit.oneClassFolds > 0
        ? `; ${fit.oneClassFolds} folds train on one outcome only, because the rows are sorted by outcome`
        : '';
    const note =
      chosen.alpha !== null
        ? `alpha ${chosen.alpha.toPrecision(6)}, given`
        : `alpha ${fit.alpha.toPrecision(6)} (${fit.index + 1} of ${fit.alphas.length}), lowest mean squared error of ${chosen.folds} unshuffled folds${warning}`;
    return { ...fittedSelector('lasso', chosen, table, kept, note, details), state: { fit } };
  },
  penaltyPath: (fitted) => {
    const { fit } = fitted.state as LassoState;
    return fit.meanError.length === 0 ? undefined : { measure: 'Mean squared error', ...fit };
  },
  atPenalty: (fitted) => {
    const { alpha } = (fitted.state as LassoState).fit;
    return { ...fitted.options, alpha: alpha > 0 ? alpha : null };
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
