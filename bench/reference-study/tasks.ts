import { createRandom, type FeatureTable } from '@sentinode/core';
import {
  classifiers,
  type DeclaredClassifier,
  fitClassifier,
  fitSteps,
  predictProba,
} from '@sentinode/learning';
import { areaUnderCurve, auc, brier, resampledAuc, summariseDifferences } from '@sentinode/statistics';
import type { Meta } from './data.ts';

/** Tables in memory that threads share; columns are views. */
export interface SharedStudy {
  readonly meta: Meta;
  readonly tables: Readonly<Record<string, SharedArrayBuffer>>;
  readonly optimism: SharedArrayBuffer;
  readonly differences: SharedArrayBuffer;
}

/** Predictors of a model: training rows, then validation rows, as columns. */
export type Inputs = readonly Float64Array[];

export type Task =
  | { readonly task: 'select'; readonly block: 'radiomics' | 'deep' }
  | {
      readonly task: 'classify';
      readonly model: string;
      readonly classifier: string;
      readonly inputs: Inputs;
    }
  | {
      readonly task: 'optimism';
      readonly model: string;
      readonly inputs: Inputs;
      readonly first: number;
      readonly count: number;
    }
  | {
      readonly task: 'differences';
      readonly pair: readonly [string, string];
      readonly scores: readonly [Float64Array, Float64Array];
    };

export interface Selected {
  readonly counts: readonly number[];
  readonly kept: readonly number[];
  readonly alpha: number;
  readonly columns: Inputs;
}

export interface Classified {
  readonly foldAucs: readonly number[];
  readonly outOfFold: Float64Array;
  readonly validation: Float64Array;
}

const rowIds = (n: number): string[] => Array.from({ length: n }, (_, row) => `r${row}`);
const asTable = (columns: Inputs): FeatureTable => ({
  ids: rowIds(columns[0]?.length ?? 0),
  names: columns.map((_, j) => `c${j}`),
  columns,
});
/** Columns of some rows, in one piece of memory. */
function rowsOf(columns: Inputs, rows: ArrayLike<number>): Inputs {
  const n = rows.length;
  const { buffer } = new Float64Array(n * columns.length);
  return columns.map((column, j) => {
    const some = new Float64Array(buffer, 8 * n * j, n);
    for (let i = 0; i < n; i++) some[i] = column[rows[i]!]!;
    return some;
  });
}

/** The peer calibrates on unshuffled folds; the other settings are the defaults of both. */
const declaredOf = (classifier: string): DeclaredClassifier =>
  classifier === 'svm' ? { svm: { platt_split: 'k-fold' } } : classifier;

export const classifierNames = classifiers.map((classifier) => classifier.name);

