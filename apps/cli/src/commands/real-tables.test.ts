import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, readCsv, shared } from '../../../../reference/locator.ts';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

type Row = Record<string, string>;
const csv = (rows: readonly Row[]): string =>
  [Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n');
const report = (folder: string): string => filesUnder(join(folder, 'out')).get('report.html')!.toString();

/** Share of pairs (event, no event) in which the event has the higher score, written down again without our code. */
function concordance(scores: readonly number[], events: readonly boolean[]): number {
  let wins = 0;
  let pairs = 0;
  scores.forEach((a, i) => {
    scores.forEach((b, j) => {
      if (!events[i] || events[j]) return;
      pairs++;
      wins += a > b ? 1 : a === b ? 0.5 : 0;
    });
  });
  return wins / pairs;
}

describe.skipIf(!hasShared('stats'))('real cases', () => {
  it('runs on 569 real breast cases with 30 image features and predicts held-back rows', () =>
    inFolder((folder) => {
      const rows = readCsv(shared('stats', 'lasso', 'wdbc.csv'));
      expect(rows).toHaveLength(569);
      const ids = rows.map((_, index) => `case${index + 1}`);
      const held = (index: number): boolean => index % 5 === 4;
      const outcome = Object.keys(rows[0]!).at(-1)!;
      const features = rows.map((row, index) => ({
        id: ids[index]!,
        ...Object.fromEntries(Object.entries(row).filter(([name]) => name !== outcome)),
      }));
      const used = <T>(list: readonly T[], back: boolean): T[] =>
        list.filter((_, index) => held(index) === back);
      writeFileSync(
        join(folder, 'clinical.csv'),
        csv(
          used(
            rows.map((row, index) => ({ id: ids[index]!, benign: row[outcome]! })),
            false,
          ),
        ),
      );
      writeFileSync(join(folder, 'features.csv'), csv(used(features, false)));
      writeFileSync(join(folder, 'new.csv'), csv(used(features, true)));
      writeFileSync(
        join(folder, 'study.yaml'),
        'name: benign or malignant\nprofile: published\nseed: 18\ncohort:\n  table: clinical.csv\n  id: id\n  outcome: {column: benign, positive: 0}\n  split: {kind: random, test: 0.3}\nfeatures: {radiomics: features.csv}\nmodels: [radiomics]\n',
      );
      expect(sentinode(['run', 'study.yaml', '--out', 'out', '--quiet'], folder)).toMatchObject({ code: 0 });
      const { code, out } = sentinode(
        ['predict', '--model', 'out/models/radiomics', '--table', 'new.csv', '--format', 'json', '--quiet'],
        folder,
      );
      expect(code).toBe(0);
      const predictions: { id: string; probability: number | null; domain: string }[] = JSON.parse(out);
      expect(predictions.map((one) => one.id)).toEqual(used(ids, true));
      const scored = predictions.filter((one) => one.probability !== null);
      for (const one of predictions) expect(one.probability === null).toBe(one.domain === 'refused');
      const truth = new Map(rows.map((row, index) => [ids[index]!, row[outcome] === '0']));
      const auc = concordance(
        scored.map((one) => one.probability!),
        scored.map((one) => truth.get(one.id)!),
      );
      process.stdout.write(
        `held-back real breast cases: AUC ${auc.toFixed(3)}, ${scored.length} of ${predictions.length} scored\n`,
      );
      expect(auc).toBeGreaterThan(0.95);
      expect(report(folder).includes('No tables of two readers were given')).toBe(true);
    }));

  it('runs on a real clinical table', () =>
    inFolder((folder) => {
      const rows = readCsv(shared('stats', 'logistic', 'birthwt.csv')).map((row, index) => ({
        id: `b${index + 1}`,
        ...row,
      }));
      writeFileSync(join(folder, 'clinical.csv'), csv(rows));
      writeFileSync(
        join(folder, 'study.yaml'),
        `name: low birth weight
profile: published
seed: 18
cohort:
  table: clinical.csv
  id: id
  outcome: {column: low, positive: 1}
  variables:
    age: continuous
    lwt: continuous
    race: {levels: [1, 2, 3], reference: 1}
    smoke: {levels: [0, 1], reference: 0}
    ptl: continuous
    ht: {levels: [0, 1], reference: 0}
    ui: {levels: [0, 1], reference: 0}
    ftv: continuous
  split: {kind: random, test: 0.3}
models: [clinical]
`,
      );
      const { code, out } = sentinode(['run', 'study.yaml', '--out', 'out', '--json', '--quiet'], folder);
      expect(code).toBe(0);
      const { cohorts, clinical } = JSON.parse(out);
      expect(cohorts.training.n + cohorts.validation.n).toBe(189);
      expect(clinical.univariable).toHaveLength(8);
      expect(report(folder).includes('race=2 (vs 1)')).toBe(true);
    }));
});

describe.skipIf(!hasShared('stats'))('evaluate on the aSAH data', () => {
  it("prints pROC's AUCs, intervals and DeLong p values", () => {
    const { code, out } = sentinode([
      'evaluate',
      shared('stats', 'roc', 'aSAH.csv'),
      '--outcome',
      'outcome',
      '--positive',
      'Poor',
      '--scores',
      's100b,ndka,wfns',
      '--json',
      '--quiet',
    ]);
    expect(code).toBe(0);
    const found = JSON.parse(out);
    for (const row of readCsv(shared('stats', 'roc', 'expected_auc.csv'))) {
      const score = found.scores[row.marker!];
      if (score === undefined) continue;
      expect(Math.abs(score.auc - Number(row.auc))).toBeLessThan(1e-12);
      expect(Math.abs(score.ci[0] - Number(row.ci_low))).toBeLessThan(1e-12);
      expect(Math.abs(score.ci[1] - Number(row.ci_high))).toBeLessThan(1e-12);
      expect(Math.abs(score.threshold - Number(row.best_threshold))).toBeLessThan(1e-12);
    }
    expect(found.delong).toHaveLength(3);
    for (const { a, b, z, p } of found.delong) {
      const row = readCsv(shared('stats', 'roc', 'expected_delong.csv')).find(
        (one) => one.a === a && one.b === b,
      )!;
      expect(Math.abs(z - Number(row.z))).toBeLessThan(1e-9);
      expect(Math.abs(p - Number(row.p))).toBeLessThan(1e-12);
    }
  });
});
