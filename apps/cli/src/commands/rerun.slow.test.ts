import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../testing/command.ts';

const clinical = [
  'id,y,age,cohort',
  ...Array.from({ length: 60 }, (_, row) =>
    [
      `P${row}`,
      row % 2,
      40 + ((row * 7) % 23) + 6 * (row % 2),
      row % 3 === 0 ? 'validation' : 'training',
    ].join(','),
  ),
].join('\n');
const study = `name: t
profile: published
comparison: false
cohort: {table: c.csv, id: id, outcome: {column: y, positive: 1}, variables: {age: continuous}, split: {column: cohort}}
models: [clinical]
resampling: {bootstraps: 0}
`;

describe('rerun and compare', () => {
  it('say byte by byte whether a run came out the same, and what was changed if not', () =>
    inFolder((folder) => {
      const run = (...args: string[]) => sentinode([...args, '--quiet'], folder);
      writeFileSync(join(folder, 'c.csv'), clinical);
      writeFileSync(join(folder, 'study.yaml'), study);
      expect(run('run', 'study.yaml', '--out', 'r').code).toBe(0);
      expect(run('rerun', 'r')).toMatchObject({ code: 0, out: expect.stringContaining('byte for byte') });
      expect(run('rerun', 'r')).toMatchObject({
        code: 2,
        err: expect.stringContaining('[output-not-empty]'),
      });
      writeFileSync(join(folder, 'c.csv'), clinical.replace('P7,1,', 'P7,0,'));
      const changed = run('rerun', 'r', '--out', 'other', '--json');
      expect(changed.code).toBe(1);
      expect(JSON.parse(changed.out)).toMatchObject({
        same: false,
        reasons: ['the input c.csv has other content'],
      });
      expect(run('compare', 'r', 'r-again').out).toContain('No number of metrics.json differs');
      expect(run('compare', 'r', 'other').out).toContain('clinical: AUC, training');
      appendFileSync(join(folder, 'r', 'metrics.json'), ' ');
      for (const args of [
        ['compare', 'r', 'other'],
        ['rerun', 'r', '--out', 'third'],
      ])
        expect(run(...args)).toMatchObject({ code: 2, err: expect.stringContaining('[run-invalid]') });
      expect(existsSync(join(folder, 'third'))).toBe(false);
    }));
});

describe('bundle export', () => {
  it('takes a bundle elsewhere, patients only when that is said; ten edits are refused', () =>
    inFolder((folder) => {
      const run = (...args: string[]) => sentinode([...args, '--quiet'], folder);
      writeFileSync(join(folder, 'c.csv'), clinical);
      writeFileSync(join(folder, 'study.yaml'), `${study}classifiers: [logistic-regression]\n`);
      writeFileSync(join(folder, 'knn.yaml'), `${study}classifiers: [knn]\n`);
      expect(run('run', 'study.yaml', '--out', 'r').code).toBe(0);
      expect(run('run', 'knn.yaml', '--out', 'k').code).toBe(0);
      const knn = ['bundle', 'export', 'k/models/clinical', '--out', 'elsewhere-k'];
      expect(run(...knn)).toMatchObject({ code: 2, err: expect.stringContaining('--with-patients') });
      expect(existsSync(join(folder, 'elsewhere-k'))).toBe(false);
      expect(run(...knn, '--with-patients').code).toBe(0);
      expect(run('bundle', 'export', 'r/models/clinical', '--out', 'elsewhere').code).toBe(0);
      const predict = () => run('predict', '--model', 'elsewhere', '--table', 'c.csv', '--json');
      const before = run('predict', '--model', 'r/models/clinical', '--table', 'c.csv', '--json').out;
      expect(predict().out).toBe(before);
      const edit = (name: string, from: string | RegExp, to: string): void => {
        const path = join(folder, 'elsewhere', name);
        const kept = readFileSync(path, 'utf8');
        const edited = kept.replace(from, to);
        expect(edited).not.toBe(kept);
        writeFileSync(path, edited);
        const found = predict();
        expect([found.code, found.out]).toEqual([2, '']);
        expect(found.err).toContain('"bundle-invalid"');
        writeFileSync(path, kept);
      };
      edit('model.json', '"threshold":0', '"threshold":1');
      edit('model.json', '"intercept":', '"intercept":1');
      edit('model.json', '"mean":', '"mean":2');
      edit('model.json', 'row-1', 'P1');
      edit('model.json', 'sentinode-model/1', 'sentinode-model/2');
      edit('development.json', '"n":', '"n":1');
      edit('development.json', /\}\s*$/, '');
      edit('manifest.json', 'sentinode-bundle/1', 'sentinode-bundle/2');
      edit('manifest.json', /"model.json": "./, '"model.json": "z');
      edit('manifest.json', '"development.json"', '"../development.json"');
      expect(predict().out).toBe(before);
    }));
});
