import { createRandom, type FeatureTable, joinColumns } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readCsv, readJson, reference } from '../../../reference/locator.ts';
import {
  type FittedStep,
  fitClassifier,
  fitSteps,
  type LassoState,
  linearOf,
  type PcaState,
  predictProba,
  transformAll,
} from './index.ts';

/** Differences allowed to the peers; SOURCE.md of the reference study gives the reasons. */
const tolerance = {
  icc: 1e-9,
  p: 1e-9,
  alpha: 1e-9,
  coefficients: 1e-6,
  variance: 1e-9,
  loadings: 1e-8,
  probabilities: 1e-6,
};

const at = (name: string) => reference('reference-study', name);
const clinical = readCsv(at('clinical.csv'));
const trainingIds = clinical.filter((row) => row.cohort === 'training').map((row) => row.patient_id!);
const outcomes = trainingIds.map((id): 0 | 1 =>
  clinical.find((row) => row.patient_id === id)!.apcr === '1' ? 1 : 0,
);

function table(file: string, ids: readonly string[] = trainingIds): FeatureTable {
  const rows = new Map(readCsv(at(file)).map((row) => [row.patient_id!, row]));
  const names = Object.keys(rows.values().next().value!).slice(1);
  return {
    ids,
    names,
    columns: names.map((name) => Float64Array.from(ids, (id) => Number(rows.get(id)![name]))),
  };
}

interface Expected {
  readonly step: string;
  readonly count: number;
  readonly columns?: string[];
}
const steps = readJson<Record<string, Expected[]>>(at('expected/steps.json'));
const context = (readers: readonly [FeatureTable, FeatureTable] | null) => ({
  outcomes,
  readers,
  random: createRandom(18),
});
const step = (fitted: readonly FittedStep[], name: string): FittedStep =>
  fitted.find((entry) => entry.step === name)!;
const relative = (a: number, b: number): number => Math.abs(a - b) / Math.max(Math.abs(b), 1e-300);

