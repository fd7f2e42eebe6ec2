import { standardisedRanks } from '@sentinode/statistics';
import { z } from 'zod';
import type { Step } from '../../estimator.ts';
import { fittedSelector, keepOutput } from '../selection.ts';
import { firstRedundant } from './greedy.ts';

const options = z.strictObject({
  threshold: z.number().min(0).max(1).default(0.8).describe('a column goes when |rho| is above this'),
  rule: z.literal('keep-earlier').default('keep-earlier'),
});

/**
 * Redundancy by Spearman correlation, greedy in column order: a column goes if |rho| > threshold with any column
 * that was kept before it. A constant column has no rank and goes.
 */
export const spearmanFilter = {
  name: 'spearman',
  options,
  fit: (table, { threshold, rule }) => {
    const ranks = table.columns.map((column) => standardisedRanks(column));
    const excludedBy = firstRedundant(ranks, threshold);
    const kept = excludedBy.map((by) => by === undefined);
    const details = Object.fromEntries(
      table.names.flatMap((name, column) => {
        const by = excludedBy[column];
        return by === undefined ? [] : [[name, { excludedBy: by < 0 ? null : table.names[by]! }]];
      }),
    );
    return fittedSelector(
      'spearman',
      { threshold, rule },
      table,
      kept,
      `|rho| > ${threshold} with an earlier kept column`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
