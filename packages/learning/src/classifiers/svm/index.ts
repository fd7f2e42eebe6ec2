import { type FeatureTable, type Matrix, matrixOfColumns } from '@sentinode/core';
import { z } from 'zod';
import { declaredFolds, rowsOutside, splitOption } from '../../cross-validation/declared-folds.ts';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import {
  classWeightOption,
  classWeights,
  countTrainingEvents,
  predictorRows,
  takeRows,
} from '../training-rows.ts';
import { fitSvm, type SvmFit, svmDecision } from './fit-svm.ts';
import { type Distances, type Kernel, scaleGamma, squaredDistances } from './kernel.ts';
import { fitPlatt, type PlattScaling, probabilityOf } from './platt.ts';

const options = z.strictObject({
  C: z.number().positive().default(1),
  kernel: z.enum(['rbf', 'linear', 'poly']).default('rbf'),
  degree: z.number().int().min(1).default(3).describe('of poly'),
  gamma: z
    .union([z.enum(['scale', 'auto']), z.number().positive()])
    .default('scale')
    .describe('scale: 1 / (predictors x variance of all values); auto: 1 / predictors'),
  coef0: z.number().default(0).describe('of poly'),
  class_weight: classWeightOption,
  tol: z.number().positive().default(1e-8).describe('largest violation of the optimality conditions'),
  platt_folds: z
    .number()
    .int()
    .min(2)
    .default(5)
    .describe('folds whose decision values set the probabilities'),
  platt_split: splitOption.default('stratified-shuffled'),
});
type SvmOptions = z.output<typeof options>;

/** The machine and its probabilities; `rate` alone when there are no predictors. */
export type SvmState =
  | { readonly machine: SvmFit; readonly platt: PlattScaling; readonly outOfFold: readonly number[] }
  | { readonly rate: number };

/**
 * Support vector classifier (scikit-learn `SVC` at its converged optimum). Probabilities are a sigmoid of the decision
 * value, fitted to decision values of rows that the machine of their fold did not see (scikit-learn
 * `CalibratedClassifierCV(ensemble=False)`), never libsvm's own, which moves with its seed.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const svm = {
  name: 'svm',
  keepsRows: true,
  options,
  grid: { C: [0.1, 1, 10] },
  fit: (table, outcomes, chosen, random): FittedClassifier => {
    const events = countTrainingEvents(table, outcomes);
    const n = outcomes.length;
    const notes: string[] = [];
    const about = {
      classifier: 'svm',
      options: chosen,
      rows: [...table.ids],
      input: [...table.names],
    };
    if (table.names.length === 0) {
      const state: SvmState = { rate: events / n };
      return { ...about, notes: ['no predictors: the rate of events for everyone'], state };
    }
    const matrix = matrixOfColumns(table.columns, n);
    const folds = declaredFolds(
      outcomes,
      chosen.platt_folds,
      chosen.platt_split,
      random,
      notes,
      'classifiers.svm.platt_folds',
      table.ids,
    );
    const squares = squaredDistances(matrix, chosen.kernel);
    const distances = (rows: readonly number[]): Distances | undefined =>
      squares && { squares, size: n, rows };
    const outOfFold = new Float64Array(n);
    for (const test of folds) {
      const train = rowsOutside(test, n);
      const machine = fitRows(
        takeRows(matrix, train),
        train.map((row) => outcomes[row]!),
        chosen,
        notes,
        distances(train),
      );
      const decisions = svmDecision(machine, takeRows(matrix, test));
      test.forEach((row, index) => {
        outOfFold[row] = decisions[index]!;
      });
    }
    const state: SvmState = {
      machine: fitRows(matrix, outcomes, chosen, notes, distances([...outcomes.keys()])),
      platt: fitPlatt(outOfFold, outcomes),
      outOfFold: Array.from(outOfFold),
    };
    return { ...about, ...(notes.length > 0 ? { notes: [...new Set(notes)] } : {}), state };
  },
  predictProba: (fitted, table): Float64Array => {
    const state = fitted.state as SvmState;
    const rows = predictorRows(fitted, table);
    if ('rate' in state) return new Float64Array(rows.rows).fill(state.rate);
    return svmDecision(state.machine, rows).map((value) => probabilityOf(state.platt, value));
  },
  decision: (fitted: FittedClassifier, table: FeatureTable): Float64Array => {
    const state = fitted.state as SvmState;
    const rows = predictorRows(fitted, table);
    return 'rate' in state ? new Float64Array(rows.rows) : svmDecision(state.machine, rows);
  },
  linear: () => undefined,
} satisfies Classifier<typeof options>;

function fitRows(
  matrix: Matrix,
  outcomes: readonly (0 | 1)[],
  chosen: SvmOptions,
  notes: string[],
  distances: Distances | undefined,
): SvmFit {
  const n = outcomes.length;
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  const [weight0, weight1] = classWeights(chosen.class_weight, n, events);
  const machine = fitSvm(
    matrix,
    outcomes,
    settledKernel(matrix, chosen),
    [chosen.C * weight0, chosen.C * weight1],
    chosen.tol,
    distances,
  );
  if (!machine.hasConverged)
    notes.push(`a machine stopped after ${machine.iterations} steps, before tol ${chosen.tol} was met`);
  return machine;
}

function settledKernel(matrix: Matrix, chosen: SvmOptions): Kernel {
  if (chosen.kernel === 'linear') return { name: 'linear' };
  const gamma =
    chosen.gamma === 'scale'
      ? scaleGamma(matrix)
      : chosen.gamma === 'auto'
        ? 1 / matrix.columns
        : chosen.gamma;
  if (chosen.kernel === 'rbf') return { name: 'rbf', gamma };
  return { name: 'poly', gamma, degree: chosen.degree, coef0: chosen.coef0 };
}
