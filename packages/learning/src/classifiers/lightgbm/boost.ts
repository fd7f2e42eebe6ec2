import { exp, log } from '@sentinode/core';
import { binColumn } from './bins.ts';
import { EPSILON, roundInt, roundToZero } from './constants.ts';
import { Draws, drawSeeds } from './draws.ts';
import { LeafWiseGrower, type UsedColumn } from './grow-leaf-wise.ts';
import { constantTree, type LeafWiseTree, leafOfRow } from './leaf-wise-tree.ts';
import type { LightgbmOptions } from './options.ts';

/** Rows that share a generator of draws. */
const DRAW_BLOCK = 1024;

/** Training rows: the columns, the outcomes, and a weight for each row or null. */
export interface TrainingRows {
  readonly columns: readonly Float64Array[];
  readonly outcomes: ArrayLike<number>;
  /** As 32-bit floats, which is how LightGBM keeps weights. */
  readonly weights: Float32Array | null;
}

/** Rows held out to stop early: row-major predictors and outcomes. */
export interface HeldOutRows {
  readonly rows: Float64Array;
  readonly outcomes: ArrayLike<number>;
}

export interface BoostedLeafWise {
  readonly trees: readonly LeafWiseTree[];
  /** Range of each column that could be split, else null. */
  readonly ranges: readonly (readonly [number, number] | null)[];
  /** Mean log loss of the held-out rows after each tree; empty without early stopping. */
  readonly heldOutLoss: readonly number[];
}

/** Gradient boosting as LightGBM 4 does it (gbdt, objective binary); the first tree carries the starting score. */
export function boostLeafWise(
  data: TrainingRows,
  options: LightgbmOptions,
  heldOut?: HeldOutRows,
): BoostedLeafWise {
  const booster = new Booster(data, options, heldOut);
  let best = { tree: 0, loss: Number.POSITIVE_INFINITY };
  const heldOutLoss: number[] = [];
  for (let t = 0; t < options.n_estimators; t++) {
    booster.addTree();
    if (heldOut === undefined || options.early_stopping_round === null) continue;
    const loss = booster.heldOutLoss();
    heldOutLoss.push(loss);
    if (t === 0 || loss < best.loss) best = { tree: t, loss };
    else if (t - best.tree >= options.early_stopping_round) break;
  }
  const trees = heldOutLoss.length > 0 ? booster.trees.slice(0, best.tree + 1) : booster.trees;
  return { trees, ranges: booster.ranges, heldOutLoss };
}

class Booster {
  readonly trees: LeafWiseTree[] = [];
  readonly ranges: (readonly [number, number] | null)[];
  readonly #data: TrainingRows;
  readonly #options: LightgbmOptions;
  readonly #n: number;
  readonly #columns: readonly UsedColumn[];
  readonly #grower: LeafWiseGrower;
  readonly #scores: Float64Array;
  readonly #heldOut: HeldOutRows | undefined;
  readonly #heldOutScores: Float64Array;
  readonly #weights: readonly [number, number];
  /** One generator for each block of rows. */
  readonly #rowDraws: readonly Draws[];
  readonly #columnDraws: Draws;
  readonly #allColumns: Uint8Array;
  readonly #gradients: Float32Array;
  readonly #hessians: Float32Array;
  #bag: Int32Array;
  #isBagFull = false;
  /** Trees kept since the last bagging started; a tree that is dropped does not count, as in LightGBM. */
  #iteration = 0;

