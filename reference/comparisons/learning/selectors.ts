import { createRandom, type FeatureTable, selectColumns } from '@sentinode/core';
import { kFold, transform } from '@sentinode/learning';
import { fitRisingC, scoreFolds } from '../../../packages/learning/src/steps/l1-logistic/tune.ts';
import { type LassoState, lasso } from '../../../packages/learning/src/steps/lasso/index.ts';
import { logisticLassoCv } from '../../../packages/learning/src/steps/logistic-lasso/cv-glmnet.ts';
import { selectionFrequencies } from '../../../packages/learning/src/steps/stability-selection/frequencies.ts';
import { referenceRows } from '../../../packages/learning/src/testing/reference-tables.ts';
import { readJson, reference } from '../../locator.ts';
import type { Comparison, Pair } from '../comparison.ts';
import { fitStep } from './steps.ts';

const at = (name: string): string => reference('learning', 'selection', `${name}.json`);

interface LassoAnswer {
  readonly features?: string[];
  readonly 'converged_tol_1e-12': { alpha: number; coef: number[]; intercept: number; mse_path: number[][] };
}

function scaled(names: readonly string[]): { table: FeatureTable; outcomes: readonly (0 | 1)[] } {
  const { table, outcomes } = referenceRows('B_train.csv');
  const rows = { table: selectColumns(table, [...names]), outcomes };
  return { table: transform(fitStep('z-score', rows), rows.table), outcomes };
}

function* lassoCv(): Generator<Pair> {
  for (const name of ['after_mannwhitney', 'all_kept']) {
    const expected = readJson<Required<LassoAnswer>>(at(`lasso_cv_${name}`));
    const { table, outcomes } = scaled(expected.features);
    const fitted = lasso.fit(table, lasso.options.parse({}), {
      outcomes,
      readers: null,
      random: createRandom(1),
    });
    const own = (fitted.state as LassoState).fit;
    const peer = expected['converged_tol_1e-12'];
    yield [`${name}, alpha`, own.alpha, peer.alpha];
    yield [`${name}, intercept`, own.intercept, peer.intercept];
    for (const [j, coefficient] of peer.coef.entries())
      yield [`${name}, coefficient ${j}`, own.coefficients[j], coefficient];
    for (const [k, folds] of peer.mse_path.entries())
      yield [
        `${name}, mean error ${k}`,
        own.meanError[k],
        folds.reduce((sum, value) => sum + value, 0) / folds.length,
      ];
  }
}

interface Glmnet {
  readonly features: string[];
  readonly foldid: number[];
  readonly lambda: number[];
  readonly cvm: number[];
  readonly cvsd: number[];
  readonly nzero: number[];
  readonly lambda_min: number;
  readonly lambda_1se: number;
  readonly coef_min: number[];
  readonly coef_1se: number[];
}

function* glmnet(): Generator<Pair> {
  const expected = readJson<Glmnet>(at('cv_glmnet'));
  const { table, outcomes } = referenceRows('B_train.csv');
  const folds = Array.from({ length: 10 }, (_, fold) =>
    expected.foldid.flatMap((id, row) => (id === fold + 1 ? [row] : [])),
  );
  const { columns } = selectColumns(table, expected.features);
  const cv = logisticLassoCv(columns, outcomes, folds, { count: 60, ratio: 1e-4 }, true);
  for (const [k, lambda] of expected.lambda.entries()) {
    yield [`lambda ${k}`, cv.path.lambdas[k], lambda];
    yield [`deviance ${k}`, cv.deviance[k], expected.cvm[k]];
    yield [`standard error ${k}`, cv.standardError[k], expected.cvsd[k]];
    const left = cv.path.coefficients[k]!.reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
    yield [`non-zero ${k}`, left, expected.nzero[k]];
  }
  for (const [index, lambda, coefficients] of [
    [cv.indexMin, expected.lambda_min, expected.coef_min],
    [cv.index1se, expected.lambda_1se, expected.coef_1se],
  ] as const) {
    yield ['chosen lambda', cv.path.lambdas[index], lambda];
    const own = [cv.path.intercepts[index]!, ...cv.path.coefficients[index]!];
    for (const [j, value] of coefficients.entries()) {
      const scale = 1 + Math.abs(value);
      yield [`coefficient ${j}`, own[j]! / scale, value / scale];
    }
  }
}

interface L1 {
  readonly features: string[];
  readonly path: { readonly C: number; readonly coef_saga: number[]; readonly intercept_saga: number }[];
  readonly cv: { readonly Cs: number[]; readonly scores: number[][] };
}

function* l1(): Generator<Pair> {
  const expected = readJson<L1>(at('logistic_l1'));
  const { table, outcomes } = scaled(expected.features);
  const fits = fitRisingC(
    table.columns,
    outcomes,
    expected.path.map((one) => one.C),
    null,
  );
  for (const [k, { C, coef_saga, intercept_saga }] of expected.path.entries()) {
    yield [`C ${C}, intercept`, fits[k]!.intercept, intercept_saga];
    for (const [j, value] of coef_saga.entries())
      yield [`C ${C}, coefficient ${j}`, fits[k]!.coefficients[j], value];
  }
  const { Cs, scores } = expected.cv;
  const own = scoreFolds(table.columns, outcomes, kFold(outcomes.length, 5), Cs, null, 'neg_log_loss');
  // at the first C no column has a coefficient, and saga leaves the intercept off its optimum
  for (const [fold, values] of scores.entries())
    for (const [c, value] of values.entries()) if (c > 0) yield [`score ${fold} ${c}`, own[fold]![c], value];
}

