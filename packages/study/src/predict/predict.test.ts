import { existsSync, readFileSync } from 'node:fs';
import { createRandom, type FeatureTable, parseNumber } from '@sentinode/core';
import { classifierInputs, fitClassifier, predictProba } from '@sentinode/learning';
import { riskAtPoints } from '@sentinode/statistics';
import { beforeAll, describe, expect, it } from 'vitest';
import { reference } from '../../../../reference/locator.ts';
import { readBundle, writeBundle } from '../bundle/bundle.ts';
import type { StudyOutcome } from '../engine/outcome.ts';
import { runStudy } from '../engine/run-study.ts';
import type { StudyHost } from '../host/study-host.ts';
import { type ImageSignature, seenImages, signatureOf } from '../images/image-signature.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { ModelData } from '../models/model-data.ts';
import { basisOf, inBasis, predictionInterval } from '../models/pipeline-resamples.ts';
import { preparingModels } from '../models/prepare-models.ts';
import { runPipelineFits } from '../resampling/pipeline-fits.ts';
import { parseStudy } from '../study-file/parse-study.ts';
import { calculatorModels, scoreTyped, typedPredictors } from './calculator.ts';
import { contributionsOf } from './contributions.ts';
import { checkDomain } from './domain.ts';
import { clinicalValuesOf, clinicalVariablesOf, scorePatient } from './score-patient.ts';

