import { createRandom, type FeatureTable, type Matrix, matrixOfColumns } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../reference/locator.ts';
import type { Layer } from './classifiers/mlp/network.ts';
import { mlpOptions } from './classifiers/mlp/options.ts';
import { networkProbabilities, trainNetwork } from './classifiers/mlp/train.ts';
import { resolveClassifier, resolveStep, transform } from './index.ts';
import type { LassoState } from './steps/lasso/index.ts';
import type { PcaState } from './steps/pca/fit-pca.ts';
import type { ZScoreState } from './steps/z-score/index.ts';
import { largestDifference } from './testing/reference-tables.ts';

/** Largest differences to scikit-learn 1.2.1 and SciPy in random settings on random tables. */
const tolerance = {
  // both optima have gradients of about 1e-12
  'logistic-regression': 1e-8,
  'gaussian-nb': 1e-10,
  // brute-force distances of the peer come from products, so that they lose half their digits near 0
  knn: 1e-7,
  svmDecision: 1e-5,
  // the peer stops the sigmoid when its gradient is about 1e-5
  platt: 2e-5,
  mlp: 1e-10,
  exact: 1e-9,
  // the peer takes sums of squares apart, which loses digits where a mean is large beside its spread
  f: 1e-6,
  lasso: 1e-6,
};

interface Case {
  readonly model: string;
  readonly table: number;
  readonly options: Record<string, unknown>;
  readonly doubt?: number[];
  readonly tied?: number[];
  readonly probability?: number[];
  readonly decision?: number[];
  readonly initial?: { inputs: number; outputs: number; weights: number[]; intercepts: number[] }[];
  readonly order?: number[][] | number[];
  readonly losses?: number[];
  readonly [expected: string]: unknown;
}
interface Differential {
  readonly tables: { kind: string; x: number[][]; y: (0 | 1)[]; test: number[][] }[];
  readonly cases: Case[];
}

const path = process.env.SENTINODE_DIFFERENTIAL ?? reference('learning', 'differential.json');
const { tables, cases } = readJson<Differential>(path);

const tableOf = (rows: readonly number[][]): FeatureTable => ({
  ids: rows.map((_, row) => `p${row}`),
  names: rows[0]!.map((_, column) => `x${column}`),
  columns: rows[0]!.map((_, column) => Float64Array.from(rows, (row) => row[column]!)),
});
const data = tables.map((one) => {
  const raw = tableOf(one.x);
  const rawTest = tableOf(one.test);
  const { step } = resolveStep('z-score');
  const scaler = step.fit(raw, {}, { outcomes: one.y, readers: null, random: createRandom(1) });
  return {
    raw,
    rawTest,
    train: transform(scaler, raw),
    test: transform(scaler, rawTest),
    outcomes: one.y,
    kind: one.kind,
  };
});
const of = (model: string) =>
  cases
    .map((one, index) => [`${index} ${data[one.table]!.kind} ${JSON.stringify(one.options)}`, one] as const)
    .filter(([, one]) => one.model === model);
const relative = (own: ArrayLike<number>, expected: readonly number[]): number =>
  largestDifference(
    Array.from(own, (value, i) => value / Math.max(1e-300, Math.abs(expected[i]!))),
    expected.map((value) => Math.sign(value) * (value === 0 ? 0 : 1)),
  );

function fitted({ model, table, options }: Case) {
  const { raw, rawTest, train, test, outcomes } = data[table]!;
  const { raw: isRaw, ...declared } = options;
  const { classifier, options: complete } = resolveClassifier({ [model]: declared });
  const one = classifier.fit(isRaw ? raw : train, outcomes, complete, createRandom(1));
  const rows = isRaw ? rawTest : test;
  return {
    probability: classifier.predictProba(one, rows),
    decision: classifier.decision?.(one, rows),
  };
}
function fittedStep({ model, table, options }: Case, isScaled = false) {
  const { raw, train, outcomes } = data[table]!;
  const { step, options: complete } = resolveStep({ [model]: options });
  return step.fit(isScaled ? train : raw, complete, { outcomes, readers: null, random: createRandom(1) });
}

