import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFeatureParquet } from '@sentinode/study';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentinode } from '../testing/command.ts';

describe('a study of images whose bias field is corrected', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-bias-'));
  const place = (...names: string[]): string => join(folder, ...names);
  const run = (...args: string[]): string => {
    const done = sentinode([...args, '--quiet'], folder);
    expect(done.code, `${args.join(' ')}: ${done.err}`).toBe(0);
    return done.out;
  };
  const image = (visit: string): string => `cohort/images/P001/${visit}_DCE.nii.gz`;
  const mask = (visit: string): string => `cohort/masks/P001/${visit}_DCE.nii.gz`;

  beforeAll(() => {
    run('simulate', '--out', 'cohort', '--patients', '6');
    writeFileSync(
      place('cohort', 'params.yaml'),
      'imageType: {Original: {}}\nfeatureClass: {firstorder: [Mean, Entropy]}\nsetting: {binWidth: 25}\n',
    );
    const study = place('cohort', 'study.yaml');
    writeFileSync(
      study,
      readFileSync(study, 'utf8')
        .replace('  sequences: [DCE, T2WI, DWI]', '  sequences: [DCE]\n  biasField: n4')
        .replace(/^radiomics:.*$/m, 'radiomics: {params: params.yaml}')
        .replace(/^models:.*$/m, 'models: [radiomics]\nselection: []\nresampling: {bootstraps: 0}'),
    );
    run('run', 'cohort/study.yaml', '--out', 'results');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('measures what extract measures in the corrected image, and says so', async () => {
    run('bias-field', image('pre'), '--out', 'corrected.nii.gz');
    const features = (source: string): Record<string, number> =>
      JSON.parse(run('extract', source, mask('pre'), '--params', 'cohort/params.yaml', '--json')).features;
    const table = await readFeatureParquet(
      new Uint8Array(readFileSync(place('results', 'features', 'radiomics.parquet'))),
    );
    const row = table.ids.indexOf('P001');
    const value = table.columns[table.names.indexOf('pre_DCE_original_firstorder_Mean')]![row];
    expect(value).toBe(features('corrected.nii.gz').original_firstorder_Mean);
    expect(value).not.toBe(features(image('pre')).original_firstorder_Mean);
    const { study } = JSON.parse(readFileSync(place('results', 'metrics.json'), 'utf8'));
    expect(study.remarks.join(' ')).toMatch(/bias field of every image was divided out by N4/);
  });

  it('locks the correction into the model, so that predict does the same', () => {
    const model = JSON.parse(readFileSync(place('results', 'models', 'radiomics', 'model.json'), 'utf8'));
    expect(model.acquisition.biasField).toEqual({});
    const lines = ['pre', 'post'].map(
      (visit) => `  ${visit}: {DCE: {image: ${image(visit)}, mask: ${mask(visit)}}}`,
    );
    writeFileSync(place('case.yaml'), `id: P001\nimages:\n${lines.join('\n')}\n`);
    const [found] = JSON.parse(
      run('predict', '--model', 'results/models/radiomics', '--case', 'case.yaml', '--json'),
    );
    const predicted = readFileSync(place('results', 'predictions.csv'), 'utf8')
      .split('\n')
      .find((line) => line.startsWith('P001,'))!;
    expect(found.probability).toBe(Number(predicted.split(',')[4]));
  });
});
