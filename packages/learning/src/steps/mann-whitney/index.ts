import { benjaminiHochberg, holm, mannWhitney } from '@sentinode/statistics';
import { z } from 'zod';
import type { ColumnDetail, Step } from '../../estimator.ts';
import { fittedSelector, keepOutput, requireTrainable } from '../selection.ts';

const options = z.strictObject({
  alpha: z.number().gt(0).max(1).default(0.05).describe('kept when p is below this'),
  method: z
    .enum(['auto', 'exact', 'asymptotic'])
    .default('auto')
    .describe(
      'exact needs columns without ties; with ties the normal approximation is used, and details say so',
    ),
  continuity: z.boolean().default(true).describe('continuity correction of the normal approximation'),
  'exact-below': z
    .union([z.null(), z.number().int().min(1)])
    .default(null)
    .describe(
      'auto: exact when both groups have fewer patients than this and there are no ties (R: 50); null: when one group has at most 8 (SciPy)',
    ),
  adjust: z
    .enum(['none', 'holm', 'benjamini-hochberg'])
    .default('none')
    .describe('p values adjusted over the columns before they are compared with alpha'),
});

/**
 * Keeps columns that differ between the outcomes: two-sided Mann-Whitney p < alpha (SciPy `mannwhitneyu`; R
 * `wilcox.test` with `exact-below: 50`).
 * @throws SentinodeError `one-class`, `not-finite`
 */
export const mannWhitneyFilter = {
  name: 'mann-whitney',
  options,
  fit: (table, chosen, { outcomes }) => {
    requireTrainable('mann-whitney', table, outcomes);
    const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
    const larger = Math.max(events, outcomes.length - events);
    const exactUpTo = exactLimit(chosen, larger);
    const tests = table.columns.map((column) => {
      const groups = [new Float64Array(outcomes.length - events), new Float64Array(events)] as const;
      const filled = [0, 0];
      outcomes.forEach((outcome, row) => {
        groups[outcome][filled[outcome]!++] = column[row]!;
      });
      return mannWhitney(groups[1], groups[0], { continuity: chosen.continuity, exactUpTo });
    });
    const raw = tests.map((test) => test.p);
    const adjusted = adjustment[chosen.adjust](raw);
    const details: Record<string, ColumnDetail> = {};
    table.names.forEach((name, column) => {
      const { u, p, method } = tests[column]!;
      details[name] =
        chosen.adjust === 'none' ? { u, p, method } : { u, p, adjusted: adjusted[column]!, method };
    });
    const kept = adjusted.map((p) => p < chosen.alpha);
    const how = chosen.adjust === 'none' ? '' : `, ${chosen.adjust} over ${table.names.length} columns`;
    return fittedSelector(
      'mann-whitney',
      chosen,
      table,
      kept,
      `two-sided p < ${chosen.alpha}${how}`,
      details,
    );
  },
  transform: keepOutput,
} satisfies Step<typeof options>;

const adjustment: Record<z.output<typeof options>['adjust'], (p: readonly number[]) => number[]> = {
  none: (p) => [...p],
  holm: (p) => holm(p),
  'benjamini-hochberg': (p) => benjaminiHochberg(p),
};

/** Largest size of the smaller group for which p is exact where there are no ties. */
function exactLimit(chosen: z.output<typeof options>, larger: number): number {
  if (chosen.method === 'exact') return Number.POSITIVE_INFINITY;
  if (chosen.method === 'asymptotic') return 0;
  const below = chosen['exact-below'];
  if (below === null) return 8;
  return larger < below ? Number.POSITIVE_INFINITY : 0;
}