interface Differential {
  readonly tables: { readonly x: number[][]; readonly y: (0 | 1)[] }[];
  readonly cases: {
    readonly model: string;
    readonly table: number;
    readonly options: Record<string, unknown>;
    readonly score?: number[];
    readonly order?: number[];
  }[];
}

/** Steps of one kind in random settings on random tables. */
function* random(model: 'univariate' | 'mrmr'): Generator<Pair> {
  const { tables, cases } = readJson<Differential>(reference('learning', 'differential.json'));
  for (const [k, one] of cases.entries()) {
    if (one.model !== model) continue;
    const { x, y } = tables[one.table]!;
    const table: FeatureTable = {
      ids: x.map((_, row) => `p${row}`),
      names: x[0]!.map((_, column) => `x${column}`),
      columns: x[0]!.map((_, column) => Float64Array.from(x, (row) => row[column]!)),
    };
    const options = model === 'univariate' ? { ...one.options, keep: 1000 } : one.options;
    const { details, input } = fitStep({ [model]: options }, { table, outcomes: y });
    if (model === 'univariate')
      for (const [j, score] of one.score!.entries())
        yield [`case ${k}, column ${j}`, (details[input[j]!]?.score as number | undefined) ?? -1, score];
    else {
      const ranked = input
        .filter((name) => details[name] !== undefined)
        .sort((a, b) => (details[a]!.rank as number) - (details[b]!.rank as number));
      for (const [place, column] of one.order!.entries())
        yield [`case ${k}, place ${place}`, input.indexOf(ranked[place]!), column];
    }
  }
}

interface MrmrCase {
  readonly table: string;
  readonly keep: number;
  readonly order: readonly string[];
}

function* mrmrOrder(): Generator<Pair> {
  for (const { table: name, keep, order } of readJson<{ cases: MrmrCase[] }>(
    reference('learning', 'mrmr.json'),
  ).cases) {
    const { table, outcomes } = referenceRows(`${name}.csv`);
    const { details, input } = fitStep({ mrmr: { keep } }, { table, outcomes });
    const places = new Map(input.map((column) => [column, details[column]?.rank as number | undefined]));
    for (const [place, column] of order.entries())
      yield [`${name}, ${keep} columns, place of ${column}`, places.get(column), place + 1];
  }
}

interface StabilityCase {
  readonly table: string;
  readonly columns: number;
  readonly family: 'logistic' | 'linear';
  readonly subsamples: readonly (readonly number[])[];
  readonly penalties: readonly number[];
  /** [penalty][column] subsamples that select the column. */
  readonly hits: readonly (readonly number[])[];
  readonly meanSelected: number;
}

function* stability(): Generator<Pair> {
  for (const one of readJson<{ cases: StabilityCase[] }>(reference('learning', 'stability.json')).cases) {
    const { table, outcomes } = referenceRows(`${one.table}.csv`);
    const { frequencies, meanSelected } = selectionFrequencies(
      table.columns.slice(0, one.columns),
      outcomes,
      one.subsamples,
      one.penalties,
      one.family,
    );
    const about = `${one.table}, ${one.family}`;
    for (const [k, hits] of one.hits.entries())
      for (const [j, count] of hits.entries())
        yield [
          `${about}, penalty ${k}, column ${j}`,
          Math.round(frequencies[k]![j]! * one.subsamples.length),
          count,
        ];
    yield [
      `${about}, selected anywhere`,
      Math.round(meanSelected * one.subsamples.length),
      Math.round(one.meanSelected * one.subsamples.length),
    ];
  }
}

export const selectors: readonly Comparison[] = [
  {
    statistic: 'lasso: alpha, coefficients, cross-validated error at 100 penalties',
    reference: 'scikit-learn 1.2.1 LassoCV, tol 1e-12',
    data: 'table B, two selections',
    allowed: 1e-6,
    absolute: true,
    because: 'iterative on both sides',
    pairs: lassoCv,
  },
  {
    statistic:
      'logistic-lasso: penalties, deviances, non-zero counts, coefficients at lambda.min and lambda.1se',
    reference: 'glmnet 4.1-6 (R 4.2.2) cv.glmnet, binomial, thresh 1e-14',
    data: 'table B, ten given folds',
    allowed: 1e-6,
    absolute: true,
    because: 'iterative on both sides; coefficients relative to 1 + their size',
    pairs: glmnet,
  },
  {
    statistic: 'l1-logistic: coefficients at every C, scores of folds',
    reference: 'scikit-learn 1.2.1, saga at tol 1e-10',
    data: 'table B',
    allowed: 1e-6,
    absolute: true,
    because: 'saga leaves KKT violations of up to 7e-9',
    pairs: l1,
  },
  {
    statistic: 'univariate: F scores',
    reference: 'scikit-learn 1.2.1 f_classif',
    data: 'random tables',
    allowed: 1e-6,
    because:
      'the peer takes sums of squares apart, which loses digits where a mean is large beside its spread',
    pairs: () => random('univariate'),
  },
  {
    statistic: 'mrmr, linear and quotient (FCQ): place of each column',
    reference: 'mrmr_selection 0.2.8',
    data: 'tables A, B, T and C',
    allowed: 0,
    because: 'places',
    pairs: mrmrOrder,
  },
  {
    statistic: 'stability-selection: subsamples that select a column, by penalty, logistic and linear',
    reference: 'glmnet 4.1-6 (R 4.2.2), the same subsamples and penalties',
    data: 'tables A and B',
    allowed: 0,
    because: 'counts',
    pairs: stability,
  },
  {
    statistic: 'mrmr, mutual information and the other measures: order of the columns',
    reference: 'second computation in NumPy 1.26.4',
    data: 'random tables',
    allowed: 0,
    because: 'column numbers',
    pairs: () => random('mrmr'),
  },
];
