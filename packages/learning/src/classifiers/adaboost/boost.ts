import { exp, log } from '@sentinode/core';
import { type ColumnChoice, type GrownTree, type GrowthLimits, growTree } from '../../decision-tree/grow.ts';
import type { SortedColumns } from '../../decision-tree/sorted-columns.ts';
import type { DecisionTree } from '../../decision-tree/tree.ts';
import type { AdaboostOptions } from './options.ts';

/** Trees that vote. */
export interface VotingTrees {
  /**
   * Leaf value with SAMME.R: log of the odds of the event among the weighted rows of the leaf; with SAMME: 1 for the
   * event, -1 for the other outcome.
   */
  readonly trees: readonly DecisionTree[];
  /** Weight of each vote; 1 with SAMME.R. */
  readonly treeWeights: readonly number[];
  /** Weighted error of each tree on the training rows. */
  readonly treeErrors: readonly number[];
  /** Nodes that were split; those where another split was equally good; the first tree with one, counted from 1. */
  readonly ties: { readonly splits: number; readonly tied: number; readonly firstTree: number | null };
  /** Why fewer trees than asked for were made, else null. */
  readonly stopped: 'perfect' | 'no-better-than-chance' | 'weights-overflow' | null;
}

const EPSILON = 2 ** -52;

/** Value of a leaf from the summed weights of both outcomes in it. */
export function leafValue(algorithm: AdaboostOptions['algorithm'], others: number, events: number): number {
  if (algorithm === 'SAMME') return events > others ? 1 : -1;
  const total = others + events;
  // a share of zero is lifted to the precision of doubles, so that its logarithm exists
  return log(Math.max(EPSILON, events / total)) - log(Math.max(EPSILON, others / total));
}

/** AdaBoost of two classes (scikit-learn 1.2; Zhu et al. 2009). Trees may be empty with SAMME: see `stopped`. */
export function boostVotes(
  sorted: SortedColumns,
  outcomes: Float64Array,
  options: AdaboostOptions,
  choice: ColumnChoice | undefined,
): VotingTrees {
  const { rows: n, columns: p } = sorted;
  const limits = growthLimits(options, p);
  const weight = new Float64Array(n).fill(1 / n);
  const trees: DecisionTree[] = [];
  const treeWeights: number[] = [];
  const treeErrors: number[] = [];
  const ties = { splits: 0, tied: 0, firstTree: null as number | null };
  let stopped: VotingTrees['stopped'] = null;

  for (let t = 0; t < options.n_estimators; t++) {
    for (let i = 0; i < n; i++) weight[i] = Math.max(EPSILON, weight[i]!);
    const grown = growTree(sorted, outcomes, weight, limits, choice);
    const sums = leafSums(grown, outcomes, weight);
    const value = sums.map((sum) => (sum === undefined ? 0 : leafValue(options.algorithm, ...sum)));
    const isEvent = sums.map((sum) => sum !== undefined && sum[1] > sum[0]);
    const error = weightedError(grown, isEvent, outcomes, weight);
    if (options.algorithm === 'SAMME' && error >= 0.5) {
      stopped = 'no-better-than-chance';
      break;
    }
    const vote =
      options.algorithm === 'SAMME.R' || error <= 0 ? 1 : options.learning_rate * log((1 - error) / error);
    trees.push({ ...grown.tree, value });
    treeWeights.push(vote);
    treeErrors.push(Math.max(0, error));
    ties.splits += grown.splits;
    ties.tied += grown.tied;
    if (grown.tied > 0) ties.firstTree ??= trees.length;
    if (error <= 0) {
      stopped = 'perfect';
      break;
    }
    if (t === options.n_estimators - 1) break;
    grown.leaves.forEach((leaf, node) => {
      for (const row of leaf ?? []) {
        const isWrong = isEvent[node] !== (outcomes[row] === 1);
        const power =
          options.algorithm === 'SAMME'
            ? isWrong
              ? vote
              : 0
            : -0.5 * options.learning_rate * (outcomes[row] === 1 ? value[node]! : -value[node]!);
        if (power !== 0) weight[row]! *= exp(power);
      }
    });
    if (!normalise(weight)) {
      stopped = 'weights-overflow';
      break;
    }
  }
  return { trees, treeWeights, treeErrors, ties, stopped };
}

/** Summed weights of the outcomes 0 and 1 in each leaf. */
function leafSums(
  { leaves }: GrownTree,
  outcomes: Float64Array,
  weight: Float64Array,
): ([number, number] | undefined)[] {
  return leaves.map((leaf) => {
    if (leaf === undefined) return undefined;
    const sums: [number, number] = [0, 0];
    for (const row of leaf) sums[outcomes[row] === 1 ? 1 : 0] += weight[row]!;
    return sums;
  });
}

function weightedError(
  { leaves }: GrownTree,
  isEvent: readonly boolean[],
  outcomes: Float64Array,
  weight: Float64Array,
): number {
  let wrong = 0;
  let total = 0;
  leaves.forEach((leaf, node) => {
    for (const row of leaf ?? []) {
      total += weight[row]!;
      if (isEvent[node] !== (outcomes[row] === 1)) wrong += weight[row]!;
    }
  });
  return wrong / total;
}

/** Divides by the sum; false when the weights have overflowed or vanished. */
function normalise(weight: Float64Array): boolean {
  const sum = weight.reduce((total, value) => total + value, 0);
  if (!(sum > 0) || !Number.isFinite(sum)) return false;
  for (let i = 0; i < weight.length; i++) weight[i]! /= sum;
  return true;
}

function growthLimits({ estimator }: AdaboostOptions, p: number): GrowthLimits {
  return {
    criterion: 'gini',
    maxDepth: estimator.max_depth ?? Number.POSITIVE_INFINITY,
    minSamplesSplit: Math.max(estimator.min_samples_split, 2 * estimator.min_samples_leaf),
    minSamplesLeaf: estimator.min_samples_leaf,
    minWeightLeaf: 0,
    minImpurityDecrease: 0,
    maxLeafNodes: estimator.max_leaf_nodes ?? Number.POSITIVE_INFINITY,
    maxFeatures: Math.min(estimator.max_features ?? p, p),
  };
}
