import { z } from 'zod';
import type { ColumnDetail, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';
import { scoreColumn } from './scores.ts';

const options = z.strictObject({
  score: z
    .enum(['f', 'auc', 'mann-whitney'])
    .default('auc')
    .describe('f: analysis of variance; auc: larger of AUC and 1 - AUC; mann-whitney: smallest p'),
  keep: z.number().int().positive().default(10).describe('how many columns, all if there are fewer'),
});

/**
 * Keeps the columns that tell the outcomes apart best, each taken alone (scikit-learn `SelectKBest` with `f_classif`
 * for score f). Of equal scores the earlier column is kept; a constant column never is.
 * @throws SentinodeError `one-class`, `not-finite`
 */
export const univariate = {
  name: 'univariate',
  options,
  fit: (table, chosen, { outcomes }) => {
    requireTrainable('univariate', table, outcomes);
    const scores = table.columns.map((column) => scoreColumn(chosen.score, column, outcomes));
    const ranked = scores
      .flatMap((score, j) => (score === undefined ? [] : [{ j, score }]))
      .sort((a, b) => (a.score === b.score ? a.j - b.j : b.score - a.score));
    const details: Record<string, ColumnDetail> = {};
    ranked.forEach(({ j, score }, rank) => {
      details[table.names[j]!] =
        chosen.score === 'mann-whitney' ? { p: -score, rank: rank + 1 } : { score, rank: rank + 1 };
    });
    const kept = new Array<boolean>(table.names.length).fill(false);
    for (const { j } of ranked.slice(0, chosen.keep)) kept[j] = true;
    return fittedSelector(
      'univariate',
      chosen,
      table,
      kept,
      `the ${Math.min(chosen.keep, ranked.length)} best columns by ${chosen.score}`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;
