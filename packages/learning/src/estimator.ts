import type { FeatureTable, Random } from '@sentinode/core';
import type { z } from 'zod';

/** What a step may learn from, besides the table: training rows only. */
export interface FitContext {
  /** Outcome of each row of the table, 1 is the event. */
  readonly outcomes: readonly (0 | 1)[];
  /** The same columns measured by two readers, same rows; null when there are none. */
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly random: Random;
  /** Person of each row, where rows of one person must not be parted by folds; the row ids where left out. */
  readonly groups?: readonly string[];
}

/** A number per column that a step decided by, e.g. its ICC or p value; null is undefined. */
export type ColumnDetail = Readonly<Record<string, number | string | null>>;

/**
 * A fitted step: plain JSON that alone can transform new rows and cannot be fitted again. Names, never positions,
 * say which columns it takes.
 */
export interface FittedStep<State = unknown> {
  readonly step: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** Row ids that it saw. */
  readonly rows: readonly string[];
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** What it did, in words with numbers. */
  readonly note: string;
  /** What it decided by, for each input column where there is something to tell. */
  readonly details: Readonly<Record<string, ColumnDetail>>;
  readonly state: State;
}

/** Coefficients of a penalised selector along its penalties, and the cross-validation that chose one. */
export interface PenaltyPath {
  /** What the cross-validation measured, as an axis prints it. */
  readonly measure: string;
  readonly alphas: readonly number[];
  /** Mean over folds, one per alpha, and its standard error. */
  readonly meanError: readonly number[];
  readonly standardError: readonly number[];
  readonly alpha: number;
  readonly index: number;
  /** At the penalty chosen, by input column; then along the path, [alpha][column]. */
  readonly coefficients: readonly number[];
  readonly path: readonly (readonly number[])[];
}

/** A transform or selector. One folder each, one line in `steps/index.ts`. */
export interface Step<Options extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** A filter of columns that does not look at outcomes. */
  readonly blind?: true;
  readonly options: Options;
  /** Fits on training rows. @throws SentinodeError of the options or the data */
  fit(table: FeatureTable, options: z.output<Options>, context: FitContext): FittedStep;
  /** The path of a penalised selector that chooses its penalty by cross-validation; undefined where it was given. */
  penaltyPath?(fitted: FittedStep): PenaltyPath | undefined;
  /** Options under which it is fitted at the penalty of a fit; it is chosen anew where no column reached that fit. */
  atPenalty?(fitted: FittedStep): Readonly<Record<string, unknown>>;
  /** Applies a fitted step to any rows that have its input columns. */
  transform(fitted: FittedStep, table: FeatureTable): FeatureTable;
}

/** A fitted classifier: plain JSON that alone gives probabilities. */
export interface FittedClassifier {
  readonly classifier: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly rows: readonly string[];
  /** Names of the predictors in the order of `coefficients`. */
  readonly input: readonly string[];
  /** What a reader should know of this fit: a fallback taken, a limit met. Absent when there is nothing to say. */
  readonly notes?: readonly string[];
  /**
   * Fits on several completed versions of the same rows, where values were imputed and the classifier has no rule to make
   * one of them: the probability is the mean of theirs. `state` is then null.
   */
  readonly members?: readonly FittedClassifier[];
  readonly state: unknown;
}

/** A classifier. One folder each, one line in `classifiers/index.ts`. */
export interface Classifier<Options extends z.ZodType = z.ZodType> {
  readonly name: string;
  /** Whether its state keeps predictors of training rows (neighbours, support vectors). */
  readonly keepsRows?: true;
  readonly options: Options;
  /** What tuning tries: values by option, few enough for nested cross-validation; ties go to the earlier value. */
  readonly grid?: Readonly<Record<string, readonly unknown[]>>;
  fit(
    table: FeatureTable,
    outcomes: readonly (0 | 1)[],
    options: z.output<Options>,
    random: Random,
  ): FittedClassifier;
  /** Probability of the event for each row. */
  predictProba(fitted: FittedClassifier, table: FeatureTable): Float64Array;
  /** Decision value for each row where the classifier has one (log-odds, distance to a margin); larger is the event. */
  decision?(fitted: FittedClassifier, table: FeatureTable): Float64Array;
  /** Coefficients where the model is linear in its predictors (change of log-odds per unit), else undefined. */
  linear(
    fitted: FittedClassifier,
  ): { readonly intercept: number; readonly coefficients: readonly number[] } | undefined;
  /** One fit of fits on completed versions of the same rows, where the classifier has such (Rubin's rules: mean coefficients). */
  pool?(fits: readonly FittedClassifier[]): FittedClassifier;
  /** The fit with chance deciding between equally good splits, where the classifier has such; see `treeMovement`. */
  refitWithRandomTies?(
    table: FeatureTable,
    outcomes: readonly (0 | 1)[],
    options: z.output<Options>,
    random: Random,
  ): FittedClassifier;
}