const N = 80;
const random = createRandom(8, 'predict test');
const outcomes = Array.from({ length: N }, (_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
const column = (strength: number): Float64Array =>
  Float64Array.from(outcomes, (value) => 3 + 2 * (random.normal() + strength * value));
const ids = outcomes.map((_, row) => `P${row}`);
const table = (prefix: string, strengths: readonly number[]): FeatureTable => ({
  ids,
  names: strengths.map((_, j) => `${prefix}${j}`),
  columns: strengths.map(column),
});
const radiomics = table('pre_DCE_f', [1, 0.8, 0.6, 0.3, 0, 0, 0, 0]);
const deep = table('d', [0.9, 0.7, ...new Array<number>(118).fill(0)]);
const age = column(0.4).map((value) => Math.round(45 + 4 * value));
const csv = (header: readonly string[], rows: readonly (readonly unknown[])[]): Uint8Array =>
  new TextEncoder().encode([header, ...rows].map((row) => row.join(',')).join('\n'));
const asCsv = ({ names, columns }: FeatureTable): Uint8Array =>
  csv(
    ['id', ...names],
    ids.map((id, row) => [id, ...columns.map((one) => one[row])]),
  );
const files = new Map([
  [
    'clinical.csv',
    csv(
      ['id', 'response', 'cohort', 'age'],
      ids.map((id, row) => [id, outcomes[row], row % 10 < 7 ? 'training' : 'validation', age[row]]),
    ),
  ],
  ['radiomics.csv', asCsv(radiomics)],
  ['deep.csv', asCsv(deep)],
]);
const host: StudyHost = {
  readInput: async (path) => files.get(path),
  hasInput: async (path) => files.has(path),
  cache: { get: async () => undefined, put: async () => undefined },
  extract: () => Promise.reject(new Error('no images here')),
  concurrency: 1,
};
const study = (more: string): string => `name: predicted
profile: published
cohort:
  table: clinical.csv
  id: id
  outcome: {column: response, positive: 1}
  variables: {age: continuous}
  units: {age: years}
  split: {column: cohort}
features: {radiomics: radiomics.csv, deep: deep.csv, visits: [pre], sequences: [DCE]}
models: [dlr]
comparison: false
statistics: {resamples: 100}
${more}
`;
const run = (more: string): Promise<StudyOutcome> => runStudy(parseStudy(study(more), 'study.yaml'), host);

const featureOf =
  (row: number) =>
  (name: string): number | undefined => {
    for (const { names, columns } of [radiomics, deep]) {
      const at = names.indexOf(name);
      if (at >= 0) return columns[at]![row];
    }
    return undefined;
  };
const patient = (row: number) => ({ id: 'new', feature: featureOf(row), clinical: { age: age[row]! } });

describe('a bundle with resampled models', () => {
  let outcome: StudyOutcome;
  let bundle: Awaited<ReturnType<typeof readBundle>>;
  beforeAll(async () => {
    outcome = await run('resampling: {bootstraps: 0, intervals: 200}');
    const written = await writeBundle(outcome.models[0]!, null, {
      resamples: outcome.resamples[0]!,
      development: outcome.development[0]!,
    });
    bundle = await readBundle(async (name) => written.get(name), 'bundle');
  }, 120_000);

  it('scores a moved patient with the bits of the run, and an interval round them', () => {
    const { model, resamples } = bundle;
    const stored = outcome.predictions.find(({ patient: id }) => id === 'P8')!;
    const { probability, interval, intervalNote, predictors } = scorePatient(model, patient(8), {
      resamples,
    });
    expect(probability).toBe(stored.probability);
    expect(interval![0]).toBeLessThan(interval![1]);
    expect(interval![0]).toBeGreaterThanOrEqual(0);
    expect(interval![1]).toBeLessThanOrEqual(1);
    expect(intervalNote).toContain('percentiles over 200 models');
    expect(intervalNote).toContain('does not cover');
    const before = scorePatient(outcome.models[0]!, patient(8), { resamples: outcome.resamples[0] });
    expect(interval).toEqual(before.interval);
    const measured = predictors.find(({ variable }) => variable.startsWith('pre_DCE'))!;
    expect(measured.value).toBe(featureOf(8)(measured.variable));
  });

  it('holds no patient of the study', () => {
    const text = JSON.stringify([bundle.model, bundle.resamples, bundle.development]);
    expect(text).not.toMatch(/"P\d+"/);
    expect(bundle.model.classifier.rows[0]).toBe('row-1');
  });

  it('is scored from typed predictors to the same bits, with points that add up to the probability', () => {
    const nomogram = outcome.results.models[0]!.nomogram!;
    const { models, leftOut } = calculatorModels([bundle.model], [nomogram]);
    expect(leftOut).toEqual([]);
    expect(JSON.stringify(models).length).toBeLessThan(20_000);
    for (const row of [2, 8, 17]) {
      const { probability, predictors, contributions } = scorePatient(bundle.model, patient(row));
      const typed = Object.fromEntries(
        typedPredictors(models[0]!).map(({ name }) => [
          name,
          name === 'age'
            ? age[row]!
            : (featureOf(row)(name) ??
              (predictors.find(({ variable }) => variable === name)!.value as number)),
        ]),
      );
      const found = scoreTyped(models[0]!, typed);
      expect(found.probability).toBe(probability);
      expect(found.contributions).toEqual(contributions);
      expect(riskAtPoints(nomogram, found.points!.total)).toBeCloseTo(probability!, 10);
    }
  });

  it('says how the model did where it was made', () => {
    expect(bundle.development!.training.auc).toEqual(outcome.results.models[0]!.training.auc);
    expect(bundle.development!.validation.n).toBe(24);
  });

  it('gives no interval from fewer models, from none, or without the columns that they read', () => {
    const { model, resamples } = bundle;
    const none = predictionInterval(model, null, patient(3));
    expect(none).toMatchObject({ interval: null, reason: expect.stringContaining('stored no') });
    const few = { ...resamples!, models: resamples!.models.slice(0, 199) };
    expect(predictionInterval(model, few, patient(3))).toMatchObject({
      interval: null,
      reason: expect.stringContaining('199'),
    });
    const own = new Set([...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])]);
    const less = {
      ...patient(3),
      feature: (name: string) => (own.has(name) && name !== 'd5' ? featureOf(3)(name) : undefined),
    };
    expect(predictionInterval(model, resamples, less)).toMatchObject({
      interval: null,
      reason: expect.stringContaining('not given'),
    });
    const variables = clinicalVariablesOf(model, resamples).map(({ name }) => name);
    expect(variables).toEqual(['age']);
    expect(clinicalValuesOf(clinicalVariablesOf(model, resamples), { age: ' ' })).toEqual({ age: null });
  });
});

