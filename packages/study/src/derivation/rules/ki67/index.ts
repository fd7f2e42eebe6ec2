import { z } from 'zod';
import { columnKey, cutOffKey, type DerivationRule, percentRange, sharedKeys } from '../../rule.ts';

const options = z.strictObject({
  percent: columnKey('column with Ki-67 in per cent'),
  'cut-off': cutOffKey,
  ...sharedKeys,
});

/** Ki-67 group from per cent: high from the cut-off on (14, 20 and 30 are in use; there is no default). */
export const ki67 = {
  name: 'ki67',
  options,
  words: () => ({ low: 'low', high: 'high' }),
  inputs: (chosen) => [chosen.percent],
  sentence: (chosen) => `high where ${chosen.percent} >= ${chosen['cut-off']} %, else low`,
  derive: (cells, chosen) => {
    const percent = cells.number(chosen.percent, percentRange);
    return { word: percent === null ? null : percent >= chosen['cut-off'] ? 'high' : 'low' };
  },
} satisfies DerivationRule<typeof options>;
