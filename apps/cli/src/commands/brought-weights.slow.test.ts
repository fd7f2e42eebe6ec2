import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formulaFile } from '../../../../packages/deep/src/testing/safetensors-file.ts';
import { filesUnder, sentinode } from '../testing/command.ts';

/** A deep study with the weights of a user, three slices a visit. */
describe('weights of a user', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-weights-'));
  const cohort = join(folder, 'cohort');
  const study = join(cohort, 'deep.yaml');
  const run = (name: string) => sentinode(['run', study, '--out', join(folder, name), '--quiet', '--json']);
  const write = (deep: string): void =>
    writeFileSync(
      study,
      readFileSync(join(cohort, 'study.yaml'), 'utf8')
        .replace(/^deep:\n(?: .*\n)*/m, `deep: ${deep}\n`)
        .replace(/^models:.*/m, 'models: [deep]'),
    );

  beforeAll(() => {
    const made = ['simulate', '--out', cohort, '--patients', '20', '--effect', 'strong', '--quiet'];
    expect(sentinode(made)).toMatchObject({ code: 0 });
    mkdirSync(join(cohort, 'weights'));
    writeFileSync(join(cohort, 'weights', 'resnet50.safetensors'), formulaFile('resnet50', 20240));
    write('{weights: weights/resnet50.safetensors, slices: [-1, 0, 1]}');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('serve the run and its bundle, which predicts the same to the last bit', () => {
    expect(run('first')).toMatchObject({ code: 0 });
    const files = filesUnder(join(folder, 'first'));
    expect(files.get('report.html')!.toString()).not.toContain('not pretrained');
    expect(files.get('report.html')!.toString()).toContain('mean over 3 slices');
    const rows = files.get('predictions.csv')!.toString().trim().split(/\r?\n/).slice(1);
    for (const row of rows.slice(0, 4)) {
      const [patient, , , , probability] = row.split(',');
      const path = join(cohort, 'case.yaml');
      const visitOf = (visit: string) =>
        Object.fromEntries(
          ['DCE', 'T2WI', 'DWI'].map((sequence) => {
            const name = `${patient}/${visit}_${sequence}.nii.gz`;
            return [sequence, { image: `images/${name}`, mask: `masks/${name}` }];
          }),
        );
      writeFileSync(
        path,
        JSON.stringify({ id: patient, images: { pre: visitOf('pre'), post: visitOf('post') } }),
      );
      const model = join(folder, 'first', 'models', 'deep');
      const { code, out } = sentinode(['predict', '--model', model, '--case', path, '--quiet']);
      expect(code).toBe(0);
      const [prediction] = JSON.parse(out);
      if (prediction.domain !== 'refused') expect(String(prediction.probability)).toBe(probability);
    }
  });

  it('show where the network looked', () => {
    const page = join(folder, 'occlusion.html');
    const model = join(folder, 'first', 'models', 'deep');
    const squares = ['--occlusion', page, '--patch', '112', '--stride', '112'];
    const predicted = sentinode([
      'predict',
      '--model',
      model,
      '--case',
      join(cohort, 'case.yaml'),
      ...squares,
    ]);
    expect(predicted.code).toBe(0);
    const [prediction] = JSON.parse(predicted.out);
    if (prediction.domain === 'refused') return;
    const [cost, pace] = [
      '24 forward passes (2 visits x 4 squares x 3 slices)',
      'at the pace of the first 6',
    ];
    expect(predicted.err).toContain(cost);
    expect(predicted.err).toContain(pace);
    expect(predicted.err.indexOf(cost)).toBeLessThan(predicted.err.indexOf('occlusion: '));
    const html = readFileSync(page, 'utf8');
    expect(html).toContain(`nothing covered: ${prediction.probability.toFixed(3)}`);
    expect(html.match(/<rect/g)).toHaveLength(8);
    expect(html).toContain('Research use only');
    expect(html).not.toContain(prediction.id);
  });

  it.each([
    ['{}', 'weights-missing'],
    ['{weights: weights/absent.safetensors}', 'file-missing'],
    ['{weights: weights/short.safetensors}', 'weights-invalid'],
  ])('are refused before the long work by check and run: %s', (deep, code) => {
    write(deep);
    const whole = readFileSync(join(cohort, 'weights', 'resnet50.safetensors'));
    writeFileSync(join(cohort, 'weights', 'short.safetensors'), whole.subarray(0, whole.length - 4));
    for (const finished of [run('refused'), sentinode(['check', study, '--quiet', '--json'])]) {
      expect(finished.code).toBe(2);
      expect(JSON.parse(finished.err)).toMatchObject({ error: { code } });
    }
  });
});