describe('classifiers in random settings', () => {
  it.each(of('logistic-regression'))('logistic regression %s', (_title, one) => {
    expect(largestDifference(fitted(one).probability, one.probability!)).toBeLessThan(
      tolerance['logistic-regression'],
    );
  });
  it.each(of('gaussian-nb'))('naive Bayes %s', (_title, one) => {
    expect(largestDifference(fitted(one).probability, one.probability!)).toBeLessThan(
      tolerance['gaussian-nb'],
    );
  });
  it.each(of('knn'))('nearest neighbours %s', (_title, one) => {
    // rows where a tie at the last neighbour decides are the peer's choice
    const clear = (values: ArrayLike<number>) =>
      Array.from(values).filter((_, row) => !one.tied!.includes(row));
    expect(largestDifference(clear(fitted(one).probability), clear(one.probability!))).toBeLessThan(
      tolerance.knn,
    );
  });
  it.each(of('svm'))('support vectors %s', (_title, one) => {
    const own = fitted(one);
    expect(largestDifference(own.decision!, one.decision!)).toBeLessThan(tolerance.svmDecision);
    expect(largestDifference(own.probability, one.probability!)).toBeLessThan(tolerance.platt);
  });
  it.each(of('mlp'))('perceptron %s', (_title, one) => {
    const { train, test, outcomes } = data[one.table]!;
    const rows = (own: FeatureTable): Matrix => matrixOfColumns(own.columns.slice(0, 6), own.ids.length);
    const layers = one.initial!.map(
      (layer): Layer => ({
        ...layer,
        weights: Float64Array.from(layer.weights),
        intercepts: Float64Array.from(layer.intercepts),
      }),
    );
    const options = mlpOptions.parse(one.options);
    const order = one.order as number[][];
    const trained = trainNetwork(
      layers,
      { matrix: rows(train), outcomes },
      options,
      (epoch) => order[epoch]!,
      null,
    );
    expect(largestDifference(trained.losses, one.losses!)).toBeLessThan(tolerance.mlp);
    const own = networkProbabilities(trained.layers, options.activation, rows(test));
    expect(largestDifference(own, one.probability!)).toBeLessThan(tolerance.mlp);
  });
});

describe('steps in random settings', () => {
  it.each(of('z-score'))('z-score %s', (_title, one) => {
    const { mean, sd } = fittedStep(one).state as ZScoreState;
    expect(largestDifference(mean, one.mean as number[])).toBeLessThan(tolerance.exact);
    expect(relative(sd, one.sd as number[])).toBeLessThan(tolerance.exact);
  });
  it.each(of('univariate'))('F %s', (_title, one) => {
    const { details, input } = fittedStep({ ...one, options: { ...one.options, keep: 1000 } });
    const own = input.map((name) => (details[name]?.score as number | undefined) ?? -1);
    expect(relative(own, one.score as number[])).toBeLessThan(tolerance.f);
  });
  it.each(of('pca'))('principal components %s', (_title, one) => {
    const state = fittedStep(one).state as PcaState;
    expect([state.rank]).toEqual([one.rank].flat());
    expect(relative(state.variance, one.variance as number[])).toBeLessThan(tolerance.exact);
    expect(largestDifference(state.loadings[0]!.map(Math.abs), one.first as number[])).toBeLessThan(
      tolerance.exact,
    );
  });
  it.each(of('lasso'))('LASSO %s', (_title, one) => {
    const { fit } = fittedStep(one, true).state as LassoState;
    expect(relative([fit.alpha], one.alpha as number[])).toBeLessThan(tolerance.exact);
    // the fourth column repeats the first in some tables: only the sum of the two is determined
    const isTwin = data[one.table]!.kind === 'usual' && fit.coefficients.length > 3;
    const merged = (values: readonly number[]) =>
      isTwin ? values.map((value, j) => (j === 0 ? value + values[3]! : j === 3 ? 0 : value)) : values;
    expect(largestDifference(merged(fit.coefficients), merged(one.coefficients as number[]))).toBeLessThan(
      tolerance.lasso,
    );
  });
  it.each(of('mann-whitney'))('Mann-Whitney %s', (_title, one) => {
    const { details, input } = fittedStep(one);
    const own = input.map((name) => details[name]!.p as number);
    expect(relative(own, one.p as number[])).toBeLessThan(tolerance.exact);
  });
  it.each(of('mrmr'))('mRMR %s', (_title, one) => {
    const { details, input } = fittedStep(one);
    const ranked = input
      .filter((name) => details[name] !== undefined)
      .sort((a, b) => (details[a]!.rank as number) - (details[b]!.rank as number));
    expect(ranked.map((name) => input.indexOf(name))).toEqual(one.order);
  });
});
