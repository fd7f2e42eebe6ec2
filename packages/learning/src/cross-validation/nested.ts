import type { Random } from '@sentinode/core';
import { type DeclaredClassifier, fitClassifier, predictProba } from '../classifiers/index.ts';
import type { Classifier, FittedClassifier } from '../estimator.ts';
import { type ChoiceRule, perModel } from './choice-rules.ts';
import {
  type CandidateScore,
  classifierInputs,
  crossValidate,
  type Preparation,
  type Prepare,
} from './cross-validate.ts';

/** How the inner folds of training rows are made; positions in the rows given. */
export type InnerFolds = (rows: readonly number[], random: Random) => readonly (readonly number[])[];

/** What choosing among candidates on training rows gave, for one model. */
export interface Choice {
  readonly scores: readonly CandidateScore[];
  /** Position of the chosen candidate. */
  readonly best: number;
}

/**
 * Chooses a candidate for each model by cross-validation within the rows given; nothing else is seen. With one candidate
 * there is nothing to choose, and no fold is fitted.
 */
export function chooseWithin(
  prepare: Prepare,
  candidates: readonly DeclaredClassifier[],
  {
    rows,
    outcomes,
    inner,
    rule = perModel,
  }: { rows: readonly number[]; outcomes: readonly (0 | 1)[]; inner: InnerFolds; rule?: ChoiceRule },
  random: Random,
  available?: readonly Classifier[],
): Choice[] {
  const own = random.fork('inner');
  const scores = crossValidate(
    prepare,
    candidates,
    { rows, outcomes, folds: inner(rows, own.fork('folds')) },
    own,
    available,
  );
  const best = rule(scores);
  return scores.map((model, index) => ({ scores: model, best: best[index]! }));
}

/** One outer fold: the choice made on its training rows, and the probabilities of its test rows. */
export interface NestedFold<P extends Preparation = Preparation> {
  readonly choice: Choice | null;
  readonly chosen: DeclaredClassifier;
  readonly preparation: P;
  readonly fitted: FittedClassifier;
  readonly probabilities: Float64Array;
}

/**
 * Fits on training rows with everything inside, choice among candidates included, and scores test rows. One entry per
 * model of `prepare`.
 */
export function nestedFold<P extends Preparation>(
  prepare: Prepare<P>,
  candidates: readonly DeclaredClassifier[],
  {
    train,
    test,
    outcomes,
    inner,
    rule,
  }: {
    train: readonly number[];
    test: readonly number[];
    outcomes: readonly (0 | 1)[];
    inner: InnerFolds;
    rule?: ChoiceRule;
  },
  random: Random,
  available?: readonly Classifier[],
): NestedFold<P>[] {
  const choices =
    candidates.length > 1
      ? chooseWithin(prepare, candidates, { rows: train, outcomes, inner, rule }, random, available)
      : null;
  const own = random.fork('refit');
  return prepare(train, own).map((preparation, model) => {
    const choice = choices?.[model] ?? null;
    const chosen = candidates[choice?.best ?? 0]!;
    const fitted = fitClassifier(
      chosen,
      classifierInputs(preparation),
      preparation.outcomes,
      own.fork(`classifier-${model}`),
      available,
    );
    return {
      choice,
      chosen,
      preparation,
      fitted,
      probabilities: predictProba(fitted, preparation.transform(test), available),
    };
  });
}
