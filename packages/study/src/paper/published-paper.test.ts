import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import { checkPaper } from './check-paper.ts';
import type { PaperFile } from './read-paper.ts';

/** Table 3 without its counts, as the paper prints it. */
function withoutCounts(text: string): string {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const kept = rows[0]!.flatMap((name, at) => (['tp', 'fp', 'fn', 'tn'].includes(name) ? [] : [at]));
  return rows.map((cells) => kept.map((at) => cells[at]).join(',')).join('\n');
}

it('finds what arithmetic says of the published study, and only that', () => {
  const read = (file: string): string => readFileSync(reference('paper', file), 'utf8');
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const files = new Map<PaperFile, Uint8Array>([
    ['table1.csv', bytes(read('table1.csv'))],
    ['table2.csv', bytes(read('table2.csv'))],
    ['table3.csv', bytes(withoutCounts(read('table3.csv')))],
    ['printed.csv', bytes(read('printed.csv'))],
  ]);
  const { findings, checks } = checkPaper(files);
  expect(findings.map(({ where, subject, rounding }) => [where, subject, rounding])).toEqual([
    ['abstract', 'n of training', false],
    ['abstract', 'n of validation', false],
    ['methods', 'split', false],
    ['table 1', 'menopause', false],
    ['abstract', 'comparison, dlr vs clinical', true],
    ['abstract', 'comparison, dlr vs clinical', false],
    ['results', 'auc_difference, dlr training - validation', false],
    ['results', 'calibration_slope, dlr validation', false],
    ['results', 'deep_length', false],
    ['results', 'optimism_corrected_auc, dlr', false],
    ['results', 'epv, dlr', false],
  ]);
  const said = findings.map(({ arithmetic }) => arithmetic).join('\n');
  // 177 and 77, 100 and 44, the chi-square of menopause, Holm, the interval, the optimism of refitting, 81 / 22
  for (const figure of ['177', '77', '100.3', '0.5831', '0.0892', '-0.005962', '0.057', '3.682'])
    expect(said).toContain(figure);
  expect(checks.every(({ compared }) => compared > 0)).toBe(true);
});
