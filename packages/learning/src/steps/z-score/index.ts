import { type FeatureTable, selectColumns } from '@sentinode/core';
import { mean } from '@sentinode/statistics';
import { z } from 'zod';
import type { FittedStep, Step } from '../../estimator.ts';
import { requireTrainable } from '../selection.ts';

const options = z.strictObject({});

const square = (value: number): number => value * value;

/** Means and standard deviations of the training rows, in the order of the columns. */
export interface ZScoreState {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/**
 * Standardises columns: (x - mean) / sd with ddof 0; a column that is constant up to rounding is divided
 * by 1 (scikit-learn StandardScaler).
 * @throws SentinodeError `not-finite`
 */
export const zScore = {
  name: 'z-score',
  options,
  fit: (table): FittedStep<ZScoreState> => {
    requireTrainable('z-score', table);
    const means = table.columns.map((column) => mean(column));
    const sds = table.columns.map((column, index) => {
      const n = column.length;
      const centre = means[index]!;
      let squares = 0;
      let rest = 0;
      for (const value of column) {
        squares += (value - centre) * (value - centre);
        rest += value - centre;
      }
      const variance = (squares - (rest * rest) / n) / n;
      // a spread that rounding alone can make is none (scikit-learn's bound)
      const rounding = n * Number.EPSILON * variance + square(n * centre * Number.EPSILON);
      return variance > rounding ? Math.sqrt(variance) : 1;
    });
    return {
      step: 'z-score',
      options: {},
      rows: [...table.ids],
      input: [...table.names],
      output: [...table.names],
      note: 'mean 0, standard deviation 1 (ddof 0) on the training rows',
      details: {},
      state: { mean: means, sd: sds },
    };
  },
  transform: (fitted, table): FeatureTable => {
    const { mean: means, sd } = fitted.state as ZScoreState;
    const chosen = selectColumns(table, fitted.input);
    return {
      ...chosen,
      columns: chosen.columns.map((column, index) =>
        column.map((value) => (value - means[index]!) / sd[index]!),
      ),
    };
  },
} satisfies Step<typeof options>;