/** Runs one task. @returns plain values */
export function runTask({ meta, tables, ...draws }: SharedStudy, task: Task): unknown {
  const n = meta.training;
  const outcomes = meta.outcomes.slice(0, n);
  const columnsOf = (name: string, count: number, rows: number): Inputs =>
    Array.from({ length: count }, (_, j) => new Float64Array(tables[name]!, 8 * j * meta.rows, rows));
  const random = createRandom(18, 'benchmark');
  if (task.task === 'select') {
    const count = meta.columns[task.block];
    const table = asTable(columnsOf(task.block, count, n));
    const readers = ['reader1', 'reader2'].map((reader) => asTable(columnsOf(reader, count, n)));
    const steps =
      task.block === 'radiomics'
        ? ['icc', 'constant', 'spearman', 'mann-whitney', 'z-score', 'lasso']
        : [{ pca: { components: 128 } }, 'mann-whitney', 'z-score', 'lasso'];
    const fitted = fitSteps(steps, table, {
      outcomes,
      readers: task.block === 'radiomics' ? [readers[0]!, readers[1]!] : null,
      random,
    });
    return selectedOf(fitted, columnsOf(task.block, count, meta.rows), task.block);
  }
  if (task.task === 'classify') {
    const declared = declaredOf(task.classifier);
    const training = task.inputs.map((column) => column.subarray(0, n));
    const outOfFold = new Float64Array(n);
    const foldAucs = meta.folds.map((test, fold) => {
      const held = new Set(test);
      const train = outcomes.flatMap((_, row) => (held.has(row) ? [] : [row]));
      const fitted = fitClassifier(
        declared,
        asTable(rowsOf(training, train)),
        train.map((row) => outcomes[row]!),
        random.fork(`${task.model}/${fold}`),
      );
      const p = predictProba(fitted, asTable(rowsOf(training, test)));
      test.forEach((row, i) => {
        outOfFold[row] = p[i]!;
      });
      return auc(
        p,
        test.map((row) => outcomes[row]!),
      ).auc;
    });
    const fitted = fitClassifier(declared, asTable(training), outcomes, random.fork(task.model));
    const rest = task.inputs.map((column) => column.subarray(n));
    return { foldAucs, outOfFold, validation: predictProba(fitted, asTable(rest)) } satisfies Classified;
  }
  if (task.task === 'optimism') {
    const training = asTable(task.inputs.map((column) => column.subarray(0, n)));
    const { ids, names } = training;
    return Array.from({ length: task.count }, (_, k) => {
      const rows = new Uint32Array(draws.optimism, 4 * n * (task.first + k), n);
      const drawn = new Array<0 | 1>(n);
      for (let i = 0; i < n; i++) drawn[i] = outcomes[rows[i]!]!;
      const own = { ids, names, columns: rowsOf(training.columns, rows) };
      const fitted = fitClassifier('logistic-regression', own, drawn, random);
      const original = predictProba(fitted, training);
      const [resampled] = rowsOf([original], rows) as [Float64Array];
      return {
        auc: areaUnderCurve(resampled, drawn) - areaUnderCurve(original, outcomes),
        brier: brier(resampled, drawn) - brier(original, outcomes),
      };
    });
  }
  const validation = meta.outcomes.slice(n);
  const events = validation.filter((outcome) => outcome === 1).length;
  const [a, b] = task.scores.map((scores) => resampledAuc(scores)) as [
    ReturnType<typeof resampledAuc>,
    ReturnType<typeof resampledAuc>,
  ];
  const found = Float64Array.from({ length: meta.differences }, (_, r) => {
    const drawn = new Uint32Array(draws.differences, 4 * r * validation.length, validation.length);
    return a(drawn, events) - b(drawn, events);
  });
  const difference = auc(task.scores[0], validation).auc - auc(task.scores[1], validation).auc;
  return summariseDifferences(difference, found, 'stratified by outcome, paired');
}

/** Positions of the kept columns and their z-scores for all rows. */
function selectedOf(
  { steps, output }: ReturnType<typeof fitSteps>,
  all: Inputs,
  block: 'radiomics' | 'deep',
): Selected {
  const lasso = steps.at(-1)!.state as { readonly fit: { readonly alpha: number } };
  const scale = steps.at(-2)!;
  const { mean, sd } = scale.state as { readonly mean: readonly number[]; readonly sd: readonly number[] };
  const pca = steps[0]!.state as {
    readonly centre: readonly number[];
    readonly loadings: readonly (readonly number[])[];
  };
  const columns = output.names.map((name) => {
    const at = scale.output.indexOf(name);
    const standardise = (value: number): number => (value - mean[at]!) / sd[at]!;
    if (block === 'radiomics') return all[Number(name.slice(1))]!.map(standardise);
    const loadings = pca.loadings[Number(name.slice(2)) - 1]!;
    const scores = new Float64Array(all[0]!.length);
    for (let j = 0; j < loadings.length; j++) {
      const [column, loading, middle] = [all[j]!, loadings[j]!, pca.centre[j]!];
      for (let i = 0; i < scores.length; i++) scores[i]! += loading * (column[i]! - middle);
    }
    return scores.map(standardise);
  });
  return {
    counts: steps.map((step) => step.output.length),
    kept: output.names.map((name) =>
      block === 'radiomics' ? Number(name.slice(1)) : Number(name.slice(2)) - 1,
    ),
    alpha: lasso.fit.alpha,
    columns,
  };
}