describe('profile published on the reference study', () => {
  const radiomics = fitSteps(
    ['icc', 'constant', 'spearman', 'mann-whitney', 'z-score', 'lasso'],
    table('radiomics.csv'),
    context([table('reader1.csv'), table('reader2.csv')]),
  );
  const deep = fitSteps(['pca', 'mann-whitney', 'z-score', 'lasso'], table('deep.csv'), context(null));

  it('keeps the same columns after every step', () => {
    for (const expected of steps.radiomics!.filter((entry) => entry.step !== 'input')) {
      expect(step(radiomics.steps, expected.step).output, expected.step).toEqual(expected.columns);
    }
    for (const expected of steps.deep!.filter((entry) => entry.step !== 'input')) {
      expect(step(deep.steps, expected.step).output.length, expected.step).toBe(expected.count);
    }
  });

  it('gives the ICCs and p values of the peers', () => {
    for (const row of readCsv(at('expected/radiomics_icc.csv'))) {
      const value = step(radiomics.steps, 'icc').details[row.column!]!.icc;
      if (row.icc_2_1 === '') expect(value).toBeNull();
      else expect(relative(value as number, Number(row.icc_2_1))).toBeLessThan(tolerance.icc);
    }
    for (const row of readCsv(at('expected/radiomics_mannwhitney.csv'))) {
      const detail = step(radiomics.steps, 'mann-whitney').details[row.column!]!;
      expect(detail.u).toBe(Number(row.u_positive_class));
      expect(relative(detail.p as number, Number(row.p))).toBeLessThan(tolerance.p);
    }
    for (const row of readCsv(at('expected/radiomics_spearman_dropped.csv'))) {
      const by = Object.values(row)[1];
      expect(step(radiomics.steps, 'spearman').details[Object.values(row)[0]!]!.excludedBy).toBe(by);
    }
  });

  it('gives the LASSO of scikit-learn, converged', () => {
    for (const [fitted, file] of [
      [radiomics, 'radiomics_lasso.json'],
      [deep, 'deep_lasso.json'],
    ] as const) {
      const expected = readJson<{
        alpha: number;
        alpha_index: number;
        coefficients: number[];
        alphas: number[];
        mean_mse: number[];
        intercept: number;
      }>(at(`expected/${file}`));
      const { fit } = step(fitted.steps, 'lasso').state as LassoState;
      expect(fit.index).toBe(expected.alpha_index);
      expect(relative(fit.alpha, expected.alpha)).toBeLessThan(tolerance.alpha);
      fit.coefficients.forEach((value, j) =>
        expect(Math.abs(value - expected.coefficients[j]!)).toBeLessThan(
          tolerance.coefficients * Math.max(1, Math.abs(value)) * 1e-3,
        ),
      );
      fit.meanError.forEach((value, k) => expect(relative(value, expected.mean_mse[k]!)).toBeLessThan(1e-8));
    }
  });

  it('gives the principal components of an exact SVD', () => {
    const expected = readJson<{ rank: number; explained_variance: number[]; loadings_first_3: number[][] }>(
      at('expected/deep_pca.json'),
    );
    const state = step(deep.steps, 'pca').state as PcaState;
    expect(state.rank).toBe(expected.rank);
    state.variance.forEach((value, k) =>
      expect(relative(value, expected.explained_variance[k]!)).toBeLessThan(tolerance.variance),
    );
    expected.loadings_first_3.forEach((row, k) =>
      row.forEach((value, j) =>
        expect(Math.abs(state.loadings[k]![j]! - value)).toBeLessThan(tolerance.loadings),
      ),
    );
  });

  it('gives the coefficients and probabilities of all four models', () => {
    const config = readJson<{ variables: Record<string, string[]> }>(at('config.json'));
    const dummies = (ids: readonly string[]): FeatureTable => {
      const levels = config.variables.subtype!.slice(1);
      return {
        ids,
        names: levels.map((level) => `subtype=${level}`),
        columns: levels.map((level) =>
          Float64Array.from(ids, (id) =>
            clinical.find((row) => row.patient_id === id)!.subtype === level ? 1 : 0,
          ),
        ),
      };
    };
    const all = clinical.map((row) => row.patient_id!);
    const inputs = { radiomics: radiomics.output, deep: deep.output, clinical: dummies(trainingIds) };
    const everyone = {
      radiomics: transformAll(radiomics.steps, table('radiomics.csv', all)),
      deep: transformAll(deep.steps, table('deep.csv', all)),
      clinical: dummies(all),
    };
    const models = readJson<Record<string, { coefficients: number[]; intercept: number; columns: string[] }>>(
      at('expected/models.json'),
    );
    const predictions = readCsv(at('expected/predictions.csv'));
    for (const [name, expected] of Object.entries(models)) {
      const parts =
        name === 'dlr' ? (['radiomics', 'deep', 'clinical'] as const) : ([name as 'radiomics'] as const);
      const fitted = fitClassifier(
        'logistic-regression',
        joinColumns(...parts.map((part) => inputs[part])),
        outcomes,
        createRandom(1),
      );
      const linear = linearOf(fitted)!;
      expect(Math.abs(linear.intercept - expected.intercept)).toBeLessThan(tolerance.coefficients);
      linear.coefficients.forEach((value, j) =>
        expect(Math.abs(value - expected.coefficients[j]!), `${name} ${j}`).toBeLessThan(
          tolerance.coefficients,
        ),
      );
      const probabilities = predictProba(fitted, joinColumns(...parts.map((part) => everyone[part])));
      for (const row of predictions.filter((entry) => entry.model === name)) {
        const index = all.indexOf(row.patient ?? row.patient_id!);
        expect(Math.abs(probabilities[index]! - Number(row.probability))).toBeLessThan(
          tolerance.probabilities,
        );
      }
    }
  });

  it('records the rows that each step saw and survives JSON', () => {
    for (const fitted of [...radiomics.steps, ...deep.steps]) expect(fitted.rows).toEqual(trainingIds);
    const again = transformAll(
      JSON.parse(JSON.stringify(radiomics.steps)) as FittedStep[],
      table('radiomics.csv'),
    );
    again.columns.forEach((column, j) => expect(column).toEqual(radiomics.output.columns[j]));
  });
});