describe('a bundle of an earlier version', () => {
  it('gives the probabilities that it gave then, bit for bit, and says what it lacks', async () => {
    const { model, resamples, development } = await readBundle(async (name) => {
      const path = reference('stored-bundle', name);
      return existsSync(path) ? Uint8Array.from(readFileSync(path)) : undefined;
    }, 'stored-bundle');
    expect([resamples, development]).toEqual([null, null]);
    const [header, ...rows] = readFileSync(reference('stored-bundle', 'scored.csv'), 'utf8')
      .trim()
      .split('\n');
    const names = header!.split(',');
    expect(rows).toHaveLength(12);
    for (const row of rows) {
      const cells = new Map(row.split(',').map((cell, at) => [names[at]!, cell]));
      const found = scorePatient(model, {
        id: cells.get('id')!,
        feature: (name) => parseNumber(cells.get(name) ?? ''),
        clinical: clinicalValuesOf(clinicalVariablesOf(model), Object.fromEntries(cells)),
      });
      expect(found.probability).toBe(parseNumber(cells.get('probability')!));
      expect(found.intervalNote).toContain('stored no resampled models');
      expect(found.domainChecked.join()).toContain('not: distance');
    }
  });
});

describe('resampled models', () => {
  const data: ModelData = {
    ids,
    outcomes,
    radiomics,
    readers: null,
    deep,
    copies: [],
    clinical: { variables: [], values: new Map() },
    groups: ids,
    centres: null,
  };
  it('are the pipeline fitted on the resample itself, components in full', () => {
    const recipe = {
      seed: 3,
      profile: 'published' as const,
      models: [{ name: 'deep', parts: ['deep' as const] }],
      radiomicSteps: ['undefined', 'z-score'],
      deepSteps: ['undefined', { pca: { components: 6 } }, 'z-score'],
      classifiers: ['logistic-regression'],
      candidates: ['logistic-regression'],
      choice: 'per-model' as const,
      innerFolds: 5,
      imputation: null,
    };
    const basis = basisOf([deep]);
    const rows = Array.from({ length: N }, () => random.integer(N));
    const { fits } = runPipelineFits({
      kind: 'pipeline-fits',
      recipe,
      data: { ...data, deep: inBasis(basis, deep) },
      chosen: ['logistic-regression'],
      first: 0,
      draws: [rows],
    });
    const stored = {
      schema: 'sentinode-resamples/1' as const,
      notice: '',
      repeated: [],
      fixed: [],
      basis,
      models: new Array(200).fill(fits[0]![0]!),
    };
    const [direct] = preparingModels(recipe, data)(rows, createRandom(1));
    const classifier = fitClassifier(
      'logistic-regression',
      classifierInputs(direct!),
      direct!.outcomes,
      createRandom(1),
    );
    const expected = predictProba(classifier, direct!.transform([0, 1, 2]));
    for (const row of [0, 1, 2]) {
      const found = predictionInterval({ classifier }, stored, patient(row));
      expect(Math.abs(found.interval![0] - expected[row]!)).toBeLessThan(1e-5);
    }
  });
  it('of a classifier that keeps patients are not stored', async () => {
    const outcome = await run('classifiers: [knn]\nresampling: {bootstraps: 0, intervals: 200}');
    expect(outcome.resamples).toEqual([null]);
    expect(scorePatient(outcome.models[0]!, patient(8)).intervalNote).toContain(
      'would hold training patients',
    );
  }, 60_000);
});

describe('contributions', () => {
  const linear = (coefficients: readonly number[]): LockedModel =>
    ({
      predictors: coefficients.map((_, j) => ({ name: `x${j}`, kind: 'radiomics', mean: 0.1 * j })),
      clinical: [],
      classifier: {
        classifier: 'logistic-regression',
        rows: [],
        options: {},
        input: coefficients.map((_, j) => `x${j}`),
        state: { intercept: -0.3, coefficients },
      },
    }) as unknown as LockedModel;
  it('of a linear model are its terms, and add up to the log-odds', () => {
    const found = contributionsOf(linear([1, -2]), Float64Array.of(0.5, 0.4));
    expect(found.values.map(({ value }) => value)).toEqual([0.5, -2 * (0.4 - 0.1)]);
    expect(found.base).toBeCloseTo(-0.3 - 0.2, 15);
  });
  it.each([3, 13])("of others are Shapley's: they add up, equal predictors get equal shares (%i)", (p) => {
    const rows = Array.from({ length: 60 }, (_, row) => String(row));
    const half = Array.from({ length: p }, () => Float64Array.from(rows, () => random.normal()));
    half[1] = half[0]!.slice();
    const truth = rows.map((_, row): 0 | 1 => (half[0]![row]! + half[2]![row]! > 0 ? 1 : 0));
    const input = { ids: rows, names: half.map((_, j) => `x${j}`), columns: half };
    const classifier = fitClassifier('gaussian-nb', input, truth, createRandom(1));
    const model = {
      predictors: input.names.map((name) => ({ name, kind: 'radiomics', mean: 0 })),
      clinical: [],
      classifier,
    } as unknown as LockedModel;
    const x = Float64Array.from(half, (values) => values[7]!);
    const { values, base, standardError, method } = contributionsOf(model, x);
    const whole = predictProba(classifier, {
      ids: ['x'],
      names: input.names,
      columns: Array.from(x, (value) => Float64Array.of(value)),
    })[0]!;
    expect(method).toContain('Shapley');
    expect(values.reduce((sum, { value }) => sum + value, base)).toBeCloseTo(whole, 12);
    expect(Math.abs(values[0]!.value - values[1]!.value)).toBeLessThanOrEqual(6 * standardError + 1e-12);
    expect(standardError).toBe(p === 3 ? 0 : standardError);
    expect(standardError < 0.05).toBe(true);
  });
});

