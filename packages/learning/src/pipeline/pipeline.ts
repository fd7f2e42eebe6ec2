import { type FeatureTable, type Random, selectPositions } from '@sentinode/core';
import { type DeclaredClassifier, fitClassifier, predictProba } from '../classifiers/index.ts';
import type { Prepare } from '../cross-validation/cross-validate.ts';
import type { Classifier, FittedClassifier, FittedStep, Step } from '../estimator.ts';
import { type DeclaredStep, fitSteps, transformAll } from './steps.ts';

/** Declared steps and a classifier: one estimator. */
export interface Pipeline {
  readonly steps: readonly DeclaredStep[];
  readonly classifier: DeclaredClassifier;
}

/** A fitted pipeline: plain JSON that alone gives probabilities and lists the rows it saw. */
export interface FittedPipeline {
  readonly rows: readonly string[];
  readonly steps: readonly FittedStep[];
  readonly classifier: FittedClassifier;
}

/** What a pipeline is fitted on; the readers' tables have the rows of the table. */
export interface PipelineData {
  readonly table: FeatureTable;
  readonly outcomes: readonly (0 | 1)[];
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
}

/** Steps and classifiers beside the usual ones, written against the same interfaces. */
export interface Available {
  readonly steps?: readonly Step[];
  readonly classifiers?: readonly Classifier[];
}

/** Fits steps and classifier on all rows of the data. @throws SentinodeError of the declaration or the data */
export function fitPipeline(
  { steps, classifier }: Pipeline,
  { table, outcomes, readers }: PipelineData,
  random: Random,
  available: Available = {},
): FittedPipeline {
  const fitted = fitSteps(
    steps,
    table,
    { outcomes, readers, random: random.fork('steps') },
    undefined,
    'selection',
    available.steps,
  );
  return {
    rows: [...table.ids],
    steps: fitted.steps,
    classifier: fitClassifier(
      classifier,
      fitted.output,
      outcomes,
      random.fork('classifier'),
      available.classifiers,
    ),
  };
}

/** Probability of the event for each row of any table that has the pipeline's input columns. */
export function predictPipeline(
  fitted: FittedPipeline,
  table: FeatureTable,
  available: Available = {},
): Float64Array {
  const inputs = transformAll(fitted.steps, table, available.steps);
  return predictProba(fitted.classifier, inputs, available.classifiers);
}

/** Data of some rows, by position; a row may occur more than once (bootstrap). */
export function rowsOf(data: PipelineData, rows: readonly number[]): PipelineData {
  const of = (table: FeatureTable): FeatureTable => selectPositions(table, rows);
  return {
    table: of(data.table),
    outcomes: rows.map((row) => data.outcomes[row]!),
    readers: data.readers === null ? null : [of(data.readers[0]), of(data.readers[1])],
  };
}

/** The steps of a pipeline as the preparation that cross-validation fits anew in each fold. */
export function preparing(
  steps: readonly DeclaredStep[],
  data: PipelineData,
  available: Available = {},
): Prepare {
  return (rows, random) => {
    const own = rowsOf(data, rows);
    const fitted = fitSteps(
      steps,
      own.table,
      { outcomes: own.outcomes, readers: own.readers, random: random.fork('steps') },
      undefined,
      'selection',
      available.steps,
    );
    return [
      {
        inputs: fitted.output,
        outcomes: own.outcomes,
        transform: (others) => transformAll(fitted.steps, rowsOf(data, others).table, available.steps),
      },
    ];
  };
}
