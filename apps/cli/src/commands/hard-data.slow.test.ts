import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, inFolder, sentinode } from '../testing/command.ts';

/** 60 patients; `marker` and `stage` hang together with the outcome. */
type Row = Record<string, string>;
const patients = (change: (row: Row, index: number) => void = () => undefined): Row[] =>
  Array.from({ length: 60 }, (_, index) => {
    const marker = (index * 37) % 60;
    const row: Row = {
      id: `P${String(index + 1).padStart(3, '0')}`,
      cohort: index % 10 < 7 ? 'training' : 'validation',
      age: String(35 + ((index * 17) % 40)),
      marker: (marker / 10).toFixed(1),
      stage: index % 3 === 0 ? 'T2' : 'T1',
      response: marker + (index % 3 === 0 ? 15 : 0) + ((index * 29) % 31) > 45 ? 'yes' : 'no',
    };
    change(row, index);
    return row;
  });
const csv = (rows: readonly Row[]): string =>
  [Object.keys(rows[0]!).join(','), ...rows.map((row) => Object.values(row).join(','))].join('\n');

const variables = 'age: continuous, marker: continuous, stage: {levels: [T1, T2, T3], reference: T1}';
const study = (more: string, own = variables): string => `name: hard data
seed: 3
cohort:
  table: clinical.csv
  id: id
  outcome: {column: response, positive: "yes"}
  variables: {${own}}
  split: {column: cohort}
comparison: false
ablations: false
statistics: {resamples: 100}
${more}
`;
const published = 'profile: published\nresampling: {bootstraps: 0}';

interface Finished {
  readonly code: number | null;
  readonly err: string;
  readonly files: Map<string, Buffer>;
  readonly remarks: string;
  readonly steps: Record<string, { step: string; count: number; note: string }[]>;
}

/** Runs a study as a user does. */
function run(text: string, tables: Readonly<Record<string, string>>): Promise<Finished> {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'study.yaml'), text);
    for (const [name, table] of Object.entries(tables)) writeFileSync(join(folder, name), table);
    const { code, err } = sentinode(['run', 'study.yaml', '--out', 'out', '--quiet', '--json'], folder);
    const files = filesUnder(folder);
    const metrics = files.get('out/metrics.json');
    if (metrics === undefined) return { code, err, files, remarks: '', steps: {} };
    const { study: found, selection } = JSON.parse(metrics.toString());
    return {
      code,
      err,
      files,
      remarks: found.remarks.join(' '),
      steps: Object.fromEntries(
        Object.entries(selection as Record<string, { steps: Finished['steps'][string] }>).map(
          ([name, one]) => [name, one.steps],
        ),
      ),
    };
  });
}

/** Feature columns of the patients: one that tells something, and noise. */
const features = (
  rows: readonly Row[],
  count: number,
  change: (cells: string[], index: number) => void = () => undefined,
) =>
  [
    `id,${Array.from({ length: count }, (_, j) => `f${j}`).join(',')}`,
    ...rows.map((row, index) => {
      const cells = Array.from({ length: count }, (_, j) =>
        j === 0 ? row.marker! : String(((index + 3) * (j * 71 + 13)) % 97),
      );
      change(cells, index);
      return [row.id, ...cells].join(',');
    }),
  ].join('\n');

