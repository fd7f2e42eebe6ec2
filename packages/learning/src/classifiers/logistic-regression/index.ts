import { SentinodeError, selectColumns } from '@sentinode/core';
import { logistic } from '@sentinode/statistics';
import { z } from 'zod';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { fitPenalised } from './newton.ts';

const options = z.strictObject({
  C: z.number().positive().default(1).describe('inverse strength of the L2 penalty'),
});

/** Coefficients on the predictors as they enter. */
export interface LogisticState {
  readonly intercept: number;
  readonly coefficients: readonly number[];
}

/** L2-penalised logistic regression at its converged optimum; the intercept is free (scikit-learn `LogisticRegression`). */
export const logisticRegression = {
  name: 'logistic-regression',
  options,
  grid: { C: [0.01, 0.1, 1, 10] },
  fit: (table, outcomes, { C }): FittedClassifier => {
    const events = outcomes.filter((outcome) => outcome === 1).length;
    if (events === 0 || events === outcomes.length) {
      throw new SentinodeError(
        'one-class',
        `${events} of ${outcomes.length} training patients have the event; both outcomes are needed.`,
      );
    }
    const state: LogisticState = fitPenalised(table.columns, outcomes, C);
    return {
      classifier: 'logistic-regression',
      options: { C },
      rows: [...table.ids],
      input: [...table.names],
      state,
    };
  },
  predictProba: (fitted, table): Float64Array => {
    const { intercept, coefficients } = fitted.state as LogisticState;
    const { columns } = selectColumns(table, fitted.input);
    return Float64Array.from(table.ids, (_, row) => {
      let sum = intercept;
      for (let j = 0; j < coefficients.length; j++) sum += coefficients[j]! * columns[j]![row]!;
      return logistic(sum);
    });
  },
  linear: (fitted) => fitted.state as LogisticState,
} satisfies Classifier<typeof options>;
