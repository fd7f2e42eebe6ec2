import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StudyResults } from '@sentinode/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, killed, sentinode } from '../testing/command.ts';

/** 90 patients of 75 persons in three hospitals; the response hangs on marker and stage. */
function clinical(): string {
  const rows = Array.from({ length: 90 }, (_, index) => {
    const marker = (index * 37) % 60;
    const yes = marker + (index % 3 === 0 ? 15 : 0) + ((index * 29) % 31) > 45;
    return [
      `P${index + 1}`,
      `person${index % 75}`,
      `hospital ${'ABC'[index % 3]}`,
      35 + ((index * 17) % 40),
      (marker / 10).toFixed(1),
      index % 3 === 0 ? 'T2' : 'T1',
      yes ? 'yes' : 'no',
    ].join(',');
  });
  return ['id,person,hospital,age,marker,stage,response', ...rows].join('\n');
}

const study = (profile: string, more: string, cohort = ''): string => `name: small
profile: ${profile}
seed: 3
cohort:
  table: clinical.csv
  id: id
${cohort}  outcome: {column: response, positive: "yes"}
  variables: {age: continuous, marker: continuous, stage: {levels: [T1, T2], reference: T1}}
models: [clinical]
classifiers: [gaussian-nb, logistic-regression, knn]
${more}`;

