import { readFileSync } from 'node:fs';
import { createRandom, matrixOfColumns } from '@sentinode/core';
import { resolveClassifier } from '@sentinode/learning';
import type { GradientBoostingState } from '../../../packages/learning/src/classifiers/gradient-boosting/index.ts';
import type { LightgbmState } from '../../../packages/learning/src/classifiers/lightgbm/index.ts';
import type { Layer } from '../../../packages/learning/src/classifiers/mlp/network.ts';
import { mlpOptions } from '../../../packages/learning/src/classifiers/mlp/options.ts';
import { networkProbabilities, trainNetwork } from '../../../packages/learning/src/classifiers/mlp/train.ts';
import { takeRows } from '../../../packages/learning/src/classifiers/training-rows.ts';
import {
  referenceParts,
  referencePredictions,
} from '../../../packages/learning/src/testing/reference-tables.ts';
import { readJson, reference } from '../../locator.ts';
import type { Comparison, Pair } from '../comparison.ts';

const sklearn = 'scikit-learn 1.2.1';

interface Case {
  readonly setting: string;
  readonly table: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly grade?: string;
  readonly largest_probability_spread_over_20_random_states?: number;
  readonly train_score?: number[];
  readonly n_trees?: number;
}
const cases = (file: string): readonly Case[] =>
  readJson(reference('learning', 'classifiers', `${file}.json`));
const parts = ['train', 'test'] as const;

function fitted(name: string, options: Readonly<Record<string, unknown>>, table: string) {
  const { classifier, options: complete } = resolveClassifier({ [name]: options });
  const tables = referenceParts(table);
  const model = classifier.fit(tables.train.table, tables.train.outcomes, complete, createRandom(1));
  return { classifier, model, tables };
}

function* pairsOf(what: string, ours: ArrayLike<number>, theirs: readonly number[]): Generator<Pair> {
  for (let i = 0; i < theirs.length; i++) yield [`${what}, row ${i + 1}`, ours[i], theirs[i]];
}

/** Probabilities of every row of every setting and table; decision values where the peer gives them. */
function* predictions(
  file: string,
  name: string,
  what: readonly ('probability' | 'decision')[],
  setting: (one: Case) => string = (one) => one.setting,
  options: (one: Case) => Readonly<Record<string, unknown>> = (one) => one.options,
  used: readonly Case[] = cases(file),
): Generator<Pair> {
  for (const one of used) {
    const { classifier, model, tables } = fitted(name, options(one), one.table);
    for (const part of parts) {
      const expected = referencePredictions(file, setting(one), one.table, part);
      const rows = tables[part].table;
      const title = `${one.setting} on ${one.table}, ${part}`;
      if (what.includes('probability'))
        yield* pairsOf(`${title}, probability`, classifier.predictProba(model, rows), expected.probability);
      if (what.includes('decision'))
        yield* pairsOf(`${title}, decision`, classifier.decision!(model, rows), expected.decision);
    }
  }
}

type Weights = [number[][][], number[][]];
interface MlpReference {
  readonly options: Readonly<Record<string, unknown>>;
  readonly n_iter: number;
  readonly batch_order_file: string;
  readonly split: { readonly fit: number[]; readonly validation: number[] } | null;
  readonly initial: Weights;
  readonly final: Weights;
  readonly loss_curve: number[];
}
const layersOf = ([coefficients, intercepts]: Weights): Layer[] =>
  coefficients.map((rows, index) => ({
    inputs: rows.length,
    outputs: rows[0]!.length,
    weights: Float64Array.from(rows.flat()),
    intercepts: Float64Array.from(intercepts[index]!),
  }));
const flat = (layers: readonly Layer[]): number[] =>
  layers.flatMap((layer) => [...layer.weights, ...layer.intercepts]);

