import { SentinodeError } from '@sentinode/core';
import { icc as allForms, iccTwoWayRandomSingle } from '@sentinode/statistics';
import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { counted, fittedSelector, keepOutput } from '../selection.ts';

const options = z.strictObject({
  min: z.number().min(0).max(1).default(0.8).describe('smallest ICC that is kept'),
  form: z.enum(['ICC(1,1)', 'ICC(2,1)', 'ICC(3,1)', 'ICC(1,k)', 'ICC(2,k)', 'ICC(3,k)']).default('ICC(2,1)'),
  bound: z
    .enum(['estimate', 'lower'])
    .default('estimate')
    .describe('what is compared with min: the ICC, or the lower limit of its 95 % confidence interval'),
});

/**
 * Keeps columns whose ICC between two readers, ICC(2,1) unless said otherwise, reaches `min` (inclusive). Undefined (all values of both readers
 * equal) is dropped and counted. Without readers nothing is dropped, and the note says so.
 */
export const icc = {
  name: 'icc',
  blind: true,
  options,
  fit: (table, chosen, context) => {
    const { min, form, bound } = chosen;
    if (context.readers === null) {
      return fittedSelector(
        'icc',
        chosen,
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
      return agreement(a, b, chosen);
    });
    const kept = values.map((value) => value.compared !== undefined && value.compared >= min);
    const none = values.filter((value) => value.icc === undefined).length;
    const details = Object.fromEntries(
      table.names.map((name, column) => {
        const { icc: value, compared } = values[column]!;
        return [name, { icc: value ?? null, ...(bound === 'lower' ? { lower: compared ?? null } : {}) }];
      }),
    );
    return fittedSelector(
      'icc',
      chosen,
      table,
      kept,
      `${bound === 'lower' ? 'lower 95 % limit of ' : ''}${form} >= ${min}; ${counted(none, 'column')} undefined`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;

/** The ICC, and what is compared with the limit: it or its lower limit. */
function agreement(
  first: Float64Array,
  second: Float64Array,
  { form, bound }: z.output<typeof options>,
): { icc: number | undefined; compared: number | undefined } {
  const single = iccTwoWayRandomSingle(first, second);
  if (form === 'ICC(2,1)' && bound === 'estimate') return { icc: single, compared: single };
  const result = allForms([first, second]).find((one) => one.form === form);
  const value = result?.value;
  if (value === undefined || !Number.isFinite(value)) return { icc: undefined, compared: undefined };
  // readers that agree to the last digit leave no variance for an interval
  const lower = value === 1 ? 1 : result?.ci?.[0];
  return { icc: value, compared: bound === 'estimate' ? value : lower };
}
