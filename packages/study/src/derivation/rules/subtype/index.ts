import { z } from 'zod';
import {
  columnKey,
  type DerivationRule,
  type PatientCells,
  percentRange,
  sharedKeys,
  statusWords,
} from '../../rule.ts';

const options = z
  .strictObject({
    scheme: z
      .enum(['receptors', 'st-gallen-2013'])
      .describe('four groups by hormone receptors and HER2, or five surrogate subtypes with Ki-67'),
    er: columnKey('column with the oestrogen receptor: negative or positive'),
    pr: columnKey('column with the progesterone receptor: negative or positive'),
    her2: columnKey('column with HER2: negative or positive'),
    ki67: columnKey('column with the Ki-67 group: low or high (st-gallen-2013)').optional(),
    'pr-percent': columnKey(
      'column with the progesterone receptor in per cent, for its own cut-off (st-gallen-2013)',
    ).optional(),
    'pr-cut-off': z
      .number()
      .gt(0)
      .max(100)
      .default(20)
      .describe('per cent of pr-percent that luminal A needs at least'),
    ...sharedKeys,
  })
  .refine((chosen) => (chosen.scheme === 'st-gallen-2013') === (chosen.ki67 !== undefined), {
    message: 'st-gallen-2013 needs the Ki-67 group, and receptors does not read it',
    path: ['ki67'],
  });
type Options = z.output<typeof options>;

const own = (words: readonly string[]): Record<string, string> =>
  Object.fromEntries(words.map((word) => [word, word]));
const receptorWords = own(['HR+/HER2-', 'HR+/HER2+', 'HR-/HER2+', 'TNBC']);
const stGallenWords = own([
  'luminal A',
  'luminal B HER2-negative',
  'luminal B HER2-positive',
  'HER2-positive',
  'triple-negative',
]);

/** Or of three values: a true decides, an unknown one leaves it open. */
const either = (a: boolean | null, b: boolean | null): boolean | null =>
  a === true || b === true ? true : a === null || b === null ? null : false;

const isPositive = (cells: PatientCells, column: string): boolean | null => {
  const status = cells.word(column, statusWords);
  return status === null ? null : status === 'positive';
};

/** Luminal A needs a positive oestrogen receptor, a high progesterone receptor and a low Ki-67. */
function isLuminalA(cells: PatientCells, chosen: Options): boolean | null {
  const er = isPositive(cells, chosen.er);
  const percent = chosen['pr-percent'];
  const high =
    percent === undefined ? isPositive(cells, chosen.pr) : atLeast(cells, percent, chosen['pr-cut-off']);
  const group = cells.word(chosen.ki67!, { low: ['low', '0'], high: ['high', '1'] });
  const needs = [er, high, group === null ? null : group === 'low'];
  return needs.includes(false) ? false : needs.includes(null) ? null : true;
}

function atLeast(cells: PatientCells, column: string, limit: number): boolean | null {
  const value = cells.number(column, percentRange);
  return value === null ? null : value >= limit;
}

/** Subtype from receptors; a tumour with either hormone receptor is hormone receptor positive (luminal). */
export const subtype = {
  name: 'subtype',
  options,
  words: ({ scheme }) => (scheme === 'receptors' ? receptorWords : stGallenWords),
  inputs: (chosen) =>
    [chosen.er, chosen.pr, chosen.her2, chosen.ki67, chosen['pr-percent']].filter(
      (name) => name !== undefined,
    ),
  sentence: (chosen) =>
    chosen.scheme === 'receptors'
      ? `hormone receptor positive where ${chosen.er} or ${chosen.pr} is positive, with ${chosen.her2}`
      : `surrogate subtypes of St Gallen 2013; luminal A: ${chosen.er} positive, ${chosen['pr-percent'] === undefined ? `${chosen.pr} positive` : `${chosen['pr-percent']} >= ${chosen['pr-cut-off']} %`}, ${chosen.her2} negative and ${chosen.ki67} low; other tumours with ${chosen.er} or ${chosen.pr} positive: luminal B`,
  derive: (cells, chosen) => {
    const hormone = either(isPositive(cells, chosen.er), isPositive(cells, chosen.pr));
    const status = isPositive(cells, chosen.her2);
    if (hormone === null || status === null) return { word: null };
    if (chosen.scheme === 'receptors')
      return {
        word: hormone ? (status ? 'HR+/HER2+' : 'HR+/HER2-') : status ? 'HR-/HER2+' : 'TNBC',
      };
    if (!hormone) return { word: status ? 'HER2-positive' : 'triple-negative' };
    if (status) return { word: 'luminal B HER2-positive' };
    const isA = isLuminalA(cells, chosen);
    return { word: isA === null ? null : isA ? 'luminal A' : 'luminal B HER2-negative' };
  },
} satisfies DerivationRule<typeof options>;
