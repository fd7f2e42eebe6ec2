import { z } from 'zod';
import { columnKey, type DerivationRule, sharedKeys } from '../../rule.ts';

const options = z.strictObject({
  examined: columnKey('column with the number of nodes examined after therapy'),
  positive: columnKey('column with the number of nodes with tumour among them'),
  'minimum-examined': z
    .number()
    .int()
    .min(1)
    .default(1)
    .describe('nodes that must have been examined before "no positive node" counts as response'),
  'isolated-tumour-cells': z
    .strictObject({
      column: columnKey('column that says whether isolated tumour cells were left: yes or no'),
      as: z.enum(['residual', 'response']).describe('what ypN0 (i+) counts as'),
    })
    .optional(),
  ...sharedKeys,
});

const cellWords = {
  no: ['no', '0', 'absent', 'false', 'negative'],
  yes: ['yes', '1', 'present', 'true', 'positive'],
} as const;

/**
 * Axillary pathological complete response from node counts (ypN0): no positive node of those examined. Isolated tumour
 * cells count as declared; where they are not declared, as the count of positive nodes has them. Without counts that
 * decide the value is missing.
 */
export const apcr = {
  name: 'apcr',
  options,
  words: () => ({ residual: '0', response: '1' }),
  inputs: (chosen) => [
    chosen.examined,
    chosen.positive,
    ...(chosen['isolated-tumour-cells'] === undefined ? [] : [chosen['isolated-tumour-cells'].column]),
  ],
  sentence: (chosen) => {
    const cells = chosen['isolated-tumour-cells'];
    return `response where ${chosen.positive} is 0 of at least ${chosen['minimum-examined']} in ${chosen.examined}${cells === undefined ? '; isolated tumour cells: no rule, the counts stand' : `; isolated tumour cells (${cells.column}) count as ${cells.as}`}`;
  },
  derive: (cells, chosen) => {
    const whole = { from: 0, to: 200, isWhole: true } as const;
    const examined = cells.number(chosen.examined, whole);
    const positive = cells.number(chosen.positive, whole);
    if (examined !== null && positive !== null && positive > examined)
      cells.refuse(
        'table-number',
        chosen.positive,
        `${positive} positive nodes of ${examined} examined cannot be.`,
      );
    const rule = chosen['isolated-tumour-cells'];
    const isolated = rule === undefined ? 'no' : cells.word(rule.column, cellWords);
    if (positive !== null && positive > 0) return { word: 'residual' };
    if (positive === null || examined === null || examined < chosen['minimum-examined'])
      return { word: null };
    // unknown cells decide nothing where they would count as response anyway
    if (rule?.as !== 'residual') return { word: 'response' };
    return { word: isolated === null ? null : isolated === 'yes' ? 'residual' : 'response' };
  },
} satisfies DerivationRule<typeof options>;
