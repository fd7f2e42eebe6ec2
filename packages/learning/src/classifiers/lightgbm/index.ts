import { type FeatureTable, selectPositions } from '@sentinode/core';
import { logistic } from '@sentinode/statistics';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { holdOutRows } from '../held-out-rows.ts';
import { classWeights, countTrainingEvents, predictorRows } from '../training-rows.ts';
import { type BoostedLeafWise, boostLeafWise } from './boost.ts';
import { type LeafWiseTree, leafOfRow } from './leaf-wise-tree.ts';
import { type LightgbmOptions, options } from './options.ts';

export interface LightgbmState extends BoostedLeafWise {
  /** Factor on the raw score before the logistic function; 1 unless a model that was read says otherwise. */
  readonly sigmoid: number;
}

/**
 * LightGBM's gradient boosting (leaf-wise trees on histograms, objective binary), our own implementation for tables of
 * this size: the same bins, gradients in 32 bits, order of sums and draws as LightGBM 4 with deterministic=true and one
 * thread. `lightgbmText` writes the model in LightGBM's own format and `readLightgbmText` reads it. With fewer rows than
 * two leaves need, or no column that can be split, every patient gets the rate of events, which is noted.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows` (early stopping)
 */
export const lightgbm = {
  name: 'lightgbm',
  options,
  grid: { num_leaves: [7, 31], n_estimators: [50, 100] },
  fit: (table, outcomes, chosen, random): FittedClassifier => {
    const events = countTrainingEvents(table, outcomes);
    const parts =
      chosen.early_stopping_round === null
        ? undefined
        : holdOutRows(outcomes, chosen.validation_fraction, random.fork('held-out'), table.ids);
    const [weight0, weight1] = classWeights(chosen.class_weight, outcomes.length, events);
    const fitRows = parts?.fit ?? outcomes.map((_, row) => row);
    const boosted = boostLeafWise(
      {
        columns:
          parts === undefined
            ? table.columns
            : table.columns.map((column) => Float64Array.from(fitRows, (row) => column[row]!)),
        outcomes: fitRows.map((row) => outcomes[row]!),
        weights:
          chosen.class_weight === null
            ? null
            : Float32Array.from(fitRows, (row) => (outcomes[row] === 1 ? weight1 : weight0)),
      },
      chosen,
      parts && {
        rows: heldOutRows(table, parts.held),
        outcomes: parts.held.map((row) => outcomes[row]!),
      },
    );
    const state: LightgbmState = { ...boosted, sigmoid: 1 };
    const notes = notesOf(table, chosen, state, parts?.held.length ?? 0);
    return {
      classifier: 'lightgbm',
      options: chosen,
      rows: [...table.ids],
      input: [...table.names],
      ...(notes.length > 0 ? { notes } : {}),
      state,
    };
  },
  predictProba: (fitted, table): Float64Array => {
    const { sigmoid } = fitted.state as LightgbmState;
    return decision(fitted, table).map((score) => logistic(sigmoid * score));
  },
  decision,
  linear: () => undefined,
} satisfies Classifier<typeof options>;

/** Sum of the leaf values (log-odds). */
function decision(fitted: FittedClassifier, table: FeatureTable): Float64Array {
  const { trees } = fitted.state as LightgbmState;
  const { rows, columns, data } = predictorRows(fitted, table);
  const scores = new Float64Array(rows);
  for (const tree of trees)
    for (let row = 0; row < rows; row++) scores[row]! += leafValue(tree, data, columns, row);
  return scores;
}

const leafValue = (tree: LeafWiseTree, data: Float64Array, width: number, row: number): number =>
  tree.leafValue[leafOfRow(tree, data, width, row)]!;

function heldOutRows(table: FeatureTable, held: readonly number[]): Float64Array {
  return predictorRows({ input: table.names } as FittedClassifier, selectPositions(table, held)).data;
}

function notesOf(
  table: FeatureTable,
  chosen: LightgbmOptions,
  { trees, ranges }: LightgbmState,
  held: number,
): string[] {
  const notes: string[] = [];
  const unused = table.names.filter((_, j) => ranges[j] === null);
  if (table.names.length === 0) notes.push('no predictors: the rate of events for everyone');
  else if (!trees.some(({ splitFeature }) => splitFeature.length > 0))
    notes.push(
      `no split is possible (min_child_samples ${chosen.min_child_samples}, ${table.ids.length} training patients): the rate of events for everyone`,
    );
  else if (unused.length > 0)
    notes.push(`left out, because no cut leaves enough patients on both sides: ${unused.join(', ')}`);
  if (held > 0)
    notes.push(
      `${trees.length} of at most ${chosen.n_estimators} trees, by the log loss on ${held} training patients held out`,
    );
  return notes;
}
