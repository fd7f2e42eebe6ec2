import { type FeatureTable, log, type Random, SentinodeError } from '@sentinode/core';
import { logistic } from '@sentinode/statistics';
import { singleRows, sortColumns } from '../../decision-tree/sorted-columns.ts';
import { addTree } from '../../decision-tree/tree.ts';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { countTrainingEvents, predictorRows } from '../training-rows.ts';
import { boostVotes, type VotingTrees } from './boost.ts';
import { type AdaboostOptions, options } from './options.ts';

export interface AdaboostState extends VotingTrees {
  /** Decision value for everyone where there are no predictors to learn from; else null. */
  readonly constant: number | null;
}

/**
 * AdaBoost on decision trees, SAMME.R and SAMME (scikit-learn 1.2 `AdaBoostClassifier`). Predictors are rounded to
 * 32-bit floats before they are compared; of equally good splits the lowest column, then the lowest threshold is
 * taken, where scikit-learn lets chance decide (`treeMovement` measures how much that matters). Without predictors:
 * the rate of events.
 * @throws SentinodeError `one-class`, `not-finite`, `option-invalid` (SAMME, when the first tree is no better than chance)
 */
export const adaboost = {
  name: 'adaboost',
  options,
  grid: { n_estimators: [25, 50, 100] },
  fit: (table, outcomes, chosen, random): FittedClassifier => fit(table, outcomes, chosen, random, false),
  predictProba: (fitted, table): Float64Array => decision(fitted, table).map(logistic),
  decision,
  linear: () => undefined,
  refitWithRandomTies: (table, outcomes, chosen, random): FittedClassifier =>
    fit(table, outcomes, chosen, random, true),
} satisfies Classifier<typeof options>;

/** Weighted mean of the votes; its logistic is scikit-learn's probability. */
function decision(fitted: FittedClassifier, table: FeatureTable): Float64Array {
  const { trees, treeWeights, constant } = fitted.state as AdaboostState;
  const { rows, columns, data } = predictorRows(fitted, table);
  if (constant !== null) return new Float64Array(rows).fill(constant);
  const singles = singleRows(data, fitted.input);
  const sums = new Float64Array(rows);
  trees.forEach((tree, t) => {
    addTree(tree, singles, columns, treeWeights[t]!, sums);
  });
  const total = treeWeights.reduce((sum, weight) => sum + weight, 0);
  return sums.map((sum) => sum / total);
}

function fit(
  table: FeatureTable,
  outcomes: readonly (0 | 1)[],
  chosen: AdaboostOptions,
  random: Random,
  shufflesTies: boolean,
): FittedClassifier {
  const events = countTrainingEvents(table, outcomes);
  const n = outcomes.length;
  const isEmpty = table.names.length === 0;
  const votes: VotingTrees = isEmpty
    ? {
        trees: [],
        treeWeights: [],
        treeErrors: [],
        ties: { splits: 0, tied: 0, firstTree: null },
        stopped: null,
      }
    : boostVotes(sortColumns(table.columns, table.names, n), Float64Array.from(outcomes), chosen, {
        random: random.fork('columns'),
        shufflesTies,
      });
  if (!isEmpty && votes.trees.length === 0)
    throw new SentinodeError(
      'option-invalid',
      'classifiers.adaboost.algorithm: AdaBoost with SAMME cannot start, because its first tree is no better than chance on the training patients. Use algorithm SAMME.R, deeper trees or other predictors.',
      { field: 'classifiers.adaboost.algorithm' },
    );
  const state: AdaboostState = { ...votes, constant: isEmpty ? log(events / (n - events)) : null };
  const notes = notesOf(chosen, state);
  return {
    classifier: 'adaboost',
    options: chosen,
    rows: [...table.ids],
    input: [...table.names],
    ...(notes.length > 0 ? { notes } : {}),
    state,
  };
}

function notesOf(chosen: AdaboostOptions, { trees, ties, stopped, constant }: AdaboostState): string[] {
  if (constant !== null) return ['no predictors: the rate of events for everyone'];
  const notes: string[] = [];
  if (ties.splits === 0)
    notes.push(
      'no tree could be split: the same probability for everyone, near one half rather than the rate',
    );
  const early = `${trees.length} of at most ${chosen.n_estimators} trees:`;
  if (stopped === 'perfect') notes.push(`${early} the last one makes no error on the training patients`);
  if (stopped === 'no-better-than-chance') notes.push(`${early} the next would be no better than chance`);
  if (stopped === 'weights-overflow')
    notes.push(`${early} the weights of the patients overflowed; lower the learning rate`);
  if (ties.tied > 0)
    notes.push(
      `in ${ties.tied} of ${ties.splits} nodes several splits were equally good (first in tree ${ties.firstTree}); the lowest column and threshold were taken`,
    );
  return notes;
}
