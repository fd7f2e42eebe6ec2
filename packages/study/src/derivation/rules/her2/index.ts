import { z } from 'zod';
import { columnKey, type DerivationRule, type PatientCells, sharedKeys, statusWords } from '../../rule.ts';

const options = z
  .strictObject({
    ihc: columnKey('column with the immunohistochemistry score: 0, 1+, 2+, 3+ (the plus may be left out)'),
    ish: columnKey('column with the in situ hybridisation: negative or positive (amplified)').optional(),
    ratio: columnKey('column with the HER2/CEP17 ratio, in place of ish').optional(),
    copies: columnKey('column with the mean HER2 copies per cell, beside ratio').optional(),
    ...sharedKeys,
  })
  .refine((chosen) => (chosen.ratio === undefined) === (chosen.copies === undefined), {
    message: 'give ratio and copies together',
    path: ['copies'],
  })
  .refine((chosen) => chosen.ish === undefined || chosen.ratio === undefined, {
    message: 'give either ish, or ratio and copies',
    path: ['ish'],
  });
type Options = z.output<typeof options>;

const scores = {
  zero: ['0'],
  one: ['1', '1+'],
  two: ['2', '2+'],
  three: ['3', '3+'],
} as const;

/**
 * Whether in situ hybridisation finds amplification; null where it was not done. By numbers as in the guideline of
 * ASCO/CAP 2018 for a score of 2+: ratio >= 2 with at least 4 copies, or ratio < 2 with at least 6.
 */
function amplified(cells: PatientCells, chosen: Options): boolean | null {
  if (chosen.ish !== undefined) {
    const status = cells.word(chosen.ish, statusWords);
    return status === null ? null : status === 'positive';
  }
  if (chosen.ratio === undefined || chosen.copies === undefined) return null;
  const ratio = cells.number(chosen.ratio, { from: 0, to: 1000 });
  const copies = cells.number(chosen.copies, { from: 0, to: 1000 });
  if (ratio === null || copies === null) return null;
  return copies >= (ratio >= 2 ? 4 : 6);
}

/** HER2 from immunohistochemistry and, at 2+, in situ hybridisation. 2+ without hybridisation is missing. */
export const her2 = {
  name: 'her2',
  options,
  words: () => ({ negative: 'negative', positive: 'positive' }),
  inputs: (chosen) =>
    [chosen.ihc, chosen.ish, chosen.ratio, chosen.copies].filter((name) => name !== undefined),
  sentence: (chosen) => {
    const second =
      chosen.ish !== undefined
        ? `by ${chosen.ish}`
        : chosen.ratio !== undefined
          ? `positive where ${chosen.ratio} >= 2 and ${chosen.copies} >= 4, or ${chosen.ratio} < 2 and ${chosen.copies} >= 6`
          : 'missing, as no hybridisation is declared';
    return `by ${chosen.ihc}: 0 and 1+ negative, 3+ positive, 2+ ${second}`;
  },
  derive: (cells, chosen) => {
    const score = cells.word(chosen.ihc, scores);
    const hybridisation = amplified(cells, chosen);
    if (score === null) return { word: null };
    if (score === 'two')
      return { word: hybridisation === null ? null : hybridisation ? 'positive' : 'negative' };
    const word = score === 'three' ? 'positive' : 'negative';
    if (hybridisation === null || hybridisation === (score === 'three')) return { word };
    return {
      word,
      contradiction: `immunohistochemistry ${score === 'three' ? '3+' : score === 'one' ? '1+' : '0'}, hybridisation ${hybridisation ? 'amplified' : 'not amplified'}`,
    };
  },
} satisfies DerivationRule<typeof options>;
