import { z } from 'zod';
import { columnKey, cutOffKey, type DerivationRule, percentRange, sharedKeys } from '../../rule.ts';

const options = z.strictObject({
  percent: columnKey('column with the stained tumour cells in per cent'),
  'cut-off': cutOffKey,
  ...sharedKeys,
});

/** Oestrogen or progesterone receptor from per cent of stained cells: positive from the cut-off on (1 or 10 are usual). */
export const receptor = {
  name: 'receptor',
  options,
  words: () => ({ negative: 'negative', positive: 'positive' }),
  inputs: (chosen) => [chosen.percent],
  sentence: (chosen) => `positive where ${chosen.percent} >= ${chosen['cut-off']} %, else negative`,
  derive: (cells, chosen) => {
    const percent = cells.number(chosen.percent, percentRange);
    return { word: percent === null ? null : percent >= chosen['cut-off'] ? 'positive' : 'negative' };
  },
} satisfies DerivationRule<typeof options>;
