import { SentinodeError } from '@sentinode/core';
import { standardisedRanks } from '@sentinode/statistics';
import { z } from 'zod';
import type { ColumnDetail, Step } from '../../estimator.ts';
import { gramOf } from '../../linear-algebra/gram.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { findCorrelationExact, findCorrelationFast, MOST_COLUMNS_EXACT } from './find-correlation.ts';
import { firstRedundant } from './greedy.ts';

const options = z.strictObject({
  threshold: z.number().min(0).max(1).default(0.8).describe('a column goes when |rho| is above this'),
  rule: z
    .enum(['keep-earlier', 'caret'])
    .default('keep-earlier')
    .describe('keep-earlier: greedy in column order; caret: findCorrelation, the larger mean |rho| goes'),
  exact: z
    .union([z.literal('auto'), z.boolean()])
    .default('auto')
    .describe('of caret: means of what is left after each removal; auto: with fewer than 100 columns'),
});

/**
 * Redundancy by Spearman correlation. `keep-earlier`: a column goes if |rho| > threshold with any column that was kept
 * before it. `caret`: R caret's `findCorrelation`. A constant column has no rank and goes.
 * @throws SentinodeError `not-finite`, `too-large` (the exact rule with too many columns)
 */
export const spearmanFilter = {
  name: 'spearman',
  blind: true,
  options,
  fit: (table, chosen) => {
    requireTrainable('spearman', table);
    const { threshold, rule } = chosen;
    const ranks = table.columns.map((column) => standardisedRanks(column));
    const details: Record<string, ColumnDetail> = {};
    if (rule === 'caret') {
      const isGone = caretRule(ranks, chosen);
      ranks.forEach((column, j) => {
        if (isGone[j])
          details[table.names[j]!] = { excluded: column === undefined ? 'constant' : 'redundant' };
      });
      return fittedSelector(
        'spearman',
        chosen,
        table,
        isGone.map((gone) => !gone),
        `|rho| > ${threshold}, the column with the larger mean |rho| goes (caret findCorrelation)`,
        details,
      );
    }
    const excludedBy = firstRedundant(ranks, threshold);
    excludedBy.forEach((by, j) => {
      if (by !== undefined) details[table.names[j]!] = { excludedBy: by < 0 ? null : table.names[by]! };
    });
    const kept = excludedBy.map((by) => by === undefined);
    return fittedSelector(
      'spearman',
      chosen,
      table,
      kept,
      `|rho| > ${threshold} with an earlier kept column`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;

/** |rho|; what differs from 1 by rounding alone is 1. */
const sizeOf = (rho: number): number => (Math.abs(rho) > 1 - 1e-14 ? 1 : Math.abs(rho));

/** Whether each column goes by caret's rule; constant columns go first and take no part. */
function caretRule(
  ranks: readonly (Float64Array | undefined)[],
  { threshold, exact }: z.output<typeof options>,
): boolean[] {
  const isGone = ranks.map((column) => column === undefined);
  const positions = ranks.flatMap((column, j) => (column === undefined ? [] : [j]));
  const varying = positions.map((j) => ranks[j]!);
  const m = varying.length;
  if (m < 2) return isGone;
  const isExact = exact === 'auto' ? m < 100 : exact;
  if (isExact && m > MOST_COLUMNS_EXACT)
    throw new SentinodeError(
      'too-large',
      `The exact rule of findCorrelation compares at most ${MOST_COLUMNS_EXACT} columns, and there are ${m}; set exact: false or filter before.`,
      { field: 'selection.spearman.exact' },
    );
  if (isExact) {
    const absolute = gramOf(varying).map(sizeOf);
    for (const k of findCorrelationExact(absolute, m, threshold)) isGone[positions[k]!] = true;
  } else {
    findCorrelationFast(varying, threshold).forEach((gone, k) => {
      if (gone) isGone[positions[k]!] = true;
    });
  }
  return isGone;
}
