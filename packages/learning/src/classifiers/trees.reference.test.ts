import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../reference/locator.ts';
import type { DecisionTree } from '../decision-tree/tree.ts';
import { largestDifference, referenceParts, referencePredictions } from '../testing/reference-tables.ts';
import { leafValue } from './adaboost/boost.ts';
import type { AdaboostState } from './adaboost/index.ts';
import type { GradientBoostingState } from './gradient-boosting/index.ts';
import { resolveClassifier } from './index.ts';
import { binColumn } from './lightgbm/bins.ts';
import type { LightgbmState } from './lightgbm/index.ts';
import type { LeafWiseTree } from './lightgbm/leaf-wise-tree.ts';
import { treeMovement } from './tree-movement.ts';

/** Largest differences to scikit-learn 1.2.1 and LightGBM 4.7.0; reasons in reference/learning/SOURCE.md. */
const tolerance = {
  // where no tie decides; sums of the same numbers in another order
  exact: 1e-12,
  // sums of many rows' losses
  loss: 1e-12,
  // trees as the peer grew them, scored by us
  stored: 1e-12,
  // the same operations in the same order: thresholds, counts and scores to the last bits
  lightgbm: 1e-13,
  // LightGBM prints gains and inner values with six digits
  printed: 1e-5,
};

interface PeerTree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly value: number[][];
}
interface Case {
  readonly setting: string;
  readonly table: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly grade: string;
  readonly largest_probability_spread_over_20_random_states: number;
  readonly train_score: number[];
  readonly init_raw: number;
  readonly trees?: PeerTree[];
  readonly estimator_weights: number[];
  readonly estimator_errors: number[];
}
const cases = (file: string): readonly (readonly [string, Case])[] =>
  readJson<Case[]>(reference('learning', 'classifiers', `${file}.json`)).map((one) => [
    `${one.setting} on ${one.table}`,
    one,
  ]);
const settingOf = ({ setting, grade }: Case): string =>
  grade === 'exact' ? setting : `${setting}/comparable_only`;
const parts = ['train', 'test'] as const;

function fitted(name: string, options: Readonly<Record<string, unknown>>, table: string) {
  const { classifier, options: complete } = resolveClassifier({ [name]: options });
  const tables = referenceParts(table);
  const model = classifier.fit(tables.train.table, tables.train.outcomes, complete, createRandom(1));
  return { classifier, model, tables };
}

/** Trees of the peer with leaf values of ours. */
const brought = (tree: PeerTree, value: (pair: readonly number[]) => number): DecisionTree => ({
  ...tree,
  value: tree.value.map((pair, node) => (tree.left[node]! < 0 ? value(pair) : 0)),
});

describe('gradient boosting', () => {
  it.each(cases('gradient_boosting'))('%s', (_title, one) => {
    const { classifier, model, tables } = fitted('gradient-boosting', one.options, one.table);
    const state = model.state as GradientBoostingState;
    expect(state.initial).toBeCloseTo(one.init_raw, 14);
    for (const part of parts) {
      const expected = referencePredictions('gradient_boosting', settingOf(one), one.table, part);
      const probability = classifier.predictProba(model, tables[part].table);
      const difference = largestDifference(probability, expected.probability);
      if (one.grade === 'exact') {
        expect(difference).toBeLessThan(tolerance.exact);
        expect(
          largestDifference(classifier.decision!(model, tables[part].table), expected.decision),
        ).toBeLessThan(tolerance.exact);
      } else {
        // one choice among equal splits: within what 20 other choices of the peer spread over, or near it
        expect(difference).toBeLessThan(2 * one.largest_probability_spread_over_20_random_states + 1e-9);
        expect(state.ties.tied).toBeGreaterThan(0);
      }
    }
    if (one.grade === 'exact') {
      expect(state.ties.tied).toBe(0);
      expect(largestDifference(state.trainLoss, one.train_score)).toBeLessThan(tolerance.loss);
    }
  });
  it.each(cases('gradient_boosting').filter(([, one]) => one.trees))('stored trees of %s', (_title, one) => {
    const { classifier, model, tables } = fitted('gradient-boosting', one.options, one.table);
    const state = {
      ...(model.state as GradientBoostingState),
      trees: one.trees!.map((tree) => brought(tree, ([value]) => value!)),
    };
    for (const part of parts) {
      const expected = referencePredictions('gradient_boosting', settingOf(one), one.table, part);
      const own = classifier.predictProba({ ...model, state }, tables[part].table);
      expect(largestDifference(own, expected.probability)).toBeLessThan(tolerance.stored);
    }
  });
  it('shows how far probabilities move by ties, as far as in scikit-learn', () => {
    for (const [, one] of cases('gradient_boosting').filter(([, { setting }]) => setting === 'default')) {
      const { train, test } = referenceParts(one.table);
      const movement = treeMovement(
        'gradient-boosting',
        train.table,
        train.outcomes,
        test.table,
        createRandom(5),
        6,
      )!;
      expect(movement.refits).toBe(6);
      const peer = one.largest_probability_spread_over_20_random_states;
      expect(movement.largest / peer).toBeGreaterThan(0.3);
      expect(movement.largest / peer).toBeLessThan(2);
    }
    const { train, test } = referenceParts('T');
    const still = treeMovement(
      { 'gradient-boosting': { min_samples_leaf: 15, n_estimators: 20 } },
      train.table,
      train.outcomes,
      test.table,
      createRandom(5),
      4,
    )!;
    expect(still.largest).toBeLessThan(1e-12);
    expect(
      treeMovement('logistic-regression', train.table, train.outcomes, test.table, createRandom(5)),
    ).toBeUndefined();
  });
});