describe('hard data through run', () => {
  it('a constant variable, and one that is there twice: aliased, and said', async () => {
    const rows = patients((row) => {
      row.site = '1';
      row.again = row.marker!;
    });
    const more = `${variables}, site: continuous, again: continuous`;
    const { code, remarks } = await run(study(`${published}\nmodels: [clinical]`, more), {
      'clinical.csv': csv(rows),
    });
    expect(code).toBe(0);
    expect(remarks).toMatch(/Aliased.*site, again/);
  });

  it('separated outcomes: said, and the model stays finite', async () => {
    const rows = patients((row) => {
      row.response = Number(row.marker) > 3 ? 'yes' : 'no';
    });
    const { code, remarks, files } = await run(study(`${published}\nmodels: [clinical]`), {
      'clinical.csv': csv(rows),
    });
    expect(code).toBe(0);
    expect(remarks).toMatch(/separates the outcomes/);
    expect(files.get('out/models/clinical/model.json')!.toString()).not.toMatch(/NaN|Infinity|null,null/);
  });

  it('a level that only validation patients have: named, with what the models do', async () => {
    const rows = patients((row, index) => {
      if (index === 8 || index === 18) row.stage = 'T3';
    });
    const { code, remarks } = await run(study(`${published}\nmodels: [clinical]`), {
      'clinical.csv': csv(rows),
    });
    expect(code).toBe(0);
    expect(remarks).toMatch(/stage = T3 occurs in 2 validation patients and in no training patient/);
  });

  it('few events, fewer than folds, and small folds for knn: recorded fallbacks', async () => {
    const rows = patients((row, index) => {
      row.response = index % 7 === 0 ? 'yes' : 'no';
    });
    const { code, err, remarks, files } = await run(
      study(
        'profile: defensible\nmodels: [clinical]\nclassifiers: [logistic-regression, knn]\nresampling: {inner: 10, outer: 2, bootstraps: 0, pipeline: 0}',
      ),
      {
        'clinical.csv': csv(
          rows.filter((row, index) => row.cohort === 'validation' || row.response === 'yes' || index < 14),
        ),
      },
    );
    expect(code, err).toBe(0);
    expect(remarks).toMatch(/training cohort has only \d patients of the rarer outcome/);
    expect(remarks).toMatch(/Tuning left out .*knn.*15.*: K nearest neighbours with 15 neighbours needs/);
    const metrics = JSON.parse(files.get('out/metrics.json')!.toString());
    expect(metrics.resampling.innerFolds).toBeLessThan(10);
  });

  it('constant and duplicated feature columns leave, more components than rank are not made', async () => {
    const rows = patients();
    const table = features(rows, 8, (cells) => {
      cells[3] = '7';
      cells[4] = cells[0]!;
    });
    const { code, steps } = await run(
      `${study(`${published}\nmodels: [radiomics, deep]\nselection: [spearman, z-score]\ndeep: {components: 500}`)}features: {radiomics: r.csv, deep: d.csv}\n`,
      { 'clinical.csv': csv(rows), 'r.csv': table, 'd.csv': table },
    );
    expect(code).toBe(0);
    const count = (block: string, step: string) => steps[block]!.find((one) => one.step === step)!.count;
    expect([count('radiomics', 'input'), count('radiomics', 'constant')]).toEqual([8, 7]);
    expect(count('radiomics', 'spearman')).toBeLessThan(7);
    // a constant and a copy: rank 6 at most
    expect(count('deep', 'pca')).toBeLessThanOrEqual(6);
  });

  it.each([
    [
      'NaN in a clinical column',
      (row: Row) => {
        row.age = 'NaN';
      },
      'table-number',
      /"NaN" is no number/,
    ],
    [
      'an infinite clinical value',
      (row: Row) => {
        row.age = '1e999';
      },
      'table-number',
      /"1e999" is no number/,
    ],
    [
      'text in a number column',
      (row: Row) => {
        row.age = 'old';
      },
      'table-number',
      /"old" is no number/,
    ],
  ])('refuses %s', async (_, change, code, sentence) => {
    const rows = patients((row, index) => {
      if (index === 5) change(row);
    });
    const found = await run(study(`${published}\nmodels: [clinical]`), { 'clinical.csv': csv(rows) });
    expect(found.code).toBe(2);
    const { error } = JSON.parse(found.err);
    expect(error).toMatchObject({ code, field: 'age', line: 7 });
    expect(error.message).toMatch(sentence);
  });

  it.each([
    ['inf', /"inf" is no number/, 'table-number'],
    ['NaN', /"NaN" is no number/, 'table-number'],
  ])('refuses %s in a feature table', async (cell, sentence, code) => {
    const rows = patients();
    const table = features(rows, 4, (cells, index) => {
      if (index === 2) cells[1] = cell;
    });
    const found = await run(
      `${study(`${published}\nmodels: [radiomics]\nselection: [z-score]`)}features: {radiomics: r.csv}\n`,
      { 'clinical.csv': csv(rows), 'r.csv': table },
    );
    expect(found.code).toBe(2);
    const { error } = JSON.parse(found.err);
    expect(error).toMatchObject({ code, file: 'r.csv', field: 'f1' });
    expect(error.message).toMatch(sentence);
  });

  it('refuses two columns of one name, one outcome only, and LASSO with more folds than patients', async () => {
    const rows = patients();
    const twice = csv(rows).replace('age,marker', 'age,age');
    expect((await run(study(published), { 'clinical.csv': twice })).err).toContain('column-duplicate');
    const one = patients((row) => {
      if (row.cohort === 'training') row.response = 'no';
    });
    const single = await run(study(published), { 'clinical.csv': csv(one) });
    expect(JSON.parse(single.err).error).toMatchObject({ code: 'one-class', field: 'response' });
    const folds = await run(
      `${study(`${published}\nmodels: [radiomics]\nselection: [z-score, {lasso: {folds: 100}}]`)}features: {radiomics: r.csv}\n`,
      { 'clinical.csv': csv(rows), 'r.csv': features(rows, 4) },
    );
    expect(JSON.parse(folds.err).error).toMatchObject({
      code: 'too-few-rows',
      field: 'selection.lasso.folds',
    });
  });

  it('evaluate refuses probabilities outside 0 to 1 where they must be some, and says what it leaves out else', () =>
    inFolder((folder) => {
      const path = join(folder, 'p.csv');
      writeFileSync(
        path,
        [
          'id,p,y',
          ...patients().map(
            (row, i) => `${row.id},${i === 3 ? 1.4 : i / 60},${row.response === 'yes' ? 1 : 0}`,
          ),
        ].join('\n'),
      );
      const said = sentinode(['evaluate', path, '--outcome', 'y', '--scores', 'p', '--json'], folder);
      expect(said.code).toBe(0);
      expect(JSON.parse(said.out).scores.p.notComputed.join(' ')).toMatch(/1\.4 lies outside 0 to 1/);
      const refused = sentinode(
        ['evaluate', path, '--outcome', 'y', '--scores', 'p', '--probabilities', 'p', '--json'],
        folder,
      );
      expect(refused.code).toBe(2);
      expect(JSON.parse(refused.err).error).toMatchObject({ code: 'probability-range', field: 'p', line: 5 });
    }));
});

