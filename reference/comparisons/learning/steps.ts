import { createRandom, type FeatureTable, selectColumns } from '@sentinode/core';
import {
  type FittedStep,
  kFold,
  nestedFold,
  preparing,
  resolveStep,
  stratifiedKFold,
  transform,
} from '@sentinode/learning';
import { spearmanMatrix } from '@sentinode/statistics';
import type { PcaState } from '../../../packages/learning/src/steps/pca/fit-pca.ts';
import type { ZScoreState } from '../../../packages/learning/src/steps/z-score/index.ts';
import {
  type ReferenceRows,
  referenceRows,
} from '../../../packages/learning/src/testing/reference-tables.ts';
import { readCsv, readJson, reference } from '../../locator.ts';
import { type Comparison, closedForm, type Pair } from '../comparison.ts';

const sklearn = 'scikit-learn 1.2.1';
const at = (...parts: string[]): string => reference('learning', ...parts);

export function fitStep(
  declared: Parameters<typeof resolveStep>[0],
  { table, outcomes }: ReferenceRows,
): FittedStep {
  const { step, options } = resolveStep(declared);
  return step.fit(table, options, { outcomes, readers: null, random: createRandom(1) });
}

/** Whether two lists of names are the same: pairs of 1 and 1. */
export function* sameNames(
  what: string,
  ours: readonly string[],
  theirs: readonly string[],
): Generator<Pair> {
  yield [`${what}, number`, ours.length, theirs.length];
  for (const [k, name] of theirs.entries()) yield [`${what}, ${name}`, ours[k] === name ? 1 : 0, 1];
}

/** The rows without some of them. */
function without({ table, outcomes }: ReferenceRows, rows: readonly number[]): ReferenceRows {
  const kept = outcomes.map((_, row) => row).filter((row) => !rows.includes(row));
  const columns = table.columns.map((column) => Float64Array.from(kept, (row) => column[row]!));
  return {
    table: { ids: kept.map((row) => table.ids[row]!), names: table.names, columns },
    outcomes: kept.map((row) => outcomes[row]!),
  };
}

function* mannWhitney(): Generator<Pair> {
  const B = referenceRows('B_train.csv');
  const kept = readJson<Record<string, string[]>>(at('selection', 'redundancy.json')).kept_0_80!;
  const C = referenceRows('C.csv');
  const sets: [string, ReferenceRows][] = [
    ['A', referenceRows('A_train.csv')],
    ['B_kept', { ...B, table: selectColumns(B.table, kept) }],
    ['C', C],
    ['C_without_duplicate_rows', without(C, [5, 9, 17])],
  ];
  for (const [name, rows] of sets) {
    const forms: Record<string, FittedStep> = {
      p_asymptotic_continuity: fitStep({ 'mann-whitney': { method: 'asymptotic' } }, rows),
      p_asymptotic_no_continuity: fitStep(
        { 'mann-whitney': { method: 'asymptotic', continuity: false } },
        rows,
      ),
      p_scipy_auto: fitStep('mann-whitney', rows),
      ...(name.startsWith('C') && {
        p_exact_if_no_ties: fitStep({ 'mann-whitney': { method: 'exact' } }, rows),
      }),
    };
    for (const row of readCsv(at('selection', `mannwhitney_${name}.csv`)))
      for (const [key, fitted] of Object.entries(forms)) {
        if (row[key] === 'NA' || row[key] === '') continue;
        const detail = fitted.details[row.feature!]!;
        yield [`${name} ${key} ${row.feature}`, detail.p as number, row[key]];
        yield [`${name} U ${row.feature}`, detail.u as number, row.U_of_class1];
      }
  }
}

function* scaling(): Generator<Pair> {
  const scalers = readJson<Record<string, { mean: number[]; scale: number[] }>>(
    at('selection', 'standard_scaler.json'),
  );
  for (const [name, file] of [
    ['A', 'A_train.csv'],
    ['C', 'C.csv'],
  ] as const) {
    const rows = referenceRows(file);
    const fitted = fitStep('z-score', rows);
    const { mean, sd } = fitted.state as ZScoreState;
    for (const [j, scale] of scalers[name]!.scale.entries()) {
      yield [`${name} sd ${j}`, sd[j], scale];
      yield [`${name} mean ${j}`, mean[j], scalers[name]!.mean[j]];
    }
    const scaled = transform(fitted, rows.table);
    for (const [i, row] of readCsv(at('selection', `scaled_${name}.csv`)).entries())
      for (const [j, column] of fitted.output.entries())
        yield [`${name} ${column} row ${i}`, scaled.columns[j]![i], row[column]];
  }
}

