import { createRandom, type FeatureTable, joinRows, selectRows } from '@sentinode/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { StudyHost } from '../host/study-host.ts';
import { preparingModels } from '../models/prepare-models.ts';
import { recipeOf } from '../models/recipe.ts';
import { profileOf } from '../profiles/index.ts';
import { runUnit } from '../resampling/unit.ts';
import { bootstrapUnits, outerUnits } from '../resampling/units.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { trainingData } from './cohort-data.ts';
import { measureStudy } from './measure-study.ts';
import type { MeasuredStudy } from './measured-study.ts';
import { type PreparedStudy, prepareStudy } from './prepare-study.ts';
import { modelStudy } from './run-study.ts';

// whole studies in a test: slow on a busy machine
vi.setConfig({ testTimeout: 120_000 });

const N = 80;
const COPIES = 2;
const random = createRandom(11, 'deep rows');
const outcome = Array.from({ length: N }, (_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
const columns = (count: number, strength: number) =>
  Array.from({ length: count }, () =>
    Float64Array.from(outcome, (value) => random.normal() + strength * value),
  );
const csv = (names: readonly string[], values: readonly (readonly (string | number)[])[]) =>
  new TextEncoder().encode([['id', ...names], ...values].map((row) => row.join(',')).join('\n'));
const tableCsv = (name: string, own: readonly Float64Array[]) =>
  csv(
    own.map((_, at) => `${name}${at}`),
    outcome.map((_, row) => [`P${row}`, ...own.map((column) => column[row]!)]),
  );
const files = new Map([
  [
    't.csv',
    csv(
      ['y', 'cohort', 'marker'],
      outcome.map((y, row) => [
        `P${row}`,
        y,
        row % 8 < 2 ? 'validation' : 'training',
        50 + 10 * (random.normal() + y),
      ]),
    ),
  ],
  ['r.csv', tableCsv('pre_DCE_f', columns(5, 1))],
  ['d.csv', tableCsv('d', columns(12, 0.7))],
  ['e.csv', tableCsv('d', columns(12, 0.7))],
]);
const host: StudyHost = {
  readInput: async (path) => files.get(path),
  hasInput: async (path) => files.has(path),
  cache: { get: async () => undefined, put: async () => undefined },
  extract: () => Promise.reject(new Error('no images here')),
  concurrency: 1,
};
const studyOf = (more: string, profile = 'published') =>
  parseStudy(
    `name: t
profile: ${profile}
cohort: {table: t.csv, id: id, outcome: {column: y, positive: 1}, variables: {marker: continuous}, split: {column: cohort}}
features: {radiomics: r.csv, deep: d.csv, adjacent: e.csv, visits: [pre], sequences: [DCE]}
deep: {components: 6}
selection: [mann-whitney, z-score]
models: [radiomics, deep, dlr]
comparison: false
resampling: {inner: 2, outer: 3, bootstraps: 2}
${more}`,
    'study.yaml',
  );

/** Copies of the rows of some patients, each a little different from the patient's own row. */
function copiesOf(deep: FeatureTable, ids: readonly string[]): FeatureTable[] {
  return Array.from({ length: COPIES }, (_, copy) => {
    const own = selectRows(deep, ids);
    const noise = createRandom(copy, 'copies');
    return {
      ...own,
      columns: own.columns.map((column) => column.map((value) => value + 0.3 * noise.normal())),
    };
  });
}

describe('copies of augmentation', () => {
  let prepared: PreparedStudy;
  let measured: MeasuredStudy;
  let training: string[];
  beforeAll(async () => {
    prepared = await prepareStudy(studyOf(''), host);
    const plain = await measureStudy(prepared, host);
    training = prepared.ledger.rows.filter(({ cohort }) => cohort === 'training').map(({ id }) => id);
    measured = { ...plain, adjacent: null, copies: copiesOf(plain.deep!, training) };
  });
  const recipe = (classifiers = '') => {
    const study = studyOf(classifiers);
    return recipeOf(study, profileOf(study.profile), prepared.models);
  };

  it('are rows of the components and of classifiers with deep features; everything else counts patients', () => {
    const data = trainingData(prepared, measured);
    const rows = data.ids.map((_, row) => row);
    const [radiomics, deep, dlr] = preparingModels(recipe(), data)(rows, createRandom(1, 'x'));
    const stacked = [data.ids, data.ids, data.ids].flat();
    expect(radiomics!.inputs.ids).toEqual(data.ids);
    for (const model of [deep!, dlr!]) {
      expect(model.inputs.ids).toEqual(stacked);
      expect(model.outcomes).toEqual([data.outcomes, data.outcomes, data.outcomes].flat());
      expect(model.patients.inputs.ids).toEqual(data.ids);
    }
    const byStep = new Map(deep!.shared.deep!.pipeline.steps.map((step) => [step.step, step.rows]));
    expect(byStep.get('pca')).toEqual(stacked);
    expect(byStep.get('mann-whitney')).toEqual(data.ids);
    expect(byStep.get('z-score')).toEqual(data.ids);
    const tied = dlr!.inputs.names.findIndex((name) => name.startsWith('pre_DCE_'));
    const column = dlr!.inputs.columns[tied]!;
    const n = data.ids.length;
    expect(column.subarray(n, 2 * n)).toEqual(column.subarray(0, n));
  });
  it.each(['logistic-regression', 'svm', '{mlp: {early_stopping: true, max_iter: 5}}'])(
    'of a patient who is tested are in no fit that tests them (%s)',
    (classifier) => {
      const study = studyOf(`classifiers: [${classifier}]`);
      const own = recipe(`classifiers: [${classifier}]`);
      const data = trainingData(prepared, measured);
      for (const unit of [outerUnits(study, data)[0]!, bootstrapUnits(study, data, 1)[0]!]) {
        const inFit = new Set(
          unit.kind === 'outer' ? unit.train : unit.kind === 'bootstrap' ? unit.rows : [],
        );
        const changed = {
          ...data,
          copies: data.copies.map((copy) => ({
            ...copy,
            columns: copy.columns.map((column) =>
              column.map((value, row) => (inFit.has(row) ? value : 1e6 + row)),
            ),
          })),
        };
        expect(runUnit({ recipe: own, data: changed, unit })).toEqual(runUnit({ recipe: own, data, unit }));
        const first = [...inFit][0]!;
        const other = {
          ...data,
          copies: data.copies.map((copy) => ({
            ...copy,
            columns: copy.columns.map((column) =>
              column.map((value, row) => (row === first ? value + 3 : value)),
            ),
          })),
        };
        expect(runUnit({ recipe: own, data: other, unit })).not.toEqual(runUnit({ recipe: own, data, unit }));
      }
    },
  );
  it('are seen by the audit, which finds those of validation patients', async () => {
    const clean = await modelStudy(prepared, measured, host);
    expect(clean.audit.findings.filter(({ severity }) => severity === 'leak')).toEqual([]);
    const { fitted, sets } = clean.audit.trail;
    const named = fitted.filter(({ where }) => where.startsWith('augmented pictures'));
    expect(named.map(({ rows }) => sets[rows])).toEqual([training, training]);
    const classifier = fitted.find(({ where }) => where === 'model dlr: logistic-regression')!;
    expect(sets[classifier.rows]).toHaveLength(3 * training.length);
    expect(clean.results.models[2]!.training.n).toBe(training.length);
    const all = prepared.ledger.rows.map(({ id }) => id);
    const leaky = await modelStudy(prepared, { ...measured, copies: copiesOf(measured.deep!, all) }, host);
    expect(leaky.audit.findings.map(({ code }) => code)).toContain('fitted-on-validation');
    const adjacent = { features: measured.deep!, copies: copiesOf(measured.deep!, all), slices: null };
    const repeated = await modelStudy(prepared, { ...measured, adjacent }, host);
    const found = repeated.audit.findings.filter(({ code }) => code === 'fitted-on-validation');
    expect(found.map(({ where }) => where)).toContain('augmented pictures (adjacent slices), copy 1');
    for (const { where } of found) expect(where).toContain('(adjacent slices)');
  });
  it('that equal their patients change no component and no test', () => {
    const same = {
      ...measured,
      copies: Array.from({ length: 2 }, () => selectRows(measured.deep!, training)),
    };
    const rows = training.map((_, row) => row);
    const fit = (given: MeasuredStudy) =>
      preparingModels(recipe(), trainingData(prepared, given))(rows, createRandom(1, 'x'))[1]!;
    const [bare, tripled] = [fit({ ...measured, copies: [] }), fit(same)];
    expect(tripled.blocks.deep!.columns).toEqual(bare.blocks.deep!.columns);
    tripled.blocks.deep!.loadings.forEach((loadings, component) => {
      loadings.forEach((value, at) => {
        expect(value).toBeCloseTo(bare.blocks.deep!.loadings[component]![at]!, 9);
      });
    });
    expect(joinRows(bare.inputs, bare.inputs).ids).toHaveLength(2 * training.length);
  });
});

describe('sensitivity to adjacent slices', () => {
  it('repeats the models with deep features and compares them on the same patients', async () => {
    const study = studyOf('', 'defensible');
    const prepared = await prepareStudy(study, host);
    const { results, features, audit } = await modelStudy(prepared, await measureStudy(prepared, host), host);
    const { comparisons, slices } = results.adjacentSlices!;
    expect(slices).toBeNull();
    expect(comparisons.map(({ model, rows }) => `${model} ${rows}`)).toEqual(
      ['deep', 'dlr'].flatMap((model) =>
        ['training', 'outer folds', 'validation'].map((rows) => `${model} ${rows}`),
      ),
    );
    for (const one of comparisons) {
      expect(one.difference).toBeCloseTo(one.adjacent.auc - one.usual.auc, 12);
      expect(one.ci[0]).toBeLessThanOrEqual(one.difference);
      expect(one.ci[1]).toBeGreaterThanOrEqual(one.difference);
      expect(one.n).toBe(one.rows === 'validation' ? 20 : 60);
    }
    const own = results.models.find(({ name }) => name === 'dlr')!;
    expect(comparisons.at(-1)!.usual).toEqual(own.validation.auc);
    const nested = results.resampling!.nested.find(({ model }) => model === 'dlr')!;
    expect(comparisons.at(-2)!.usual).toEqual(nested.pooled);
    expect(results.audit.reads.map(({ purpose }) => purpose)).toContain(
      'sensitivity to adjacent slices: the repeated models',
    );
    const { fitted, decisions, sets } = audit.trail;
    const training = prepared.ledger.rows.filter(({ cohort }) => cohort === 'training').map(({ id }) => id);
    const repeated = fitted.filter(({ where }) => where.includes('(adjacent slices)'));
    const usual = fitted.filter((one) => !repeated.includes(one)).map(({ where }) => where);
    expect(repeated.map(({ where }) => where.replace(' (adjacent slices)', ''))).toEqual(
      usual.filter((where) => !where.startsWith('model radiomics')),
    );
    expect(usual).toContain('deep selection: pca');
    for (const { rows } of repeated) expect(sets[rows]).toEqual(training);
    expect(decisions.map(({ what }) => what)).toContain('cut-off of dlr (adjacent slices)');
    expect([...features.keys()]).toContain('deep-adjacent');
    expect(results.notComputed.map(({ item }) => item)).not.toContain('Sensitivity to adjacent slices');
  });
  it('gives what a study of the other table gives, and no difference between equal tables', async () => {
    const run = async (deep: string, adjacent: string) => {
      const text = studyOf('');
      const study = { ...text, features: { ...text.features!, deep, adjacent } };
      const prepared = await prepareStudy(study, host);
      return (await modelStudy(prepared, await measureStudy(prepared, host), host)).results;
    };
    const [one, other, same] = [
      await run('d.csv', 'e.csv'),
      await run('e.csv', 'd.csv'),
      await run('d.csv', 'd.csv'),
    ];
    const dlr = (results: typeof one) => results.models.find(({ name }) => name === 'dlr')!;
    const last = one.adjacentSlices!.comparisons.at(-1)!;
    expect(last.adjacent).toEqual(dlr(other).validation.auc);
    expect(same.adjacentSlices!.comparisons.map(({ difference, p }) => [difference, p])).toEqual(
      same.adjacentSlices!.comparisons.map(() => [0, 1]),
    );
  });
  it('says why there is none', async () => {
    const text = studyOf('');
    const study = { ...text, features: { ...text.features!, adjacent: undefined } };
    const prepared = await prepareStudy(study, host);
    const { results } = await modelStudy(prepared, await measureStudy(prepared, host), host);
    expect(results.adjacentSlices).toBeNull();
    expect(results.notComputed).toContainEqual({
      item: 'Sensitivity to adjacent slices',
      reason: expect.stringContaining('features: {adjacent'),
    });
  });
});
