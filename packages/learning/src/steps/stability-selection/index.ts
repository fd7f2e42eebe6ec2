import { z } from 'zod';
import type { FittedStep, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { drawSubsamples, selectionFrequencies, stabilityGrid } from './frequencies.ts';

const options = z.strictObject({
  subsamples: z.number().int().min(2).default(100),
  fraction: z.number().gt(0).lt(1).default(0.5).describe('share of the patients of each outcome'),
  threshold: z.number().gt(0).max(1).default(0.6).describe('a column is kept when selected this often'),
  family: z.enum(['logistic', 'linear']).default('logistic').describe('loss of the LASSO'),
  penalties: z.number().int().min(1).default(20),
  ratio: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.2)
    .describe('smallest penalty over the largest, at which nothing is selected'),
});

export interface StabilityState {
  readonly penalties: readonly number[];
  /** [penalty][column] share of the subsamples in which the column has a coefficient. */
  readonly frequencies: readonly (readonly number[])[];
  /** Mean number of columns that a subsample selects anywhere on the path. */
  readonly meanSelected: number;
  /**
   * Bound of Meinshausen & Bühlmann (2010) on the expected number of wrongly kept columns; null where it says nothing
   * (threshold of 0.5 and less).
   */
  readonly expectedFalse: number | null;
}

/**
 * Stability selection (Meinshausen & Bühlmann 2010): the LASSO on many halves of the patients, drawn by outcome from
 * the seed; a column is kept when the largest share of halves that select it, over the penalties, reaches the threshold.
 * Columns are standardised within each half.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const stabilitySelection = {
  name: 'stability-selection',
  options,
  fit: (table, chosen, { outcomes, random }): FittedStep<StabilityState> => {
    requireTrainable('stability-selection', table, outcomes);
    const { columns, names } = table;
    const { family, threshold } = chosen;
    const subsamples = drawSubsamples(outcomes, chosen.subsamples, chosen.fraction, random);
    const penalties = stabilityGrid(columns, outcomes, family, chosen.penalties, chosen.ratio);
    const { frequencies, meanSelected } = selectionFrequencies(
      columns,
      outcomes,
      subsamples,
      penalties,
      family,
    );
    const largest = names.map((_, j) => frequencies.reduce((best, row) => Math.max(best, row[j]!), 0));
    const details = Object.fromEntries(names.map((name, j) => [name, { frequency: largest[j]! }]));
    // shares are sums of 1 / subsamples, so that rounding must not decide at the threshold
    const kept = largest.map((value) => value >= threshold - 1e-9);
    const expectedFalse =
      threshold > 0.5 && names.length > 0
        ? (meanSelected * meanSelected) / ((2 * threshold - 1) * names.length)
        : null;
    const note = `selected in ${threshold} or more of ${chosen.subsamples} subsamples at one of ${penalties.length} penalties`;
    const state: StabilityState = {
      penalties,
      frequencies: frequencies.map((row) => Array.from(row)),
      meanSelected,
      expectedFalse,
    };
    return { ...fittedSelector('stability-selection', chosen, table, kept, note, details), state };
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