function* components(): Generator<Pair> {
  const fitted = fitStep({ pca: { components: 128 } }, referenceRows('D_train.csv'));
  const state = fitted.state as PcaState;
  for (const [k, row] of readCsv(at('pca', 'variance.csv')).entries()) {
    yield [`variance ${k}`, state.variance[k], row.explained_variance];
    yield [`share ${k}`, state.share[k], row.ratio];
  }
  for (const [k, row] of readCsv(at('pca', 'components_first12.csv')).entries())
    for (const [j, name] of fitted.input.entries())
      yield [`loading ${k} ${name}`, state.loadings[k]![j], row[name]];
  for (const part of ['train', 'test'] as const) {
    const scored = transform(fitted, referenceRows(`D_${part}.csv`).table);
    for (const [i, row] of readCsv(at('pca', `scores_${part}.csv`)).entries())
      for (const [k, column] of scored.columns.entries())
        yield [`score ${part} ${i} ${k}`, column[i], row[`pc${k + 1}`]];
  }
}

function* redundancy(): Generator<Pair> {
  const B = referenceRows('B_train.csv');
  const greedy = readJson<Record<string, string[]>>(at('selection', 'redundancy.json'));
  yield* sameNames('greedy 0.80', fitStep('spearman', B).output, greedy.kept_0_80!);
  yield* sameNames('greedy 0.90', fitStep({ spearman: { threshold: 0.9 } }, B).output, greedy.kept_0_90!);
}

function* caret(): Generator<Pair> {
  const B = referenceRows('B_train.csv');
  const removed = (fitted: FittedStep): string[] =>
    fitted.input.filter((name) => !fitted.output.includes(name));
  const expected = readJson<Record<string, string[]>>(at('selection', 'caret_find_correlation.json'));
  for (const [threshold, exact] of [
    [0.8, true],
    [0.8, false],
    [0.9, true],
  ] as const) {
    const key = `cutoff_${threshold.toFixed(2)}_exact_${exact ? 'TRUE' : 'FALSE'}_removed`;
    yield* sameNames(
      key,
      removed(fitStep({ spearman: { threshold, rule: 'caret', exact } }, B)),
      expected[key]!,
    );
  }
}

function* rankCorrelations(): Generator<Pair> {
  const { table } = referenceRows('B_train.csv');
  const rows = readCsv(at('selection', 'spearman_first60.csv'));
  const names = Object.keys(rows[0]!).filter((name) => table.names.includes(name));
  const rho = spearmanMatrix(selectColumns(table, names).columns);
  for (const [i, row] of rows.slice(0, names.length).entries())
    for (const [j, name] of names.entries()) yield [`rho ${names[i]} ${name}`, rho[i]![j], row[name]];
}

function* foldNumbers(): Generator<Pair> {
  const folds = readJson<{
    kfold: Record<string, number[]>;
    stratified: Record<string, { y: (0 | 1)[]; fold: number[] }>;
  }>(at('folds', 'folds.json'));
  const told = function* (
    name: string,
    tests: readonly (readonly number[])[],
    theirs: readonly number[],
  ): Generator<Pair> {
    for (const [row, fold] of theirs.entries())
      yield [`${name} row ${row}`, tests.findIndex((test) => test.includes(row)), fold];
  };
  for (const [name, assigned] of Object.entries(folds.kfold))
    yield* told(name, kFold(assigned.length, Number(name.split('_k')[1])), assigned);
  for (const [name, { y, fold: assigned }] of Object.entries(folds.stratified))
    yield* told(name, stratifiedKFold(y, Number(name.split('_k')[1])), assigned);
}

interface Nested {
  readonly C: number[];
  readonly folds: {
    readonly scoring: string;
    readonly outer: number;
    readonly best_C: number;
    readonly inner_split_scores: number[][];
    readonly outer_rows: number[];
    readonly outer_probability: number[];
  }[];
}

