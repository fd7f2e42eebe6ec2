import { type FeatureTable, isSentinodeError, type Random, type SentinodeError } from '@sentinode/core';
import { auc } from '@sentinode/statistics';
import {
  type ClassifierInputs,
  classifierName,
  type DeclaredClassifier,
  fitClassifier,
  predictProba,
} from '../classifiers/index.ts';
import type { Classifier } from '../estimator.ts';

/** What everything before the classifier made of training rows, and makes of any other rows. */
export interface Preparation {
  /** Inputs of the classifier, training rows; the first completed version where values were imputed. */
  readonly inputs: FeatureTable;
  /** All completed versions of the inputs; left out where nothing was imputed. */
  readonly completed?: readonly FeatureTable[];
  readonly outcomes: readonly (0 | 1)[];
  /** Inputs of other rows, by their position in the cohort. */
  transform(rows: readonly number[]): ClassifierInputs;
}

/** What the classifier is fitted on. */
export function classifierInputs({
  inputs,
  completed,
}: Pick<Preparation, 'inputs' | 'completed'>): ClassifierInputs {
  return completed ?? inputs;
}

/**
 * Fits everything before the classifier on rows of a cohort (positions). Models that share their steps come from one
 * call, so that a resample fits each step once.
 */
export type Prepare<P extends Preparation = Preparation> = (
  rows: readonly number[],
  random: Random,
) => readonly P[];

/** How one candidate did in cross-validation. */
export interface CandidateScore {
  readonly candidate: DeclaredClassifier;
  /** AUC of each fold; null where a fold tests one outcome only. */
  readonly folds: readonly (number | null)[];
  /** Mean over the folds that have an AUC; null when none has, and where the candidate was left out. */
  readonly mean: number | null;
  /** Out-of-fold probabilities in the order of the rows given; NaN for a row that no fold tests. */
  readonly probabilities: Float64Array;
  /** Why the candidate was left out: some fold has too few rows for its settings. It cannot be chosen. */
  readonly leftOut?: string;
}

/** What is resampled: rows (positions in the cohort) and the outcome of each position. */
export interface ResampledRows {
  readonly rows: readonly number[];
  readonly outcomes: readonly (0 | 1)[];
  /** Test rows of each fold, as positions in `rows`. */
  readonly folds: readonly (readonly number[])[];
}

/**
 * Cross-validates every candidate classifier behind the same preparation, which is fitted anew in each fold. One list of
 * scores per model of `prepare`. Candidates of a fold share its preparation and its generator. Settings that need more
 * rows than a fold has are left out, as long as others of the same classifier do not.
 * @throws SentinodeError `too-few-rows` when no settings of a classifier can be fitted, and those of fitting
 */
export function crossValidate(
  prepare: Prepare,
  candidates: readonly DeclaredClassifier[],
  { rows, outcomes, folds }: ResampledRows,
  random: Random,
  available?: readonly Classifier[],
): CandidateScore[][] {
  const scores: { folds: (number | null)[]; probabilities: Float64Array; error?: SentinodeError }[][] = [];
  folds.forEach((test, index) => {
    const tested = new Set(test);
    const own = random.fork(`fold-${index}`);
    const prepared = prepare(
      rows.filter((_, position) => !tested.has(position)),
      own,
    );
    const heldOut = test.map((position) => rows[position]!);
    const truth = heldOut.map((row) => outcomes[row]!);
    prepared.forEach((preparation, model) => {
      const inputs = preparation.transform(heldOut);
      candidates.forEach((candidate, which) => {
        scores[model] ??= [];
        scores[model][which] ??= {
          folds: [],
          probabilities: new Float64Array(rows.length).fill(Number.NaN),
        };
        const score = scores[model][which];
        if (score.error !== undefined) {
          score.folds.push(null);
          return;
        }
        const fitted = orTooFewRows(() =>
          fitClassifier(
            candidate,
            classifierInputs(preparation),
            preparation.outcomes,
            own.fork(`classifier-${model}`),
            available,
          ),
        );
        if (isSentinodeError(fitted)) {
          score.error = fitted;
          score.folds.push(null);
          return;
        }
        const probabilities = predictProba(fitted, inputs, available);
        test.forEach((position, i) => {
          score.probabilities[position] = probabilities[i]!;
        });
        score.folds.push(new Set(truth).size < 2 ? null : auc(probabilities, truth).auc);
      });
    });
  });
  const name = (which: number): string => classifierName(candidates[which]!);
  return scores.map((model) =>
    model.map(({ folds: areas, probabilities, error }, which) => {
      const candidate = candidates[which]!;
      if (error === undefined) return { candidate, mean: meanOf(areas), folds: areas, probabilities };
      if (model.every((other, at) => name(at) !== name(which) || other.error !== undefined)) throw error;
      return { candidate, mean: null, folds: areas, probabilities, leftOut: error.message };
    }),
  );
}

function orTooFewRows<T>(work: () => T): T | SentinodeError {
  try {
    return work();
  } catch (error) {
    if (isSentinodeError(error, 'too-few-rows')) return error;
    throw error;
  }
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** Differences below this are rounding: the earlier candidate is taken. */
const TIE = 1e-12;

/** Position of the highest value; ties go to the earlier, null counts as lowest; `fallback` where all are null. */
export function firstBest(values: readonly (number | null)[], fallback = 0): number {
  let best = fallback;
  values.forEach((value, index) => {
    const leader = values[best] ?? Number.NEGATIVE_INFINITY;
    if (value !== null && value > leader + TIE) best = index;
  });
  return best;
}
