import { log2 } from '@sentinode/core';
import { type ColumnChoice, type GrowthLimits, growTree } from '../../decision-tree/grow.ts';
import type { SortedColumns } from '../../decision-tree/sorted-columns.ts';
import { addTree, type DecisionTree } from '../../decision-tree/tree.ts';
import { losses } from './losses.ts';
import type { GradientBoostingOptions } from './options.ts';

/** Trees one after the other, each fitted to what the ones before left over. */
export interface BoostedTrees {
  /** Raw score of a row before the first tree. */
  readonly initial: number;
  readonly trees: readonly DecisionTree[];
  /** Mean loss on the rows that each tree saw, after it. */
  readonly trainLoss: readonly number[];
  /** Mean loss on the rows held out, after each tree; empty without early stopping. */
  readonly heldOutLoss: readonly number[];
  /** Nodes that were split; those where another split was equally good; the first tree with one, counted from 1. */
  readonly ties: { readonly splits: number; readonly tied: number; readonly firstTree: number | null };
}

/** What may depend on chance, given so that a fit can be repeated with the draws of another program. */
export interface BoostingChance {
  /** 1 for rows that the next tree sees; asked once for each tree when `subsample` is below 1. */
  readonly drawBag: () => Uint8Array;
  readonly choice: ColumnChoice | undefined;
}

/** Rows held out to stop early: row-major 32-bit floats and their outcomes. */
export interface HeldOutRows {
  readonly rows: Float32Array;
  readonly outcomes: Float64Array;
}

/** scikit-learn clips the rate of events by the precision of 32-bit floats before it takes log-odds. */
const RATE_LIMIT = 2 ** -23;

/** Gradient boosting of regression trees (scikit-learn 1.2 `GradientBoostingClassifier`, two classes). */
export function boostTrees(
  sorted: SortedColumns,
  outcomes: Float64Array,
  options: GradientBoostingOptions,
  chance: BoostingChance,
  heldOut?: HeldOutRows,
): BoostedTrees {
  const { rows: n, columns: p } = sorted;
  const loss = losses[options.loss];
  const limits = growthLimits(options, n, p);
  const rate = sumOf(outcomes) / n;
  const initial = loss.initial(Math.min(1 - RATE_LIMIT, Math.max(RATE_LIMIT, rate)));
  const scores = new Float64Array(n).fill(initial);
  const heldScores = new Float64Array(heldOut?.outcomes.length ?? 0).fill(initial);
  const everyRow = new Float64Array(n).fill(1);
  const rows = rowMajor(sorted);
  const trees: DecisionTree[] = [];
  const trainLoss: number[] = [];
  const heldOutLoss: number[] = [];
  const history = new Float64Array(options.n_iter_no_change ?? 1).fill(Number.POSITIVE_INFINITY);
  const ties = { splits: 0, tied: 0, firstTree: null as number | null };

  for (let t = 0; t < options.n_estimators; t++) {
    const weight = options.subsample < 1 ? Float64Array.from(chance.drawBag()) : everyRow;
    const residuals = scores.map((score, row) => loss.residual(outcomes[row]!, score));
    const grown = growTree(
      sorted,
      residuals,
      weight,
      { ...limits, minWeightLeaf: options.min_weight_fraction_leaf * sumOf(weight) },
      chance.choice,
    );
    const value = grown.leaves.map((leaf) => (leaf === undefined ? 0 : loss.leaf(leaf, outcomes, residuals)));
    const tree: DecisionTree = { ...grown.tree, value };
    trees.push(tree);
    ties.splits += grown.splits;
    ties.tied += grown.tied;
    if (grown.tied > 0) ties.firstTree ??= trees.length;
    if (weight === everyRow) {
      grown.leaves.forEach((leaf, node) => {
        for (const row of leaf ?? []) scores[row]! += options.learning_rate * value[node]!;
      });
    } else addTree(tree, rows(), p, options.learning_rate, scores);
    trainLoss.push(meanLoss(loss.loss, outcomes, scores, weight));
    if (heldOut === undefined || options.n_iter_no_change === null) continue;
    addTree(tree, heldOut.rows, p, options.learning_rate, heldScores);
    const now = meanLoss(loss.loss, heldOut.outcomes, heldScores);
    heldOutLoss.push(now);
    if (!history.some((before) => now + options.tol < before)) break;
    history[t % history.length] = now;
  }
  return { initial, trees, trainLoss, heldOutLoss, ties };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function meanLoss(
  loss: (outcome: number, score: number) => number,
  outcomes: Float64Array,
  scores: Float64Array,
  weight?: Float64Array,
): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < scores.length; row++) {
    const own = weight === undefined ? 1 : weight[row]!;
    if (own === 0) continue;
    sum += own * loss(outcomes[row]!, scores[row]!);
    total += own;
  }
  return sum / total;
}

/** The columns turned into rows when first asked for. */
function rowMajor({ rows: n, columns: p, values }: SortedColumns): () => Float32Array {
  let turned: Float32Array | undefined;
  return () => {
    if (turned !== undefined) return turned;
    turned = new Float32Array(n * p);
    for (let j = 0; j < p; j++) for (let i = 0; i < n; i++) turned[i * p + j] = values[j * n + i]!;
    return turned;
  };
}

/** Limits for n rows; the smallest weight of a leaf follows from the rows that a tree sees. */
function growthLimits(
  options: GradientBoostingOptions,
  n: number,
  p: number,
): Omit<GrowthLimits, 'minWeightLeaf'> {
  const share = (value: number, least: number): number =>
    value < 1 ? Math.max(least, Math.ceil(value * n)) : value;
  const minSamplesLeaf = share(options.min_samples_leaf, 1);
  return {
    criterion: options.criterion,
    maxDepth: options.max_depth ?? Number.POSITIVE_INFINITY,
    minSamplesSplit: Math.max(share(options.min_samples_split, 2), 2 * minSamplesLeaf),
    minSamplesLeaf,
    minImpurityDecrease: options.min_impurity_decrease,
    maxLeafNodes: options.max_leaf_nodes ?? Number.POSITIVE_INFINITY,
    maxFeatures: columnsPerNode(options.max_features, p),
  };
}

function columnsPerNode(option: GradientBoostingOptions['max_features'], p: number): number {
  if (option === null) return p;
  if (option === 'log2') return Math.max(1, Math.floor(log2(p)));
  if (option === 'sqrt' || option === 'auto') return Math.max(1, Math.floor(Math.sqrt(p)));
  return option < 1 ? Math.max(1, Math.floor(option * p)) : Math.min(option, p);
}
