import {
  type FeatureTable,
  type Matrix,
  matrixOfColumns,
  SentinodeError,
  selectColumns,
} from '@sentinode/core';
import { z } from 'zod';
import type { FittedClassifier } from '../estimator.ts';

/**
 * Refuses rows that no classifier can learn from, and counts the events.
 * @throws SentinodeError `length-mismatch`, `one-class`, `not-finite`
 */
export function countTrainingEvents(table: FeatureTable, outcomes: readonly (0 | 1)[]): number {
  const n = table.ids.length;
  if (outcomes.length !== n)
    throw new SentinodeError(
      'length-mismatch',
      `There are ${n} training patients and ${outcomes.length} outcomes; give one outcome for each.`,
    );
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  if (events === 0 || events === n)
    throw new SentinodeError(
      'one-class',
      `${events} of ${n} training patients have the event; both outcomes are needed.`,
    );
  requireFinite(table);
  return events;
}

/** Predictors of any rows, taken by name. @throws SentinodeError `not-finite` */
export function predictorColumns(fitted: FittedClassifier, table: FeatureTable): readonly Float64Array[] {
  const chosen = selectColumns(table, fitted.input);
  requireFinite(chosen);
  return chosen.columns;
}

/** The same row-major. @throws SentinodeError `not-finite` */
export function predictorRows(fitted: FittedClassifier, table: FeatureTable): Matrix {
  return matrixOfColumns(predictorColumns(fitted, table), table.ids.length);
}

/** Some rows of a row-major matrix, in the order given. */
export function takeRows({ columns, data }: Matrix, rows: readonly number[]): Matrix {
  const taken = new Float64Array(rows.length * columns);
  rows.forEach((row, index) => {
    taken.set(data.subarray(row * columns, (row + 1) * columns), index * columns);
  });
  return { rows: rows.length, columns, data: taken };
}

function requireFinite(table: FeatureTable): void {
  table.columns.forEach((column, j) => {
    let row = 0;
    while (row < column.length && Number.isFinite(column[row]!)) row++;
    if (row < column.length)
      throw new SentinodeError(
        'not-finite',
        `The predictor "${table.names[j]}" is not a finite number in row ${row + 1}; leave the column or the row out, or impute the value.`,
        { field: table.names[j]! },
      );
  });
}

/** scikit-learn's `class_weight`. */
export const classWeightOption = z
  .union([
    z.null(),
    z.literal('balanced'),
    z.strictObject({ '0': z.number().positive(), '1': z.number().positive() }),
  ])
  .default(null)
  .describe('weight of each outcome: null, balanced (n / 2 / count), or a number for 0 and 1');

/** Weights of the outcomes 0 and 1. */
export function classWeights(
  option: z.output<typeof classWeightOption>,
  n: number,
  events: number,
): readonly [number, number] {
  if (option === null) return [1, 1];
  if (option === 'balanced') return [n / (2 * (n - events)), n / (2 * events)];
  return [option['0'], option['1']];
}