function* nested(): Generator<Pair> {
  const rows = readCsv(at('A_train.csv'));
  const { table, outcomes }: { table: FeatureTable; outcomes: readonly (0 | 1)[] } =
    referenceRows('A_train.csv');
  const expected = readJson<Nested>(at('nested', 'nested.json'));
  const assigned = readCsv(at('nested_folds.csv'));
  const candidates = expected.C.map((C) => ({ 'logistic-regression': { C } }));
  const prepare = preparing(['z-score'], { table, outcomes, readers: null });
  for (const wanted of expected.folds.filter((fold) => fold.scoring === 'roc_auc')) {
    const test = wanted.outer_rows;
    const train = rows.flatMap((_, row) => (test.includes(row) ? [] : [row]));
    const inner = (own: readonly number[]): number[][] =>
      Array.from({ length: 5 }, (_, fold) =>
        own.flatMap((row, position) =>
          Number(assigned[row]![`inner_when_outer_${wanted.outer}`]) === fold ? [position] : [],
        ),
      );
    const [found] = nestedFold(prepare, candidates, { train, test, outcomes, inner }, createRandom(1));
    const chosen = found!.chosen as { 'logistic-regression': { C: number } };
    yield [`outer ${wanted.outer}, C`, chosen['logistic-regression'].C, wanted.best_C];
    for (const [c, score] of found!.choice!.scores.entries())
      for (const [fold, value] of score.folds.entries())
        yield [`outer ${wanted.outer}, C ${c}, fold ${fold}`, value, wanted.inner_split_scores[fold]![c]];
    for (const [i, value] of found!.probabilities.entries())
      yield [`outer ${wanted.outer}, row ${i}`, value, wanted.outer_probability[i]];
  }
}

export const steps: readonly Comparison[] = [
  {
    statistic: 'z-score: means, standard deviations, scaled tables',
    reference: `${sklearn} StandardScaler`,
    data: 'tables A and C (a constant column)',
    allowed: 1e-11,
    absolute: true,
    because: 'closed form: rounding',
    pairs: scaling,
  },
  {
    statistic: 'pca: variances, shares, loadings, scores of training and test rows',
    reference: `${sklearn} PCA, after the sign rule`,
    data: 'table D, 60 rows, 500 columns',
    allowed: 1e-9,
    absolute: true,
    because: 'components of a relative gap of 1e-3',
    pairs: components,
  },
  {
    statistic: 'Spearman correlation of all pairs',
    reference: 'SciPy 1.11.4',
    data: 'table B, 60 columns',
    allowed: 1e-12,
    absolute: true,
    because: 'closed form: rounding',
    pairs: rankCorrelations,
  },
  {
    statistic: 'spearman, published rule: names kept in order, two thresholds',
    reference: 'second computation in NumPy',
    data: 'table B, 400 columns',
    ...closedForm,
    allowed: 0,
    because: 'names',
    pairs: redundancy,
  },
  {
    statistic: "spearman, caret's rule: names removed in order",
    reference: 'caret 6.0-93 (R 4.2.2) findCorrelation',
    data: 'table B, three settings',
    allowed: 0,
    because: 'names',
    pairs: caret,
  },
  {
    statistic: 'mann-whitney: U and p, exact, asymptotic with and without correction, automatic',
    reference: 'SciPy 1.11.4 mannwhitneyu',
    data: 'tables A, B and C (ties)',
    allowed: 1e-10,
    because: 'closed form: rounding of far tails',
    pairs: mannWhitney,
  },
  {
    statistic: 'Folds: KFold, StratifiedKFold',
    reference: sklearn,
    data: '30 to 177 rows, 3 to 10 folds',
    allowed: 0,
    because: 'row numbers',
    pairs: foldNumbers,
  },
  {
    statistic: 'Nested cross-validation: inner AUCs, chosen C, outer probabilities',
    reference: `${sklearn}, the same folds`,
    data: 'table A, five outer folds',
    allowed: 1e-6,
    absolute: true,
    because: "the peer's lbfgs stops before its optimum",
    pairs: nested,
  },
];
