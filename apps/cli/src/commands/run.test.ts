import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

/** A clinical table of 60 patients whose outcome hangs on marker and stage. */
function clinical(change: (row: Record<string, string>, index: number) => void = () => undefined): string {
  const rows = Array.from({ length: 60 }, (_, index) => {
    const marker = (index * 37) % 60;
    const row: Record<string, string> = {
      id: `P${String(index + 1).padStart(3, '0')}`,
      age: String(35 + ((index * 17) % 40)),
      marker: (marker / 10).toFixed(1),
      stage: index % 3 === 0 ? 'T2' : 'T1',
      response: (marker + (index % 3 === 0 ? 15 : 0) + ((index * 29) % 31) > 45 ? 'yes' : 'no').toString(),
    };
    change(row, index);
    return row;
  });
  return [Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n');
}

const study = `name: small
profile: published
seed: 3
cohort:
  table: clinical.csv
  id: id
  outcome: {column: response, positive: "yes"}
  variables: {age: continuous, marker: continuous, stage: {levels: [T1, T2], reference: T1}}
  split: {kind: random, test: 0.3}
models: [clinical]
comparison: false
`;

/** Changes of a good study; the code, the field or patient named, and a word of the sentence. */
const bad: readonly [
  what: string,
  study: string,
  table: string,
  code: string,
  place: object,
  sentence: RegExp,
][] = [
  [
    'an unknown key',
    study.replace('seed: 3', 'sead: 3'),
    clinical(),
    'option-unknown',
    { field: 'sead' },
    /"seed"/,
  ],
  [
    'an unknown column',
    study.replace('column: response', 'column: reponse'),
    clinical(),
    'column-unknown',
    { file: 'clinical.csv' },
    /"response"/,
  ],
  [
    'a table that is not there',
    study.replace('clinical.csv', 'klinik.csv'),
    clinical(),
    'file-missing',
    { field: 'cohort.table' },
    /klinik/,
  ],
  ['an empty table', study, '', 'file-empty', { file: 'clinical.csv' }, /empty/],
  [
    'a duplicate patient',
    study,
    clinical((row, index) => {
      if (index === 4) row.id = 'P002';
    }),
    'duplicate-patient',
    { patient: 'P002' },
    /rows 2 and 5/,
  ],
  [
    'a one-class outcome',
    study,
    clinical((row) => {
      row.response = 'yes';
    }),
    'one-class',
    {},
    /outcome/,
  ],
  [
    'a decimal comma that was not announced',
    study,
    clinical((row) => {
      row.marker = `"${row.marker!.replace('.', ',')}"`;
    }),
    'decimal-comma',
    { file: 'clinical.csv', field: 'marker' },
    /decimal/,
  ],
  [
    'text in a number column',
    study,
    clinical((row, index) => {
      if (index === 7) row.age = 'old';
    }),
    'table-number',
    { field: 'age' },
    /old/,
  ],
  [
    'an unknown level',
    study,
    clinical((row, index) => {
      if (index === 7) row.stage = 'T9';
    }),
    'level-unknown',
    { field: 'stage' },
    /T9/,
  ],
  [
    'a path out of the folder',
    study.replace('clinical.csv', '../clinical.csv'),
    clinical(),
    'path-outside',
    {},
    /study folder/,
  ],
  [
    'a broken study file',
    study.replace('cohort:', 'cohort: ['),
    clinical(),
    'file-syntax',
    { file: 'study.yaml' },
    /parsed/,
  ],
  [
    'a classifier that is listed twice',
    `${study}classifiers: [knn, {knn: {n_neighbors: 3}}]\n`,
    clinical(),
    'option-invalid',
    { field: 'classifiers.1' },
    /knn/,
  ],
  [
    'outer folds by hospital without a hospital',
    `${study.replace('published', 'defensible')}resampling: {outer: centre}\n`,
    clinical(),
    'option-invalid',
    { field: 'resampling.outer' },
    /cohort.centre/,
  ],
  [
    'more outer folds than patients of the rarer outcome',
    `${study.replace('published', 'defensible')}resampling: {outer: 30}\n`,
    clinical(),
    'too-few-rows',
    { field: 'resampling' },
    /rarer outcome has/,
  ],
  [
    'an unknown option of a classifier',
    `${study}classifiers: [{ lightgbm: { num_leafs: 7 } }]\n`,
    clinical(),
    'option-unknown',
    {},
    /num_leaves/,
  ],
  [
    'an unknown classifier',
    `${study}classifiers: [logistic-regresion]\n`,
    clinical(),
    'option-unknown',
    {},
    /logistic-regression/,
  ],
  [
    'radiomics without images',
    study.replace('models: [clinical]', 'models: [radiomics]'),
    clinical(),
    'option-invalid',
    {},
    /radiomics/,
  ],
];

function write(folder: string, text: string, table: string): void {
  writeFileSync(join(folder, 'study.yaml'), text);
  writeFileSync(join(folder, 'clinical.csv'), table);
}

describe('run on a clinical table', () => {
  it('leaves a whole run, twice the same bytes', () =>
    inFolder((folder) => {
      write(folder, study, clinical());
      const first = sentinode(['run', 'study.yaml', '--out', 'a'], folder);
      expect(first).toMatchObject({ code: 0 });
      expect(first.out).toMatch(/clinical/);
      expect(sentinode(['run', 'study.yaml', '--out', 'b', '--quiet'], folder).code).toBe(0);
      const [a, b] = ['a', 'b'].map((name) => filesUnder(join(folder, name)));
      expect([...a!.keys()]).toEqual(
        expect.arrayContaining([
          'report.html',
          'ledger.csv',
          'flowchart.svg',
          'selection.json',
          'metrics.json',
          'predictions.csv',
          'audit.json',
          'provenance.json',
          'log.jsonl',
          'models/clinical/model.json',
          'figures/roc.svg',
          'figures/roc.png',
          'tables/baseline.csv',
        ]),
      );
      for (const [name, bytes] of a!)
        if (name !== 'log.jsonl') expect(b!.get(name)?.equals(bytes), name).toBe(true);
    }));

  it('predicts with the bundle what the run predicted, bit for bit', () =>
    inFolder((folder) => {
      write(folder, study, clinical());
      expect(sentinode(['run', 'study.yaml', '--out', 'a', '--quiet'], folder).code).toBe(0);
      const cells = (text: string): string[][] =>
        text
          .trim()
          .split(/\r?\n/)
          .slice(1)
          .map((line) => line.split(','));
      const expected = new Map(
        cells(filesUnder(join(folder, 'a')).get('predictions.csv')!.toString()).map((row) => [
          row[0],
          row[4],
        ]),
      );
      const { code, out } = sentinode(
        ['predict', '--model', 'a/models/clinical', '--table', 'clinical.csv'],
        folder,
      );
      expect(code).toBe(0);
      const predicted = cells(out);
      expect(predicted).toHaveLength(60);
      for (const row of predicted) expect(row[1]).toBe(expected.get(row[0]));
    }));

  it('counts empty and NA cells and leaves the patients out', () =>
    inFolder((folder) => {
      write(
        folder,
        study,
        clinical((row, index) => {
          if (index === 3) row.age = '';
          if (index === 9) row.stage = 'NA';
        }),
      );
      const { code, out } = sentinode(['run', 'study.yaml', '--out', 'a', '--json', '--quiet'], folder);
      expect(code).toBe(0);
      const { cohorts, flow } = JSON.parse(out);
      expect(cohorts.training.n + cohorts.validation.n).toBe(58);
      expect(flow[1].excluded.map((one: { reason: string }) => one.reason)).toEqual([
        'clinical variable missing (age)',
        'clinical variable missing (stage)',
      ]);
    }));

  it.each(bad)('refuses %s', (_, text, table, code, place, sentence) =>
    inFolder((folder) => {
      write(folder, text, table);
      const {
        code: exit,
        out,
        err,
      } = sentinode(['run', 'study.yaml', '--out', 'run', '--json', '--quiet'], folder);
      expect(exit).toBe(2);
      expect(out).toBe('');
      const { error } = JSON.parse(err);
      expect(error).toMatchObject({ code, ...place });
      expect(error.message).toMatch(sentence);
      expect(err).not.toMatch(/\bat .*\.js/);
      const left = [...filesUnder(folder).keys()].filter((name) => !name.startsWith('run/log'));
      expect(left.sort()).toEqual(['clinical.csv', 'study.yaml']);
    }),
  );

  it('does not write among other files', () =>
    inFolder((folder) => {
      write(folder, study, clinical());
      mkdirSync(join(folder, 'mine'));
      writeFileSync(join(folder, 'mine', 'thesis.txt'), 'x');
      const { code, err } = sentinode(['run', 'study.yaml', '--out', 'mine'], folder);
      expect(code).toBe(2);
      expect(err).toContain('[output-not-empty]');
      expect([...filesUnder(join(folder, 'mine')).keys()]).toEqual(['thesis.txt']);
    }));

  it('refuses a bundle that was edited', () =>
    inFolder((folder) => {
      write(folder, study, clinical());
      sentinode(['run', 'study.yaml', '--out', 'a', '--quiet'], folder);
      const path = join(folder, 'a', 'models', 'clinical', 'model.json');
      const text = filesUnder(join(folder, 'a')).get('models/clinical/model.json')!.toString();
      writeFileSync(path, text.replace('"threshold":0.', '"threshold":0.1'));
      const { code, err } = sentinode(
        ['predict', '--model', 'a/models/clinical', '--table', 'clinical.csv'],
        folder,
      );
      expect(code).toBe(2);
      expect(err).toContain('[bundle-invalid]');
    }));
});

describe('usage', () => {
  it.each([
    [['runn'], /run/],
    [['run'], /study/],
    [['evaluate', 'x.csv'], /--outcome/],
    [['extract', 'a.nii'], /mask/],
    [['predict', '--model', 'x'], /--case or --table/],
    [['demo', '--patients', 'many'], /--patients/],
  ])('%j is refused with what to do', (args, sentence) => {
    const { code, err } = sentinode(args);
    expect(code).toBe(2);
    expect(err).toMatch(sentence);
  });
  it.each(['demo', 'check', 'run', 'simulate', 'predict', 'extract', 'evaluate', 'table1', 'doctor'])(
    '%s has help with an example',
    (name) => {
      const { code, out } = sentinode([name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`Examples?:\\n {2}sentinode ${name}`));
    },
  );
});
