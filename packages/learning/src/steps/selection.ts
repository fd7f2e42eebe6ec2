import { type FeatureTable, selectColumns } from '@sentinode/core';
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
