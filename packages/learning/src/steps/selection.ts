import { type FeatureTable, SentinodeError, selectColumns } from '@sentinode/core';
import type { ColumnDetail, FittedStep } from '../estimator.ts';

/** A fitted selector: its transform keeps the output columns and changes no value. */
export function fittedSelector(
  step: string,
  options: Readonly<Record<string, unknown>>,
  table: FeatureTable,
  kept: readonly boolean[],
  note: string,
  details: Readonly<Record<string, ColumnDetail>> = {},
): FittedStep<null> {
  const output = table.names.filter((_, column) => kept[column]);
  return { step, options, rows: [...table.ids], input: [...table.names], output, note, details, state: null };
}

/** The transform of every selector. */
export function keepOutput(fitted: FittedStep, table: FeatureTable): FeatureTable {
  return selectColumns(table, fitted.output);
}

/** `1 column`, `2 columns`. */
export function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/**
 * Refuses rows that a step cannot learn from: one outcome only (where it reads the outcome), or values that are not
 * finite numbers.
 * @throws SentinodeError `one-class`, `not-finite`
 */
export function requireTrainable(step: string, table: FeatureTable, outcomes?: readonly (0 | 1)[]): void {
  if (outcomes !== undefined) {
    const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
    if (events === 0 || events === outcomes.length)
      throw new SentinodeError(
        'one-class',
        `The step "${step}" compares the outcomes, and ${events} of ${outcomes.length} training patients have the event; both are needed.`,
        { field: `selection.${step}` },
      );
  }
  table.columns.forEach((column, j) => {
    let row = 0;
    while (row < column.length && Number.isFinite(column[row]!)) row++;
    if (row < column.length)
      throw new SentinodeError(
        'not-finite',
        `The step "${step}" got a value of "${table.names[j]}" that is not a finite number, in training row ${row + 1}; put the step "undefined" before it, or leave the column or the row out.`,
        { field: table.names[j]! },
      );
  });
}
