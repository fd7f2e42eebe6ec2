import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

/** 80 patients; `verdict` is the response under another name. */
const table = ['id,age,marker,verdict,response']
  .concat(
    Array.from({ length: 80 }, (_, index) => {
      const marker = (index * 37) % 60;
      const yes = marker + ((index * 29) % 31) > 45;
      return `P${((index * 53) % 80) + 100},${35 + ((index * 17) % 40)},${marker},${yes ? 'good' : 'bad'},${yes ? 'yes' : 'no'}`;
    }),
  )
  .join('\n');

const study = (more: string, variables = ''): string => `name: audited
seed: 4
cohort:
  table: clinical.csv
  id: id
  outcome: {column: response, positive: "yes"}
  variables: {age: continuous, marker: continuous${variables}}
models: [clinical]
classifiers: [{logistic-regression: {C: 1}}]
comparison: false
${more}`;
const quick = 'resampling: {inner: 2, outer: 2, bootstraps: 0}\n';

describe('audit', () => {
  it('finds nothing in a clean run, by behaviour neither, and the leak in a leaky one', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'clinical.csv'), table);
      writeFileSync(join(folder, 'clean.yaml'), study(quick));
      writeFileSync(
        join(folder, 'leaky.yaml'),
        study(quick, ', verdict: {levels: [bad, good], reference: bad}').replace(
          'variables:',
          'exclude: []\n  variables:',
        ),
      );
      expect(sentinode(['run', 'clean.yaml', '--out', 'clean', '--quiet'], folder)).toMatchObject({
        code: 0,
        err: '',
      });
      const clean = sentinode(
        ['audit', 'clean', '--study', 'clean.yaml', '--behavioural', '--strict', '--json', '--quiet'],
        folder,
      );
      expect(clean).toMatchObject({ code: 0, err: '' });
      expect(JSON.parse(clean.out).findings).toEqual([]);
      expect(JSON.parse(clean.out).compared).toContain('models/clinical/model.json');
      writeFileSync(join(folder, 'clean', 'metrics.json'), ' ', { flag: 'a' });
      const edited = sentinode(['audit', 'clean', '--json'], folder);
      expect(JSON.parse(edited.out).findings).toMatchObject([
        { code: 'run-edited', message: expect.stringContaining('metrics.json') },
      ]);
      expect(sentinode(['run', 'leaky.yaml', '--out', 'leaky', '--quiet'], folder).code).toBe(0);
      const leaky = sentinode(['audit', 'leaky', '--strict'], folder);
      expect(leaky.code).toBe(1);
      expect(leaky.out).toMatch(/verdict=good.*\[column-is-outcome\]/);
      expect(leaky.out).toMatch(/2\. profile defensible: evaluation of the locked models \(24 rows\)/);
      expect(readFileSync(join(folder, 'leaky', 'report.html'), 'utf8')).toContain(
        'tells the outcomes apart',
      );
    }));

  it('keeps every plan: a changed one after validation rows were read is a new, labelled run', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'clinical.csv'), table);
      writeFileSync(join(folder, 'study.yaml'), study(quick));
      const run = () => sentinode(['run', 'study.yaml', '--out', 'run', '--quiet'], folder);
      expect(run().code).toBe(0);
      const first = filesUnder(join(folder, 'run'));
      const plan = JSON.parse(first.get('plan.json')!.toString());
      expect(plan).toMatchObject({ profile: 'defensible', comparisons: { correction: 'holm' } });
      expect(run().code).toBe(0);
      for (const [path, bytes] of filesUnder(join(folder, 'run')))
        if (path !== 'log.jsonl') expect(first.get(path)!.equals(bytes), path).toBe(true);
      writeFileSync(join(folder, 'study.yaml'), study(quick).replace('{C: 1}', '{C: 10}'));
      const changed = run();
      expect(changed.out).toContain('This is plan 2 of this run folder');
      const metrics = JSON.parse(filesUnder(join(folder, 'run')).get('metrics.json')!.toString());
      expect(metrics.plan).toMatchObject({ number: 2, changedAfterReading: true });
    }));

  it('refuses a folder that is no run, and the behavioural test without a study', () =>
    inFolder((folder) => {
      const empty = sentinode(['audit', '.'], folder);
      expect(empty.code).toBe(2);
      expect(empty.err).toContain('[file-missing]');
      writeFileSync(join(folder, 'clinical.csv'), table);
      writeFileSync(join(folder, 'study.yaml'), study(quick));
      expect(sentinode(['run', 'study.yaml', '--out', 'run', '--quiet'], folder).code).toBe(0);
      const { code, err } = sentinode(['audit', 'run', '--behavioural'], folder);
      expect(code).toBe(2);
      expect(err).toContain('--study');
    }));
});
