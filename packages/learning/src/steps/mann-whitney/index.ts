import { mannWhitney } from '@sentinode/statistics';
import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { fittedSelector, keepOutput } from '../selection.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).max(1).default(0.05).describe('kept when p is below this'),
});

/** Keeps columns that differ between the outcomes: two-sided Mann-Whitney p < alpha (SciPy `auto`, continuity corrected). */
export const mannWhitneyFilter = {
  name: 'mann-whitney',
  options,
  fit: (table, { alpha }, context) => {
    const tests = table.columns.map((column) =>
      mannWhitney(
        column.filter((_, row) => context.outcomes[row] === 1),
        column.filter((_, row) => context.outcomes[row] === 0),
      ),
    );
    const details = Object.fromEntries(
      table.names.map((name, column) => [name, { u: tests[column]!.u, p: tests[column]!.p }]),
    );
    const kept = tests.map((test) => test.p < alpha);
    return fittedSelector('mann-whitney', { alpha }, table, kept, `two-sided p < ${alpha}`, details);
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
