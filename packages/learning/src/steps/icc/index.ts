import { SentinodeError } from '@sentinode/core';
import { iccTwoWayRandomSingle } from '@sentinode/statistics';
import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { counted, fittedSelector, keepOutput } from '../selection.ts';

const options = z.strictObject({
  min: z.number().min(0).max(1).default(0.8).describe('smallest ICC that is kept'),
});

/**
 * Keeps columns whose ICC(2,1) between two readers reaches `min` (inclusive). Undefined (all values of both readers
 * equal) is dropped and counted. Without readers nothing is dropped, and the note says so.
 */
export const icc = {
  name: 'icc',
  options,
  fit: (table, { min }, context) => {
    if (context.readers === null) {
      return fittedSelector(
        'icc',
        { min },
        table,
        table.names.map(() => true),
        'not applied: the study has no tables of two readers',
      );
    }
    const [first, second] = context.readers.map(
      (reader) => new Map(reader.names.map((name, column) => [name, reader.columns[column]!])),
    );
    const values = table.names.map((name) => {
      const a = first!.get(name);
      const b = second!.get(name);
      if (a === undefined || b === undefined) {
        throw new SentinodeError('column-unknown', `A reader's table lacks the column "${name}".`, {
          field: name,
        });
      }
      return iccTwoWayRandomSingle(a, b);
    });
    const kept = values.map((value) => value !== undefined && value >= min);
    const none = values.filter((value) => value === undefined).length;
    const details = Object.fromEntries(
      table.names.map((name, column) => [name, { icc: values[column] ?? null }]),
    );
    return fittedSelector(
      'icc',
      { min },
      table,
      kept,
      `ICC(2,1) >= ${min}; ${counted(none, 'column')} undefined`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