describe('AdaBoost', () => {
  const optionsOf = ({ options: { depth, leaf, ...options } }: Case) =>
    depth === undefined ? options : { ...options, estimator: { max_depth: depth, min_samples_leaf: leaf } };
  it.each(cases('adaboost'))('%s', (_title, one) => {
    const { classifier, model, tables } = fitted('adaboost', optionsOf(one), one.table);
    const state = model.state as AdaboostState;
    // the peer's spread over 20 random states says whether its ties matter at all
    const isSame = one.largest_probability_spread_over_20_random_states < 1e-12;
    expect(isSame || one.grade !== 'exact').toBe(true);
    for (const part of parts) {
      const expected = referencePredictions('adaboost', settingOf(one), one.table, part);
      const limit = isSame ? tolerance.exact : one.largest_probability_spread_over_20_random_states;
      const own = classifier.predictProba(model, tables[part].table);
      expect(largestDifference(own, expected.probability)).toBeLessThan(limit);
      if (!isSame) continue;
      expect(
        largestDifference(classifier.decision!(model, tables[part].table), expected.decision),
      ).toBeLessThan(tolerance.exact);
    }
    if (!isSame) return;
    const made = state.trees.length;
    expect(largestDifference(state.treeErrors, one.estimator_errors.slice(0, made))).toBeLessThan(
      tolerance.exact,
    );
    expect(largestDifference(state.treeWeights, one.estimator_weights.slice(0, made))).toBeLessThan(1e-11);
  });
  it.each(cases('adaboost'))('stored trees of %s', (_title, one) => {
    const { classifier, model, tables } = fitted('adaboost', optionsOf(one), one.table);
    const { algorithm } = model.options as { algorithm: 'SAMME' | 'SAMME.R' };
    const state = {
      ...(model.state as AdaboostState),
      trees: one.trees!.map((tree) => brought(tree, ([zero, event]) => leafValue(algorithm, zero!, event!))),
      treeWeights: one.estimator_weights.slice(0, one.trees!.length),
    };
    for (const part of parts) {
      const expected = referencePredictions('adaboost', settingOf(one), one.table, part);
      const own = classifier.predictProba({ ...model, state }, tables[part].table);
      expect(largestDifference(own, expected.probability)).toBeLessThan(tolerance.stored);
    }
  });
});

interface PeerNode {
  readonly split_index?: number;
  readonly split_feature: number;
  readonly threshold: number;
  readonly split_gain: number;
  readonly internal_count: number;
  readonly internal_value: number;
  readonly left: PeerNode;
  readonly right: PeerNode;
  readonly leaf_index?: number;
  readonly leaf_value: number;
  readonly leaf_count: number;
}
interface LightgbmCase extends Case {
  readonly n_trees: number;
  readonly num_bin_per_feature?: number[];
}

function expectSameTree(own: LeafWiseTree, peer: PeerNode, node: number): void {
  if (peer.split_index === undefined) {
    const leaf = peer.leaf_index ?? 0;
    expect(-node - 1).toBe(leaf);
    expect(own.leafValue[leaf]).toBeCloseTo(peer.leaf_value, 13);
    if (own.splitFeature.length > 0) expect(own.leafCount[leaf]).toBe(peer.leaf_count);
    return;
  }
  expect(node).toBe(peer.split_index);
  expect(own.splitFeature[node]).toBe(peer.split_feature);
  expect(own.threshold[node]).toBe(peer.threshold);
  expect(own.internalCount[node]).toBe(peer.internal_count);
  expect(Math.abs(own.splitGain[node]! / peer.split_gain - 1)).toBeLessThan(tolerance.printed);
  expect(Math.abs(own.internalValue[node]! - peer.internal_value)).toBeLessThan(tolerance.printed);
  expectSameTree(own, peer.left, own.leftChild[node]!);
  expectSameTree(own, peer.right, own.rightChild[node]!);
}

describe('LightGBM', () => {
  const lightgbmCases = readJson<LightgbmCase[]>(reference('learning', 'classifiers', 'lightgbm.json')).map(
    (one) => [`${one.setting} on ${one.table}`, one] as const,
  );
  it.each(lightgbmCases)('%s', (_title, one) => {
    const { classifier, model, tables } = fitted('lightgbm', one.options, one.table);
    const { trees } = model.state as LightgbmState;
    const peer = one.trees as unknown as { num_leaves: number; shrinkage: number; tree: PeerNode }[];
    expect(trees).toHaveLength(one.n_trees);
    peer.forEach((tree, t) => {
      expect(trees[t]!.leafValue).toHaveLength(tree.num_leaves);
      expect(trees[t]!.shrinkage).toBe(tree.shrinkage);
      expectSameTree(trees[t]!, tree.tree, tree.num_leaves === 1 ? -1 : 0);
    });
    for (const part of parts) {
      const expected = referencePredictions('lightgbm', one.setting, one.table, part);
      const score = classifier.decision!(model, tables[part].table);
      expect(largestDifference(score, expected.decision)).toBeLessThan(tolerance.lightgbm);
      const probability = classifier.predictProba(model, tables[part].table);
      expect(largestDifference(probability, expected.probability)).toBeLessThan(tolerance.lightgbm);
    }
    if (one.num_bin_per_feature === undefined) return;
    const { max_bin, min_data_in_bin, min_child_samples } = model.options as Record<string, number>;
    const bins = tables.train.table.columns.map(
      (column) =>
        binColumn(column, {
          maxBin: max_bin!,
          minDataInBin: min_data_in_bin!,
          minSplitData: min_child_samples!,
        })?.upperBounds.length ?? 0,
    );
    expect(bins).toEqual(one.num_bin_per_feature);
  });
});
