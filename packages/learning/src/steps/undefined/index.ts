import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { counted, fittedSelector, keepOutput } from '../selection.ts';

const options = z.strictObject({});

/** Drops columns that are undefined or not finite for any training row, in the model's table or a reader's. */
export const undefinedColumns = {
  name: 'undefined',
  blind: true,
  options,
  fit: (table, _options, context) => {
    const readers = (context.readers ?? []).map(
      (reader) => new Map(reader.names.map((name, column) => [name, reader.columns[column]!])),
    );
    const finite = (column: Float64Array | undefined): boolean =>
      column === undefined || column.every(Number.isFinite);
    const kept = table.names.map(
      (name, column) => finite(table.columns[column]) && readers.every((reader) => finite(reader.get(name))),
    );
    const dropped = kept.filter((keep) => !keep).length;
    return fittedSelector(
      'undefined',
      {},
      table,
      kept,
      `${counted(dropped, 'column')} undefined or not finite for a training patient`,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
