import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { counted, fittedSelector, keepOutput, requireTrainable } from '../selection.ts';

const options = z.strictObject({});

/** Drops columns with a single value on the training rows. */
export const constant = {
  name: 'constant',
  blind: true,
  options,
  fit: (table) => {
    requireTrainable('constant', table);
    const kept = table.columns.map((column) => column.some((value) => value !== column[0]));
    const dropped = kept.filter((keep) => !keep).length;
    return fittedSelector(
      'constant',
      {},
      table,
      kept,
      `${counted(dropped, 'column')} constant on the training rows`,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
