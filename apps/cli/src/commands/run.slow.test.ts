import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, killed, sentinode } from '../testing/command.ts';

/** A simulated study from images, run once; the tests look at what it left. */
describe('a study from images', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sentinode-images-'));
  const study = join(folder, 'cohort', 'study.yaml');
  const run = (name: string, ...options: string[]) =>
    sentinode(['run', study, '--out', join(folder, name), '--quiet', ...options]);

  beforeAll(() => {
    expect(
      sentinode([
        'simulate',
        '--out',
        join(folder, 'cohort'),
        '--patients',
        '20',
        '--effect',
        'strong',
        '--quiet',
      ]),
    ).toMatchObject({ code: 0 });
    expect(run('first')).toMatchObject({ code: 0 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const results = () => JSON.parse(filesUnder(join(folder, 'first')).get('metrics.json')!.toString());

  it('says on every picture and table that the data are simulated and the network is not pretrained', () => {
    const files = filesUnder(join(folder, 'first'));
    const drawn = [...files].filter(([name]) => /\.(svg|html)$|^tables\//.test(name));
    expect(drawn.length).toBeGreaterThan(20);
    for (const [name, bytes] of drawn) {
      expect(bytes.toString(), name).toContain('Simulated data, not patients');
      expect(bytes.toString(), name).toContain('not pretrained');
      expect(bytes.toString(), name).toContain('Research use only');
    }
    const bundle = JSON.parse(files.get('models/dlr/model.json')!.toString());
    expect(bundle.banners).toHaveLength(2);
    const pictures = [...files].filter(([name]) => name.startsWith('pictures/'));
    expect(pictures).toHaveLength(2 * 20);
    for (const [name, bytes] of pictures) expect(bytes.toString('latin1'), name).toContain('not pretrained');
  });

  it('leaves bundles with a network that is not pretrained unsigned', () => {
    // signed on a copy: the run itself is compared with others below
    cpSync(join(folder, 'first', 'models'), join(folder, 'signed'), { recursive: true });
    const sign = (model: string) =>
      sentinode(['bundle', 'sign', join('signed', model), '--key', 'k.pem', '--signer', 'A'], folder);
    expect(sentinode(['bundle', 'key', '--out', 'k.pem'], folder).code).toBe(0);
    for (const model of ['deep', 'dlr'])
      expect(sign(model)).toMatchObject({ code: 2, err: expect.stringContaining('[bundle-unsignable]') });
    expect(sign('radiomics').code).toBe(0);
  });

  it('measures 10,773 radiomic and 6,144 deep columns and names who left and why', () => {
    const { selection, flow, cohorts } = results();
    expect(selection.radiomics.steps[0].count).toBe(10_773);
    expect(selection.deep.steps[0].count).toBe(6144);
    expect(cohorts.training.n + cohorts.validation.n).toBe(20);
    const reasons = flow
      .flatMap((step: { excluded: { reason: string }[] }) => step.excluded.map(({ reason }) => reason))
      .join('; ');
    for (const word of [
      'bilateral cancer',
      'no visible tumour (post)',
      'outside the window',
      'no MRI',
      'image missing',
      'clinical variable missing',
    ])
      expect(reasons).toContain(word);
  });

  it('gives the same bytes with another number of threads', () => {
    expect(run('second', '--jobs', '1')).toMatchObject({ code: 0 });
    const [a, b] = ['first', 'second'].map((name) => filesUnder(join(folder, name)));
    expect([...b!.keys()]).toEqual([...a!.keys()]);
    for (const [name, bytes] of a!)
      if (name !== 'log.jsonl') expect(b!.get(name)!.equals(bytes), name).toBe(true);
  });

  it('goes on after kill -9 and ends with the same bytes', async () => {
    const out = join(folder, 'killed');
    const cache = join(out, '.sentinode', 'cache');
    const kept = (): number =>
      existsSync(cache) ? readdirSync(cache).filter((name) => !name.endsWith('.partial')).length : 0;
    for (const enough of [20, 60])
      await killed(['run', study, '--out', out, '--quiet'], () => kept() >= enough);
    expect(existsSync(join(out, 'report.html'))).toBe(false);
    expect(kept()).toBeGreaterThanOrEqual(60);
    expect(run('killed')).toMatchObject({ code: 0 });
    const [a, b] = ['first', 'killed'].map((name) => filesUnder(join(folder, name)));
    expect([...b!.keys()]).toEqual([...a!.keys()]);
    for (const [name, bytes] of a!)
      if (name !== 'log.jsonl') expect(b!.get(name)!.equals(bytes), name).toBe(true);
  });

  it('predicts from images what the run predicted, to the last bit', () => {
    const files = filesUnder(join(folder, 'first'));
    const lines = files
      .get('predictions.csv')!
      .toString()
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const patient = lines.find((line) => line[1] === 'validation')![0]!;
    const [header, ...rows] = filesUnder(join(folder, 'cohort'))
      .get('clinical.csv')!
      .toString()
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(','));
    const row = rows.find((cells) => cells[header!.indexOf('patient_id')] === patient)!;
    const given = {
      id: patient,
      images: Object.fromEntries(
        ['pre', 'post'].map((visit) => [
          visit,
          Object.fromEntries(
            ['DCE', 'T2WI', 'DWI'].map((sequence) => [
              sequence,
              {
                image: `images/${patient}/${visit}_${sequence}.nii.gz`,
                mask: `masks/${patient}/${visit}_${sequence}.nii.gz`,
              },
            ]),
          ),
        ]),
      ),
      clinical: Object.fromEntries(
        ['age', 'menopause', 'er', 'pr', 'her2', 'ki67', 'subtype', 'ct'].map((name) => [
          name,
          row[header!.indexOf(name)],
        ]),
      ),
    };
    const path = join(folder, 'cohort', 'case.yaml');
    writeFileSync(path, JSON.stringify(given));
    for (const model of ['clinical', 'radiomics', 'deep', 'dlr']) {
      const { code, out } = sentinode([
        'predict',
        '--model',
        join(folder, 'first', 'models', model),
        '--case',
        path,
        '--quiet',
      ]);
      expect(code).toBe(0);
      const [prediction] = JSON.parse(out);
      const expected = lines.find((line) => line[0] === patient && line[2] === model)![4];
      if (prediction.domain === 'refused') expect(prediction.probability).toBeNull();
      else expect(String(prediction.probability)).toBe(expected);
    }
  });

  it('keeps the good cases when masks are bad, and says which are not', () => {
    const patients = readdirSync(join(folder, 'cohort', 'masks'));
    const mask = join(folder, 'cohort', 'masks', patients[0]!, 'pre_DCE.nii.gz');
    const image = join(folder, 'cohort', 'images', patients[0]!, 'pre_DWI.nii.gz');
    const saved = filesUnder(join(folder, 'cohort')).get(`masks/${patients[0]}/pre_DCE.nii.gz`)!;
    writeFileSync(mask, filesUnder(join(folder, 'cohort')).get(`images/${patients[0]}/pre_DWI.nii.gz`)!);
    expect(existsSync(image)).toBe(true);
    const { code, err } = run('bad', '--json');
    writeFileSync(mask, saved);
    expect(code).toBe(1);
    const { error } = JSON.parse(err);
    expect(error).toMatchObject({ code: 'cases-failed', patient: patients[0] });
    expect(error.message).toMatch(/1 of 120 images could not be measured.*pre_DCE/);
    expect(run('bad').code).toBe(0);
  });
});