describe('docs/guide/clinical-variables.md', () => {
  it('has a study that runs: derived variables, conflicts, imputed values, and a prediction with a gap', () =>
    inFolder((folder) => {
      const guide = readFileSync(
        new URL('../../../../docs/guide/clinical-variables.md', import.meta.url),
        'utf8',
      );
      writeFileSync(join(folder, 'study.yaml'), guide.match(/```yaml\n(name:[\s\S]*?)```/)![1]!);
      const rows = Array.from({ length: 90 }, (_, i) => {
        const er = (i * 37) % 5 === 0 ? 0 : ((i * 29) % 90) + 5;
        const ihc = ['0', '1+', '2+', '3+'][(i * 13) % 4]!;
        const ish = ihc === '2+' ? (i % 3 === 0 ? 'positive' : 'negative') : '';
        const good = (ihc === '3+' ? 30 : 0) + (er === 0 ? 15 : 0) + ((i * 53) % 60) > 42;
        return {
          patient: `P${i + 1}`,
          age: i % 11 === 4 ? '' : String(35 + ((i * 17) % 40)),
          er_percent: i % 13 === 6 ? '' : String(er),
          pr_percent: String((i * 31) % 70),
          her2_ihc: ihc,
          her2_ish: ish,
          her2: i === 3 ? 'negative' : '',
          ki67_percent: String((i * 41) % 80),
          nodes_examined: '12',
          nodes_positive: good ? '0' : '2',
        };
      });
      writeFileSync(join(folder, 'clinical.csv'), csv(rows));
      const checked = sentinode(['check', 'study.yaml', '--out', 'check.html', '--quiet'], folder);
      expect(checked.code, checked.err).toBe(0);
      expect(checked.out).toMatch(/Derived her2: by her2_ihc.*1 conflict with her2/);
      expect(readFileSync(join(folder, 'check.html'), 'utf8')).toMatch(
        /Conflicts of derived variables.*<td>P4<\/td><td>her2<\/td><td>negative<\/td><td>positive<\/td>/,
      );
      const done = sentinode(['run', 'study.yaml', '--out', 'out', '--quiet'], folder);
      expect(done.code, done.err).toBe(0);
      const files = filesUnder(join(folder, 'out'));
      const text = (name: string) => files.get(name)!.toString();
      expect(text('tables/derivation-conflicts.csv')).toMatch(
        /P4,her2,negative,positive,positive,her2 says otherwise/,
      );
      expect(text('ledger.csv')).toMatch(/P4,.*her2: supplied negative, derived positive, used positive/);
      expect(text('ledger.csv')).toMatch(/P5,[^\n]*,age,,Research/);
      expect(text('tables/baseline.csv')).toMatch(/proliferation/);
      expect(text('tables/imputation-coefficients.csv')).toMatch(/er=positive/);
      expect(text('tables/imputation-auc.csv')).toMatch(/complete cases[\s\S]*imputed/);
      expect(text('report.html')).toMatch(/Missing clinical values/);
      writeFileSync(
        join(folder, 'new.csv'),
        'patient,age,er,her2,proliferation\nN1,50,negative,,high\nN2,50,negative,positive,high\n',
      );
      const predicted = sentinode(
        ['predict', '--model', 'out/models/clinical', '--table', 'new.csv', '--json'],
        folder,
      );
      expect(predicted.code, predicted.err).toBe(0);
      const [gap, whole] = JSON.parse(predicted.out) as {
        probability: number;
        reasons: string[];
        domain: string;
      }[];
      expect(whole!.domain).toBe('in');
      const { clinical } = JSON.parse(text('models/clinical/model.json')) as { clinical: { name: string }[] };
      expect(clinical.map(({ name }) => name)).toContain('her2');
      expect(gap!.reasons.join()).toMatch(/her2 is missing and was imputed \(10 draws\)/);
      expect(gap!.probability).toBeGreaterThan(0);
      expect(gap!.probability).not.toBe(whole!.probability);
    }));
});