function* perceptrons(): Generator<Pair> {
  for (const setting of ['default', 'h16_8_tanh_batch32', 'h20_early_stopping']) {
    const given = readJson<MlpReference>(reference('learning', 'classifiers', `mlp_${setting}.json`));
    const orders = readFileSync(reference('learning', 'classifiers', given.batch_order_file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    const { train, test } = referenceParts('Az');
    const all = matrixOfColumns(train.table.columns, train.table.ids.length);
    const rowsOf = (rows: readonly number[]) => ({
      matrix: takeRows(all, rows),
      outcomes: rows.map((row) => train.outcomes[row]!),
    });
    const options = mlpOptions.parse(given.options);
    const trained = trainNetwork(
      layersOf(given.initial),
      rowsOf(given.split?.fit ?? train.outcomes.map((_, row) => row)),
      options,
      (epoch) => orders[epoch]!,
      given.split === null ? null : rowsOf(given.split.validation),
    );
    yield [`${setting}, epochs`, trained.epochs, given.n_iter];
    yield* pairsOf(`${setting}, loss`, trained.losses, given.loss_curve);
    yield* pairsOf(`${setting}, final weights`, flat(trained.layers), flat(layersOf(given.final)));
    for (const [part, rows] of [
      ['train', train],
      ['test', test],
    ] as const) {
      const matrix = matrixOfColumns(rows.table.columns, rows.table.ids.length);
      const own = networkProbabilities(trained.layers, options.activation, matrix);
      yield* pairsOf(
        `${setting}, ${part}`,
        own,
        referencePredictions('mlp', setting, 'Az', part).probability,
      );
    }
  }
}

const exact = (one: Case): boolean => one.grade === 'exact';
const sameEverywhere = (one: Case): boolean => one.largest_probability_spread_over_20_random_states! < 1e-12;
const adaboostOptions = ({ options: { depth, leaf, ...options } }: Case) =>
  depth === undefined ? options : { ...options, estimator: { max_depth: depth, min_samples_leaf: leaf } };
const gradedSetting = ({ setting, grade }: Case): string =>
  grade === 'exact' ? setting : `${setting}/comparable_only`;

export const classifiers: readonly Comparison[] = [
  {
    statistic: 'logistic-regression: probabilities and decision values, five settings',
    reference: `${sklearn}, converged optimum`,
    data: 'tables Az and C, training and test rows',
    allowed: 1e-8,
    absolute: true,
    because: "the peer's gradient at its optimum is below 1e-10",
    pairs: () =>
      predictions(
        'logistic',
        'logistic-regression',
        ['probability', 'decision'],
        (one) => `${one.setting}/converged`,
      ),
  },
  {
    statistic: 'gaussian-nb: probabilities, three settings',
    reference: sklearn,
    data: 'tables A, Az and C',
    allowed: 1e-11,
    absolute: true,
    because: 'closed form: rounding',
    pairs: () => predictions('naive_bayes', 'gaussian-nb', ['probability']),
  },
  {
    statistic: 'knn: probabilities, three settings',
    reference: sklearn,
    data: 'every table of the reference',
    allowed: 1e-12,
    absolute: true,
    because: 'closed form: rounding',
    pairs: () => predictions('knn', 'knn', ['probability']),
  },
  {
    statistic: 'svm: decision values, four settings',
    reference: `${sklearn} (libsvm), tol 1e-8`,
    data: 'every table of the reference',
    allowed: 1e-6,
    absolute: true,
    because: 'both stop before their optimum',
    pairs: () =>
      predictions(
        'svc',
        'svm',
        ['decision'],
        (one) => `${one.setting}/converged`,
        (one) => ({ ...one.options, platt_split: 'k-fold' }),
      ),
  },
  {
    statistic: 'svm: probabilities by out-of-fold Platt scaling',
    reference: `${sklearn}, KFold(5), one calibrator`,
    data: 'every table of the reference',
    allowed: 1e-6,
    absolute: true,
    because: 'the peer stops a little before the optimum of the sigmoid',
    pairs: () =>
      predictions(
        'svc',
        'svm',
        ['probability'],
        (one) => `${one.setting}/platt_out_of_fold_sklearn`,
        (one) => ({ ...one.options, platt_split: 'k-fold' }),
      ),
  },
  {
    statistic: 'lightgbm: probabilities and raw scores, four settings; thresholds of every tree',
    reference: 'LightGBM 4.7.0',
    data: 'tables T, Az and C',
    allowed: 1e-12,
    absolute: true,
    because: 'the same operations in the same order',
    *pairs() {
      yield* predictions('lightgbm', 'lightgbm', ['probability', 'decision']);
      for (const one of cases('lightgbm')) {
        const { model } = fitted('lightgbm', one.options, one.table);
        yield [
          `${one.setting} on ${one.table}, trees`,
          (model.state as LightgbmState).trees.length,
          one.n_trees,
        ];
      }
    },
  },
  {
    statistic: 'gradient-boosting: probabilities, decision values, training loss, where no tie decides',
    reference: sklearn,
    data: 'tables T and Az, the settings graded exact',
    allowed: 1e-12,
    absolute: true,
    because: 'sums of the same numbers in another order',
    *pairs() {
      const used = cases('gradient_boosting').filter(exact);
      yield* predictions(
        'gradient_boosting',
        'gradient-boosting',
        ['probability', 'decision'],
        undefined,
        undefined,
        used,
      );
      for (const one of used) {
        const { model } = fitted('gradient-boosting', one.options, one.table);
        yield* pairsOf(
          `${one.setting} loss`,
          (model.state as GradientBoostingState).trainLoss,
          one.train_score!,
        );
      }
    },
  },
  {
    statistic: 'adaboost (SAMME, SAMME.R): probabilities and decision values, where no tie decides',
    reference: sklearn,
    data: 'tables T, Az and C',
    allowed: 1e-12,
    absolute: true,
    because: 'sums of the same numbers in another order',
    pairs: () =>
      predictions(
        'adaboost',
        'adaboost',
        ['probability', 'decision'],
        gradedSetting,
        adaboostOptions,
        cases('adaboost').filter(sameEverywhere),
      ),
  },
  {
    statistic: 'mlp (Adam, SGD, early stopping): losses, final weights, probabilities',
    reference: `${sklearn}, the same initial weights and batch order`,
    data: 'table Az, three settings',
    allowed: 1e-8,
    absolute: true,
    because: 'sums in another order, over up to 200 epochs',
    pairs: perceptrons,
  },
];
