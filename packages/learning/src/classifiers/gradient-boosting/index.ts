import { type FeatureTable, type Random, selectPositions } from '@sentinode/core';
import type { ColumnChoice } from '../../decision-tree/grow.ts';
import { singleRows, sortColumns } from '../../decision-tree/sorted-columns.ts';
import { addTree } from '../../decision-tree/tree.ts';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { holdOutRows } from '../held-out-rows.ts';
import { countTrainingEvents, predictorRows } from '../training-rows.ts';
import { type BoostedTrees, boostTrees } from './boost.ts';
import { losses } from './losses.ts';
import { type GradientBoostingOptions, options } from './options.ts';

export type GradientBoostingState = BoostedTrees;

/**
 * Gradient boosting of decision trees (scikit-learn 1.2 `GradientBoostingClassifier`). Predictors are rounded to
 * 32-bit floats before they are compared. Of equally good splits the lowest column, then the lowest threshold is
 * taken, where scikit-learn lets chance decide; the fit notes in how many nodes that happened, and `treeMovement`
 * measures how far probabilities move with such a choice. Without predictors: the rate of events.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows` (early stopping)
 */
export const gradientBoosting = {
  name: 'gradient-boosting',
  options,
  grid: { max_depth: [1, 2, 3] },
  fit: (table, outcomes, chosen, random): FittedClassifier => fit(table, outcomes, chosen, random, false),
  predictProba: (fitted, table): Float64Array => {
    const { loss } = fitted.options as GradientBoostingOptions;
    return decision(fitted, table).map(losses[loss].probability);
  },
  decision,
  linear: () => undefined,
  refitWithRandomTies: (table, outcomes, chosen, random): FittedClassifier =>
    fit(table, outcomes, chosen, random, true),
} satisfies Classifier<typeof options>;

/** Raw score: log-odds with the loss log_loss, half of them with exponential. */
function decision(fitted: FittedClassifier, table: FeatureTable): Float64Array {
  const { initial, trees } = fitted.state as GradientBoostingState;
  const { learning_rate } = fitted.options as GradientBoostingOptions;
  const { rows, columns, data } = predictorRows(fitted, table);
  const singles = singleRows(data, fitted.input);
  const scores = new Float64Array(rows).fill(initial);
  for (const tree of trees) addTree(tree, singles, columns, learning_rate, scores);
  return scores;
}

function fit(
  table: FeatureTable,
  outcomes: readonly (0 | 1)[],
  chosen: GradientBoostingOptions,
  random: Random,
  shufflesTies: boolean,
): FittedClassifier {
  countTrainingEvents(table, outcomes);
  const parts =
    chosen.n_iter_no_change === null
      ? undefined
      : holdOutRows(outcomes, chosen.validation_fraction, random.fork('held-out'), table.ids);
  const rowsOf = (rows: readonly number[]): FeatureTable => selectPositions(table, rows);
  const outcomesOf = (rows: readonly number[]): Float64Array =>
    Float64Array.from(rows, (row) => outcomes[row]!);
  const own = parts === undefined ? table : rowsOf(parts.fit);
  const n = own.ids.length;
  const sorted = sortColumns(own.columns, table.names, n);
  const bags = random.fork('bags');
  const size = Math.max(1, Math.floor(chosen.subsample * n));
  const choice: ColumnChoice = { random: random.fork('columns'), shufflesTies };
  const state: GradientBoostingState = boostTrees(
    sorted,
    parts === undefined ? Float64Array.from(outcomes) : outcomesOf(parts.fit),
    chosen,
    { drawBag: () => drawBag(n, size, bags), choice },
    parts && {
      rows: singleRows(
        predictorRows({ input: table.names } as FittedClassifier, rowsOf(parts.held)).data,
        table.names,
      ),
      outcomes: outcomesOf(parts.held),
    },
  );
  return {
    classifier: 'gradient-boosting',
    options: chosen,
    rows: [...table.ids],
    input: [...table.names],
    ...notesOf(table, chosen, state, parts?.held.length ?? 0),
    state,
  };
}

/** 1 for `size` of n rows, drawn without replacement. */
function drawBag(n: number, size: number, random: Random): Uint8Array {
  const bag = new Uint8Array(n);
  for (const row of random.shuffle(Array.from({ length: n }, (_, position) => position)).slice(0, size))
    bag[row] = 1;
  return bag;
}

function notesOf(
  table: FeatureTable,
  chosen: GradientBoostingOptions,
  { trees, ties }: GradientBoostingState,
  held: number,
): Pick<FittedClassifier, 'notes'> {
  const notes: string[] = [];
  if (table.names.length === 0) notes.push('no predictors: the rate of events for everyone');
  else if (ties.splits === 0) notes.push('no tree could be split: the rate of events for everyone');
  if (ties.tied > 0)
    notes.push(
      `in ${ties.tied} of ${ties.splits} nodes several splits were equally good (first in tree ${ties.firstTree}); the lowest column and threshold were taken`,
    );
  if (held > 0)
    notes.push(
      `${trees.length} of at most ${chosen.n_estimators} trees, by the loss on ${held} training patients held out`,
    );
  return notes.length > 0 ? { notes } : {};
}
