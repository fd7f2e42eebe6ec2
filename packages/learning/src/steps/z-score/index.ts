import { type FeatureTable, selectColumns } from '@sentinode/core';
import { mean } from '@sentinode/statistics';
import { z } from 'zod';
import type { FittedStep, Step } from '../../estimator.ts';

const options = z.strictObject({});

/** Means and standard deviations of the training rows, in the order of the columns. */
export interface ZScoreState {
  readonly mean: readonly number[];
  readonly sd: readonly number[];
}

/** Standardises columns: (x - mean) / sd with ddof 0; a constant column is divided by 1 (scikit-learn StandardScaler). */
export const zScore = {
  name: 'z-score',
  options,
  fit: (table): FittedStep<ZScoreState> => {
    const means = table.columns.map((column) => mean(column));
    const sds = table.columns.map((column, index) => {
      let squares = 0;
      for (const value of column) squares += (value - means[index]!) * (value - means[index]!);
      const sd = Math.sqrt(squares / column.length);
      return sd > 0 ? sd : 1;
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
