import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { findChromium } from '../../../../examples/testing/chromium.ts';
import { inFolder, sentinode } from '../testing/command.ts';

const found = findChromium();
const hasOffice = spawnSync('soffice', ['--version']).error === undefined;

const rows = Array.from({ length: 80 }, (_, row) => {
  const y = row % 2;
  const age = 40 + ((row * 7) % 23) + 5 * y + (row % 3);
  return [
    `P${row}`,
    y,
    age,
    row % 5 < 2 + 2 * y ? 'positive' : 'negative',
    row % 3 === 0 ? 'validation' : 'training',
  ];
});
const clinical = [['id', 'y', 'age', 'er', 'cohort'], ...rows].map((row) => row.join(',')).join('\n');
const study = `name: typed
profile: published
comparison: false
cohort:
  table: c.csv
  id: id
  outcome: {column: y, positive: 1}
  variables: {age: continuous, er: {levels: [negative, positive], reference: negative}}
  units: {age: years}
  split: {column: cohort}
models: [clinical]
classifiers: [CLASSIFIER]
resampling: {bootstraps: 0}
`;

function run(folder: string, classifier: string): void {
  writeFileSync(join(folder, 'c.csv'), clinical);
  writeFileSync(join(folder, 'study.yaml'), study.replace('CLASSIFIER', classifier));
  expect(sentinode(['run', 'study.yaml', '--out', 'r', '--quiet'], folder)).toMatchObject({ code: 0 });
}

interface Scored {
  readonly probability: number;
  readonly contributions: object;
  readonly predictors: readonly { variable: string; value: number | string }[];
}
const scored = (folder: string): Scored[] => {
  const args = ['predict', '--model', 'r/models/clinical', '--table', 'c.csv', '--json', '--quiet'];
  return JSON.parse(sentinode(args, folder).out) as Scored[];
};

describe('the calculator page', () => {
  it.skipIf('missing' in found).each(['logistic-regression', 'gradient-boosting'])(
    'gives the bits of predict in Chromium, and asks nothing of a network: %s',
    (classifier) =>
      inFolder(async (folder) => {
        run(folder, classifier);
        const patients = scored(folder);
        const browser = await chromium.launch({
          executablePath: (found as { path: string }).path,
          args: ['--no-sandbox'],
        });
        try {
          const page = await browser.newPage();
          const faults: string[] = [];
          page.on('pageerror', (error) => faults.push(error.message));
          page.on('request', (request) => faults.push(request.url()));
          await page.goto(`file://${join(folder, 'r', 'calculator.html')}`);
          for (const one of patients.slice(0, 12)) {
            for (const { variable, value } of one.predictors) {
              const field = page.locator(`[data-name="${variable}"]`);
              if (typeof value === 'number') await field.fill(String(value));
              else await field.selectOption(value);
            }
            const shown = JSON.parse(
              (await page.evaluate('document.body.dataset.prediction')) as string,
            ) as Scored;
            expect(shown.probability).toBe(one.probability);
            expect(shown.contributions).toEqual(one.contributions);
          }
          await page.locator('[data-name="age"]').fill('19000');
          expect(await page.locator('#probability').textContent()).toBe('');
          expect(await page.locator('#detail').textContent()).toContain('Refused');
          await page.locator('[data-name="age"]').fill('old');
          expect(await page.locator('#problem').textContent()).toContain('must be a number');
          expect(faults.filter((fault) => !fault.startsWith('file://'))).toEqual([]);
        } finally {
          await browser.close();
        }
      }),
  );

  it('leaves out models that keep patients, and says so', () =>
    inFolder((folder) => {
      run(folder, 'knn');
      const page = readFileSync(join(folder, 'r', 'calculator.html'), 'utf8');
      expect(page).toContain('keeps predictors of its training patients');
      expect(page).toContain('<script type="application/json" id="models">[]</script>');
    }));
});

describe('the workbook', () => {
  it.skipIf(!hasOffice)('is recalculated by LibreOffice to the probability of predict', () =>
    inFolder((folder) => {
      run(folder, 'logistic-regression');
      const ages = rows.flatMap((row) => (row[4] === 'training' ? [Number(row[2])] : []));
      const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
      writeFileSync(join(folder, 'one.csv'), `id,age,er\nmean,${mean},negative\n`);
      const args = ['predict', '--model', 'r/models/clinical', '--table', 'one.csv', '--json', '--quiet'];
      const [one] = JSON.parse(sentinode(args, folder).out) as Scored[];
      const { status } = spawnSync(
        'soffice',
        [
          `-env:UserInstallation=file://${folder}/office`,
          '--headless',
          '--convert-to',
          'csv',
          '--outdir',
          folder,
          join(folder, 'r', 'formula.xlsx'),
        ],
        { timeout: 240_000 },
      );
      expect(status).toBe(0);
      const lines = readFileSync(join(folder, 'formula.csv'), 'utf8').split('\n');
      const probability = Number(lines.find((line) => line.startsWith('Probability'))!.split(',')[2]);
      expect(Math.abs(probability - one!.probability)).toBeLessThan(1e-9);
    }),
  );
});