describe('profiles', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-profiles-'));
  const results = new Map<string, StudyResults>();
  const run = (name: string, text: string, ...options: string[]) => {
    writeFileSync(join(folder, `${name}.yaml`), text);
    return sentinode([
      'run',
      join(folder, `${name}.yaml`),
      '--out',
      join(folder, name),
      '--quiet',
      ...options,
    ]);
  };
  const kept = (name: string): StudyResults => {
    if (!results.has(name))
      results.set(name, JSON.parse(filesUnder(join(folder, name)).get('metrics.json')!.toString()));
    return results.get(name)!;
  };
  const defensible = study('defensible', 'resampling: {inner: 3, outer: 4, repeats: 2, bootstraps: 12}\n');

  beforeAll(() => {
    writeFileSync(join(folder, 'clinical.csv'), clinical());
    expect(run('defensible', defensible, '--jobs', '2')).toMatchObject({ code: 0, err: '' });
    expect(run('published', study('published', 'resampling: {inner: 3, outer: 3}\n'))).toMatchObject({
      code: 0,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('defensible splits by outcome, chooses on training patients and resamples the whole pipeline', () => {
    const { cohorts, classifiers, choices, resampling, models } = kept('defensible');
    const share = ({ n, events }: { n: number; events: number }): number => events / n;
    expect(Math.abs(share(cohorts.training) - share(cohorts.validation))).toBeLessThan(0.03);
    expect(classifiers.map((one) => one.classifier)).toEqual(['gaussian-nb', 'logistic-regression', 'knn']);
    const best = Math.max(...classifiers.map((one) => one.inner!.mean!));
    const first = classifiers.find((one) => one.inner!.mean === best)!;
    expect(first.chosen).toBe(true);
    expect(choices).toMatchObject([{ classifier: first.classifier, among: 3, optimism: null }]);
    expect(models[0]!.classifier).toBe(first.classifier);
    expect(models[0]!.thresholdRule).toMatch(/cross-validated/);
    expect(resampling!.nested[0]!.folds).toHaveLength(8);
    expect(resampling!.optimism[0]).toMatchObject({ bootstraps: 12, scope: 'whole pipeline' });
    const { apparent, optimism, corrected } = resampling!.optimism[0]!.auc;
    expect(corrected).toBeCloseTo(apparent - optimism, 12);
    expect(resampling!.stability[0]!.predictors[0]).toMatchObject({ name: 'marker', kept: true });
  });

  it('published chooses on the validation cohort and says what that is worth', () => {
    const { classifiers, choices, models, weaknesses, resampling } = kept('published');
    const best = Math.max(...classifiers.map((one) => one.validation.auc));
    expect(classifiers.find((one) => one.chosen)!.validation.auc).toBe(best);
    expect(models[0]!.validation.auc.auc).toBe(best);
    expect(choices[0]!.optimism!.value).toBeGreaterThan(-0.05);
    expect(choices[0]!.optimism!.bootstraps).toBe(1000);
    expect(weaknesses.map((one) => one.where)).toContain('classifier choice');
    expect(resampling).toBeNull();
  });

  it('reports every classifier and predicts with the chosen one', () => {
    const lines = filesUnder(join(folder, 'published'))
      .get('predictions.csv')!
      .toString()
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','));
    expect(lines).toHaveLength(3 * 90);
    const chosen = lines.filter((cells) => cells[6] === 'yes');
    expect(chosen).toHaveLength(90);
    const { out, code } = sentinode([
      'predict',
      '--model',
      join(folder, 'published', 'models', 'clinical'),
      '--table',
      join(folder, 'clinical.csv'),
    ]);
    expect(code).toBe(0);
    const predicted = new Map(
      out
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => [line.split(',')[0], line.split(',')[1]]),
    );
    for (const cells of chosen) expect(predicted.get(cells[0])).toBe(cells[4]);
  });

  it('shows both profiles on the same patients, and why they differ', () => {
    for (const name of ['published', 'defensible']) {
      const { profiles, models } = kept(name);
      expect(profiles!.claims.map((claim) => claim.profile).sort()).toEqual(['defensible', 'published']);
      const own = profiles!.claims.find((claim) => claim.profile === name)!;
      expect(own.validation).toEqual(models[0]!.validation.auc);
      expect(profiles!.reasons.map((one) => one.message).join(' ')).toMatch(/different quantities/);
    }
  });

  it('gives the same bytes on one thread, and after being killed in the middle', async () => {
    const whole = filesUnder(join(folder, 'defensible'));
    const same = (name: string): void => {
      const files = filesUnder(join(folder, name));
      expect([...files.keys()]).toEqual([...whole.keys()]);
      for (const [path, bytes] of files)
        if (!['log.jsonl', 'provenance.json'].includes(path))
          expect(whole.get(path)!.equals(bytes), path).toBe(true);
    };
    expect(run('one', defensible, '--jobs', '1')).toMatchObject({ code: 0 });
    same('one');
    const cache = join(folder, 'again', '.sentinode', 'cache');
    const parts = (): number => (existsSync(cache) ? readdirSync(cache).length : 0);
    writeFileSync(join(folder, 'again.yaml'), defensible);
    const args = ['run', join(folder, 'again.yaml'), '--out', join(folder, 'again'), '--quiet'];
    await killed(args, () => parts() >= 5);
    expect(existsSync(join(folder, 'again', 'report.html'))).toBe(false);
    expect(sentinode(args).code).toBe(0);
    same('again');
  });

  it('keeps the rows of a person together, and leaves one hospital out at a time', () => {
    const text = study(
      'defensible',
      'resampling: {inner: 2, outer: centre, bootstraps: 2}\ncomparison: false\nchoice: common\n',
      '  group: person\n  centre: hospital\n',
    );
    expect(run('grouped', text)).toMatchObject({ code: 0, err: '' });
    const { resampling, profiles, notComputed } = kept('grouped');
    expect(resampling!.outer).toBe('one centre left out, 3 centres');
    expect(resampling!.nested[0]!.folds).toHaveLength(3);
    expect(profiles).toBeNull();
    expect(notComputed.map((one) => one.item)).toContain('Gap to the other profile');
    const cohort = new Map(
      filesUnder(join(folder, 'grouped'))
        .get('ledger.csv')!
        .toString()
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => [line.split(',')[0]!, line.split(',')[5]!]),
    );
    for (let index = 75; index < 90; index++)
      expect(cohort.get(`P${index + 1}`)).toBe(cohort.get(`P${index - 74}`));
  });
});