describe('the domain check', () => {
  const geometry = {
    size: [12, 12, 6],
    spacing: [1, 1, 3],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as const;
  /** An image with a region brighter or darker than what is round it. */
  const looks = (background: number, region: number, spacing = 1, radius = 3): ImageSignature => {
    const data = new Float32Array(12 * 12 * 6);
    const mask = new Uint8Array(data.length);
    data.forEach((_, at) => {
      const [x, y] = [at % 12, Math.floor(at / 12) % 12];
      const inside = (x - 6) ** 2 + (y - 6) ** 2 < radius ** 2;
      mask[at] = inside ? 1 : 0;
      data[at] = (inside ? region : background) * (1 + 0.1 * random.normal());
    });
    const own = { ...geometry, spacing: [spacing, spacing, 3] as const };
    return signatureOf({ geometry: own, elementType: 'float32', data }, { geometry: own, data: mask });
  };
  const many = (background: number, region: number) =>
    Array.from({ length: 20 }, () => looks(background * (1 + 0.1 * random.uniform()), region));
  const model = {
    predictors: [],
    clinical: [],
    acquisition: {
      seen: [seenImages('pre', 'DCE', many(100, 300)), seenImages('pre', 'DWI', many(20, 15))],
    },
  } as unknown as LockedModel;
  const check = (signature: ImageSignature, sequence = 'DCE') =>
    checkDomain(model, new Float64Array(0), [{ visit: 'pre', sequence, signature }]);

  it('lets through what looks like training', () => {
    expect(check(looks(105, 300))).toMatchObject({ domain: 'in', reasons: [] });
  });
  it('names an image that is another sequence than it claims, and refuses', () => {
    const found = check(looks(21, 15));
    expect(found.domain).toBe('refused');
    expect(found.reasons.join()).toContain('it looks like pre DWI');
  });
  it('warns of another voxel size and refuses another protocol', () => {
    expect(check(looks(105, 300, 1.1)).domain).toBe('warned');
    expect(check(looks(105, 300, 1.8))).toMatchObject({
      domain: 'refused',
      reasons: expect.arrayContaining([expect.stringContaining('1.8 mm along x')]),
    });
  });
  it('warns of a larger region, in mm3', () => {
    expect(check(looks(105, 300, 1, 4)).reasons.join()).toMatch(/region of pre DCE has \d+ mm3/);
  });
  it('warns of predictors that are unusual together only', () => {
    const spread = {
      mean: [0, 0],
      covariance: [1, 0.9, 0.9, 1],
      largest: 3,
      percentile95: 2,
    };
    const range = { kind: 'radiomics', minimum: -3, maximum: 3, mean: 0 } as const;
    const two = {
      predictors: [
        { name: 'a', ...range },
        { name: 'b', ...range },
      ],
      radiomics: { columns: ['a', 'b'], mean: [0, 0], sd: [1, 1] },
      clinical: [],
      spread,
    } as unknown as LockedModel;
    expect(checkDomain(two, Float64Array.of(1, 1)).domain).toBe('in');
    expect(checkDomain(two, Float64Array.of(1.2, -1.2))).toMatchObject({
      domain: 'warned',
      reasons: [expect.stringContaining('Mahalanobis')],
    });
    expect(checkDomain(two, Float64Array.of(2.5, -2.5)).domain).toBe('refused');
  });
});
