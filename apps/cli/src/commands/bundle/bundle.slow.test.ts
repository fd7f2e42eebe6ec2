import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inFolder, sentinode } from '../../testing/command.ts';

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
const study = (classifier: string) => `name: t
profile: published
comparison: false
cohort: {table: c.csv, id: id, outcome: {column: y, positive: 1}, variables: {age: continuous}, split: {column: cohort}}
models: [clinical]
classifiers: [${classifier}]
resampling: {bootstraps: 100, intervals: 200}
statistics: {resamples: 100}
report: {dpi: 72}
`;

type Json = Record<string, unknown>;
const changed = (file: string, change: (value: Json) => void) => (bundle: string) => {
  const path = join(bundle, file);
  const value = JSON.parse(readFileSync(path, 'utf8')) as Json;
  change(value);
  writeFileSync(path, JSON.stringify(value));
};
/** An edit by somebody who also corrects the manifest: only the signature tells. */
const rehashed = (change: (value: Json) => void) => (bundle: string) => {
  changed('model.json', change)(bundle);
  const hash = createHash('sha256')
    .update(readFileSync(join(bundle, 'model.json')))
    .digest('hex');
  changed('manifest.json', (manifest) => {
    (manifest.files as Record<string, string>)['model.json'] = hash;
  })(bundle);
};
const edits: readonly (readonly [string, (bundle: string) => void])[] = [
  ['cut-off', changed('model.json', (model) => (model.threshold = 0.5))],
  ['intercept', changed('model.json', (model) => ((model.classifier as Json).intercept = 0))],
  ['training range', changed('model.json', (model) => ((model.predictors as Json[])[0].maximum = 999))],
  ['outcome', changed('model.json', (model) => (model.outcome = 'another'))],
  ['a space', (bundle) => writeFileSync(join(bundle, 'model.json'), ' ', { flag: 'a' })],
  ['how it did', changed('development.json', (development) => (development.training = {}))],
  ['a resampled model', changed('resamples.json', (resamples) => (resamples.first = 1))],
  ['a file less', (bundle) => rmSync(join(bundle, 'resamples.json'))],
  ['a file more', (bundle) => writeFileSync(join(bundle, 'network.onnx'), 'x')],
  ['its name', changed('manifest.json', (manifest) => (manifest.model = 'another'))],
  ['its use', changed('manifest.json', (manifest) => ((manifest.use as Json).keepsPatients = true))],
  ['the versions', changed('manifest.json', (manifest) => (manifest.versions = {}))],
  ['the cut-off and its hash', rehashed((model) => (model.threshold = 0.5))],
  ['the signature', (bundle) => writeFileSync(join(bundle, 'signature.json'), '{}')],
];

describe('bundle', () => {
  it('signs, trusts and verifies; predict refuses a signature that does not stand', () =>
    inFolder((folder) => {
      const run = (...args: string[]) => sentinode(args, folder);
      writeFileSync(join(folder, 'c.csv'), clinical);
      writeFileSync(join(folder, 'study.yaml'), study('logistic-regression'));
      expect(run('run', 'study.yaml', '--out', 'r', '--quiet').code).toBe(0);
      const model = 'r/models/clinical';
      const verify = () => run('bundle', 'verify', model, '--trust', 'keys.json');
      expect(verify()).toMatchObject({ code: 2, err: expect.stringContaining('nobody signed it') });
      expect(run('bundle', 'key', '--out', 'k.pem')).toMatchObject({ code: 0 });
      expect(statSync(join(folder, 'k.pem')).mode & 0o077).toBe(0);
      expect(run('bundle', 'key', '--out', 'k.pem')).toMatchObject({ code: 2 });
      expect(run('bundle', 'sign', model, '--key', 'k.pem.pub', '--signer', 'A')).toMatchObject({
        code: 2,
        err: expect.stringContaining('[key-invalid]'),
      });
      expect(run('bundle', 'sign', model, '--key', 'k.pem', '--signer', 'Hospital A')).toMatchObject({
        code: 0,
      });
      expect(verify()).toMatchObject({ code: 2, err: expect.stringContaining('[bundle-untrusted]') });
      expect(run('bundle', 'trust', 'k.pem', '--name', 'A', '--trust', 'keys.json').code).toBe(2);
      expect(run('bundle', 'trust', 'k.pem.pub', '--name', 'A', '--trust', 'keys.json').code).toBe(0);
      expect(verify()).toMatchObject({ code: 0, out: expect.stringContaining('signed by Hospital A') });
      const predict = () => run('predict', '--model', model, '--table', 'c.csv', '--quiet');
      expect(predict().code).toBe(0);
      const inDays = clinical.replace(
        /^(P\d+,\d),(\d+)/gm,
        (_, start, age) => `${start},${Number(age) * 365}`,
      );
      writeFileSync(join(folder, 'days.csv'), inDays);
      expect(run('predict', '--model', model, '--table', 'days.csv', '--quiet')).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringMatching(/column age .*looks like days in place of years[\s\S]*\[units-differ\]/),
      });
      for (const [name, edit] of edits) {
        const copy = join(folder, 'edited');
        rmSync(copy, { recursive: true, force: true });
        cpSync(join(folder, model), copy, { recursive: true });
        edit(copy);
        // both open the bundle the same way
        const args =
          name === 'the signature'
            ? ['bundle', 'verify', 'edited', '--trust', 'keys.json']
            : ['predict', '--model', 'edited', '--table', 'c.csv', '--quiet'];
        const done = run(...args);
        expect([name, done.code, done.out]).toEqual([name, 2, '']);
        expect(done.err).toContain('[bundle-invalid]');
      }
      const path = join(folder, model, 'signature.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('Hospital A', 'Hospital B'));
      for (const { code, err } of [verify(), predict()]) {
        expect(code).toBe(2);
        expect(err).toContain('[bundle-invalid]');
      }
    }));
  it('signs a model that keeps patients only when that is said', () =>
    inFolder((folder) => {
      const run = (...args: string[]) => sentinode(args, folder);
      writeFileSync(join(folder, 'c.csv'), clinical);
      writeFileSync(join(folder, 'study.yaml'), study('knn'));
      expect(run('run', 'study.yaml', '--out', 'r', '--quiet').code).toBe(0);
      run('bundle', 'key', '--out', 'k.pem');
      const sign = ['bundle', 'sign', 'r/models/clinical', '--key', 'k.pem', '--signer', 'A'];
      expect(run(...sign)).toMatchObject({ code: 2, err: expect.stringContaining('--with-patients') });
      expect(run(...sign, '--with-patients').code).toBe(0);
    }));
});
