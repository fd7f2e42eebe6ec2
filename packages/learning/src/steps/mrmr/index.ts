import { z } from 'zod';
import type { ColumnDetail, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { informationMeasure, linearMeasure, rankMrmr } from './rank.ts';

const options = z.strictObject({
  keep: z.number().int().positive().default(10).describe('how many columns'),
  measure: z
    .enum(['linear', 'mutual-information'])
    .default('linear')
    .describe('linear: F and |Pearson r|; mutual-information: of columns cut at mean -/+ 1 sd'),
  scheme: z
    .enum(['quotient', 'difference'])
    .default('quotient')
    .describe('relevance over, or minus, the mean redundancy'),
});

/**
 * Minimum redundancy, maximum relevance (Ding & Peng 2005): linear with quotient is FCQ (Python `mrmr_selection`),
 * mutual-information with quotient or difference is MIQ or MID.
 * @throws SentinodeError `one-class`, `not-finite`
 */
export const mrmr = {
  name: 'mrmr',
  options,
  fit: (table, chosen, { outcomes }) => {
    requireTrainable('mrmr', table, outcomes);
    const measureOf = { linear: linearMeasure, 'mutual-information': informationMeasure }[chosen.measure];
    const taken = rankMrmr(measureOf(table.columns, outcomes), chosen.keep, chosen.scheme);
    const kept = new Array<boolean>(table.names.length).fill(false);
    const details: Record<string, ColumnDetail> = {};
    taken.forEach(({ column, score }, rank) => {
      kept[column] = true;
      details[table.names[column]!] = { rank: rank + 1, score };
    });
    return fittedSelector(
      'mrmr',
      chosen,
      table,
      kept,
      `${taken.length} columns by ${chosen.measure} relevance and redundancy, ${chosen.scheme}`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