  constructor(data: TrainingRows, options: LightgbmOptions, heldOut: HeldOutRows | undefined) {
    const n = data.outcomes.length;
    this.#data = data;
    this.#options = options;
    this.#n = n;
    const binned = data.columns.map((column) =>
      binColumn(column, {
        maxBin: options.max_bin,
        minDataInBin: options.min_data_in_bin,
        minSplitData: options.feature_pre_filter ? options.min_child_samples : 0,
      }),
    );
    this.ranges = binned.map((column) => (column === undefined ? null : [column.smallest, column.largest]));
    this.#columns = binned.flatMap((column, feature) =>
      column === undefined ? [] : [{ ...column, feature }],
    );
    this.#grower = new LeafWiseGrower(this.#columns, n, {
      leaves: options.num_leaves,
      depth: options.max_depth,
      minRows: options.min_child_samples,
      minHessian: options.min_child_weight,
      l1: options.reg_alpha,
      l2: options.reg_lambda,
      minGain: options.min_split_gain,
    });
    this.#scores = new Float64Array(n);
    this.#heldOut = heldOut;
    this.#heldOutScores = new Float64Array(heldOut?.outcomes.length ?? 0);
    this.#weights = labelWeights(data.outcomes, options);
    const seeds = drawSeeds(options.random_state);
    this.#rowDraws = Array.from(
      { length: Math.ceil(n / DRAW_BLOCK) },
      (_, block) => new Draws(seeds.rows + block),
    );
    this.#columnDraws = new Draws(seeds.columns);
    this.#allColumns = new Uint8Array(this.#columns.length).fill(1);
    this.#gradients = new Float32Array(n);
    this.#hessians = new Float32Array(n);
    this.#bag = Int32Array.from({ length: n }, (_, row) => row);
    // LightGBM draws columns once before the first tree
    this.#drawTreeColumns();
  }

  addTree(): void {
    const isFirst = this.trees.length === 0;
    let start = 0;
    if (isFirst && (this.#options.boost_from_average || this.#columns.length === 0)) {
      const average = averageScore(this.#data);
      if (Math.abs(average) > EPSILON) {
        start = average;
        this.#addToAll(average);
      }
    }
    this.#computeGradients();
    this.#drawBag();
    if (this.#columns.length > 0) {
      const used = this.#drawTreeColumns();
      const { tree, leaves } = this.#grower.grow(this.#gradients, this.#hessians, this.#bag, used.flags, () =>
        this.#drawNodeColumns(used.drawn),
      );
      if (tree.splitFeature.length > 0) {
        this.#keep(tree, leaves, start);
        return;
      }
    }
    if (!isFirst) return;
    if (!this.#options.boost_from_average && this.#columns.length > 0) {
      start = averageScore(this.#data);
      this.#addToAll(start);
    }
    this.trees.push(constantTree(start, this.#n));
  }

  heldOutLoss(): number {
    const outcomes = this.#heldOut!.outcomes;
    let sum = 0;
    for (let i = 0; i < outcomes.length; i++) {
      const p = 1 / (1 + exp(-this.#heldOutScores[i]!));
      const own = outcomes[i] === 1 ? p : 1 - p;
      sum -= log(Math.max(own, EPSILON));
    }
    return sum / outcomes.length;
  }

  #keep(
    tree: LeafWiseTree,
    leaves: readonly { readonly start: number; readonly end: number }[],
    start: number,
  ): void {
    const { learning_rate: rate } = this.#options;
    for (let i = 0; i < tree.leafValue.length; i++)
      tree.leafValue[i] = roundToZero(tree.leafValue[i]! * rate);
    for (let i = 0; i < tree.internalValue.length; i++)
      tree.internalValue[i] = roundToZero(tree.internalValue[i]! * rate);
    tree.shrinkage = rate;
    leaves.forEach(({ start: from, end }, leaf) => {
      for (let i = from; i < end; i++) this.#scores[this.#grower.rows[i]!]! += tree.leafValue[leaf]!;
    });
    if (this.#bag.length < this.#n) this.#scoreOutOfBag(tree);
    if (this.#heldOut !== undefined) {
      const width = this.#data.columns.length;
      for (let i = 0; i < this.#heldOutScores.length; i++)
        this.#heldOutScores[i]! += tree.leafValue[leafOfRow(tree, this.#heldOut.rows, width, i)]!;
    }
    if (Math.abs(start) > EPSILON) {
      for (let i = 0; i < tree.leafValue.length; i++)
        tree.leafValue[i] = roundToZero(tree.leafValue[i]! + start);
      for (let i = 0; i < tree.internalValue.length; i++)
        tree.internalValue[i] = roundToZero(tree.internalValue[i]! + start);
      tree.shrinkage = 1;
    }
    this.trees.push(tree);
    this.#iteration++;
  }

  #scoreOutOfBag(tree: LeafWiseTree): void {
    const { columns } = this.#data;
    const isIn = new Uint8Array(this.#n);
    for (const row of this.#bag) isIn[row] = 1;
    const own = new Float64Array(columns.length);
    for (let row = 0; row < this.#n; row++) {
      if (isIn[row] === 1) continue;
      for (const feature of tree.splitFeature) own[feature] = columns[feature]![row]!;
      this.#scores[row]! += tree.leafValue[leafOfRow(tree, own, 0, 0)]!;
    }
  }

  #addToAll(score: number): void {
    for (let i = 0; i < this.#n; i++) this.#scores[i]! += score;
    for (let i = 0; i < this.#heldOutScores.length; i++) this.#heldOutScores[i]! += score;
  }

  #computeGradients(): void {
    const { outcomes, weights } = this.#data;
    for (let i = 0; i < this.#n; i++) {
      const label = outcomes[i] === 1 ? 1 : -1;
      const response = -label / (1 + exp(label * this.#scores[i]!));
      const size = Math.abs(response);
      const labelWeight = this.#weights[label === 1 ? 1 : 0];
      const gradient = response * labelWeight;
      const hessian = size * (1 - size) * labelWeight;
      this.#gradients[i] = weights === null ? gradient : gradient * weights[i]!;
      this.#hessians[i] = weights === null ? hessian : hessian * weights[i]!;
    }
  }

  /** Draws the rows of the next trees, where it is time; a bag that once holds every row stays. */
  #drawBag(): void {
    const { subsample, subsample_freq } = this.#options;
    const isDue = subsample_freq > 0 && this.#iteration % subsample_freq === 0 && !this.#isBagFull;
    if (subsample >= 1 || !isDue) return;
    const bag: number[] = [];
    for (let row = 0; row < this.#n; row++)
      if (this.#rowDraws[Math.floor(row / DRAW_BLOCK)]!.float() < subsample) bag.push(row);
    this.#bag = Int32Array.from(bag);
    this.#isBagFull = bag.length === this.#n;
  }

  #drawTreeColumns(): { flags: Uint8Array; drawn: readonly number[] | null } {
    const { colsample_bytree: share } = this.#options;
    if (share >= 1) return { flags: this.#allColumns, drawn: null };
    const count = columnCount(this.#columns.length, share);
    const drawn = this.#columnDraws.sample(this.#columns.length, count);
    const flags = new Uint8Array(this.#columns.length);
    for (const k of drawn) flags[k] = 1;
    return { flags, drawn };
  }

  #drawNodeColumns(ofTree: readonly number[] | null): Uint8Array | undefined {
    const { feature_fraction_bynode: share } = this.#options;
    if (share >= 1) return undefined;
    const total = ofTree?.length ?? this.#columns.length;
    const flags = new Uint8Array(this.#columns.length);
    for (const index of this.#columnDraws.sample(total, columnCount(total, share)))
      flags[ofTree === null ? index : ofTree[index]!] = 1;
    return flags;
  }
}

const columnCount = (total: number, share: number): number =>
  Math.max(roundInt(total * share), Math.min(1, total));

/** Log-odds of the weighted rate of events. */
function averageScore({ outcomes, weights }: TrainingRows): number {
  let events = 0;
  let total = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const weight = weights === null ? 1 : weights[i]!;
    events += outcomes[i] === 1 ? weight : 0;
    total += weight;
  }
  const rate = Math.max(EPSILON, Math.min(events / total, 1 - EPSILON));
  return log(rate / (1 - rate));
}

function labelWeights(outcomes: ArrayLike<number>, options: LightgbmOptions): readonly [number, number] {
  let events = 0;
  for (let i = 0; i < outcomes.length; i++) if (outcomes[i] === 1) events++;
  const others = outcomes.length - events;
  if (!options.is_unbalance) return [1, options.scale_pos_weight];
  return events > others
    ? [events / others, options.scale_pos_weight]
    : [1, (others / events) * options.scale_pos_weight];
}
