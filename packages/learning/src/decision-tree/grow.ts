import type { Random } from '@sentinode/core';
import { findBestSplit, type Split, type SplitLimits } from './best-split.ts';
import type { SortedColumns } from './sorted-columns.ts';
import type { DecisionTree } from './tree.ts';

/** Limits of growth, in rows and weights (fractions are resolved by the caller). */
export interface GrowthLimits extends SplitLimits {
  readonly maxDepth: number;
  readonly minSamplesSplit: number;
  readonly minImpurityDecrease: number;
  /** With a limit the most useful split comes first; with Infinity the tree grows depth first. */
  readonly maxLeafNodes: number;
  /** Columns looked at in each node. */
  readonly maxFeatures: number;
}

/** How nodes look at the columns where chance may decide. */
export interface ColumnChoice {
  readonly random: Random;
  /** Random order, so that chance decides between equal splits as it does in scikit-learn. */
  readonly shufflesTies: boolean;
}

export interface GrownTree {
  /** Without leaf values, which the caller computes from the rows of each leaf. */
  readonly tree: Omit<DecisionTree, 'value'>;
  /** Rows of each node that is a leaf, else undefined. */
  readonly leaves: readonly (Int32Array | undefined)[];
  /** Nodes that were split, and those of them where another split was equally good. */
  readonly splits: number;
  readonly tied: number;
}

const EPSILON = 2 ** -52;

interface Node {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  readonly split: Split | undefined;
  readonly improvement: number;
}

/**
 * Grows a regression or classification tree (scikit-learn 1.2 `DecisionTree*`, splitter "best").
 * @param target residual, or 0 and 1 with the criterion gini
 * @param weight weight of each row; rows of weight 0 are left out
 */
export function growTree(
  sorted: SortedColumns,
  target: Float64Array,
  weight: Float64Array,
  limits: GrowthLimits,
  choice?: ColumnChoice,
): GrownTree {
  const grower = new Grower(sorted, target, weight, limits, choice);
  if (Number.isFinite(limits.maxLeafNodes)) grower.growBestFirst();
  else grower.growDepthFirst();
  const { feature, threshold, left, right, leaves, splits, tied } = grower;
  return { tree: { feature, threshold, left, right }, leaves, splits, tied };
}

class Grower {
  readonly feature: number[] = [];
  readonly threshold: number[] = [];
  readonly left: number[] = [];
  readonly right: number[] = [];
  readonly leaves: (Int32Array | undefined)[] = [];
  splits = 0;
  tied = 0;
  readonly #sorted: SortedColumns;
  readonly #target: Float64Array;
  readonly #weight: Float64Array;
  readonly #weighted: Float64Array;
  readonly #limits: GrowthLimits;
  readonly #choice: ColumnChoice | undefined;
  /** Rows in use, by column; those of a node lie side by side in every column. */
  readonly #order: Int32Array;
  readonly #used: number;
  readonly #totalWeight: number;
  readonly #hasUnitWeights: boolean;
  readonly #columns: Int32Array;
  readonly #isLeft: Uint8Array;
  readonly #buffer: Int32Array;

  constructor(
    sorted: SortedColumns,
    target: Float64Array,
    weight: Float64Array,
    limits: GrowthLimits,
    choice: ColumnChoice | undefined,
  ) {
    const { rows: n, columns: p } = sorted;
    this.#sorted = sorted;
    this.#target = target;
    this.#weight = weight;
    const weighted = new Float64Array(target.length);
    let total = 0;
    let hasUnitWeights = true;
    for (let row = 0; row < weighted.length; row++) {
      const own = weight[row]!;
      weighted[row] = target[row]! * own;
      total += own;
      if (own !== 1 && own !== 0) hasUnitWeights = false;
    }
    this.#weighted = weighted;
    this.#limits = limits;
    this.#choice = choice;
    this.#totalWeight = total;
    this.#hasUnitWeights = hasUnitWeights;
    this.#columns = new Int32Array(p);
    for (let j = 0; j < p; j++) this.#columns[j] = j;
    this.#order = p === 0 ? Int32Array.from({ length: n }, (_, row) => row) : sorted.order.slice();
    this.#isLeft = new Uint8Array(n);
    this.#buffer = new Int32Array(n);
    this.#used = n;
    if (weight.includes(0)) {
      for (let row = 0; row < n; row++) this.#isLeft[row] = weight[row] === 0 ? 0 : 1;
      for (let j = 0; j < Math.max(p, 1); j++) this.#used = this.#partition(j * n, n);
    }
  }

  /** Nodes are numbered in the order of scikit-learn: a node, all below its left child, all below its right. */
  growDepthFirst(): void {
    const grow = (id: number, node: Node): void => {
      if (node.split === undefined) {
        this.#close(id, node);
        return;
      }
      const [a, b] = this.#divide(id, node, node.split);
      this.left[id] = this.#add();
      grow(this.left[id]!, this.#look(...a));
      this.right[id] = this.#add();
      grow(this.right[id]!, this.#look(...b));
    };
    grow(this.#add(), this.#look(0, this.#used, 0));
  }

  /** The open node whose split improves most is split next; of equal ones the older. */
  growBestFirst(): void {
    const open = [{ id: this.#add(), node: this.#look(0, this.#used, 0) }];
    let remaining = this.#limits.maxLeafNodes - 1;
    while (open.length > 0) {
      let best = 0;
      open.forEach(({ node }, k) => {
        if (node.improvement > open[best]!.node.improvement) best = k;
      });
      const { id, node } = open.splice(best, 1)[0]!;
      if (node.split === undefined || remaining <= 0) {
        this.#close(id, node);
        continue;
      }
      remaining--;
      const [a, b] = this.#divide(id, node, node.split);
      this.left[id] = this.#add();
      this.right[id] = this.#add();
      open.push(
        { id: this.left[id]!, node: this.#look(...a) },
        { id: this.right[id]!, node: this.#look(...b) },
      );
    }
  }

  #add(): number {
    this.feature.push(-1);
    this.threshold.push(0);
    this.left.push(-1);
    this.right.push(-1);
    this.leaves.push(undefined);
    return this.leaves.length - 1;
  }

  #close(id: number, { start, end }: Node): void {
    this.leaves[id] = this.#order.slice(start, end);
  }

  /** The node of the rows at [start, end), with its best split unless it has to stay a leaf. */
  #look(start: number, end: number, depth: number): Node {
    const leaf: Node = { start, end, depth, split: undefined, improvement: 0 };
    const { maxDepth, minSamplesSplit, minSamplesLeaf, minWeightLeaf, minImpurityDecrease } = this.#limits;
    const count = end - start;
    if (depth >= maxDepth || count < minSamplesSplit || count < 2 * minSamplesLeaf) return leaf;
    let total = 0;
    let sum = 0;
    let other = 0;
    let squares = 0;
    for (let i = start; i < end; i++) {
      const row = this.#order[i]!;
      total += this.#weight[row]!;
      sum += this.#weighted[row]!;
      other += this.#weight[row]! - this.#weighted[row]!;
      squares += this.#weighted[row]! * this.#target[row]!;
    }
    const isGini = this.#limits.criterion === 'gini';
    const isFriedman = this.#limits.criterion === 'friedman_mse';
    const impurity = isGini
      ? 1 - (sum * sum + other * other) / (total * total)
      : squares / total - (sum / total) * (sum / total);
    if (total < 2 * minWeightLeaf || impurity <= EPSILON) return leaf;
    const split = findBestSplit(
      this.#sorted,
      this.#order,
      [start, end],
      this.#candidates(start, end),
      this.#weight,
      this.#weighted,
      this.#hasUnitWeights,
      this.#limits,
    );
    if (split === undefined) return leaf;
    const improvement = isFriedman
      ? split.rating / total
      : (split.rating - (isGini ? -total * impurity : (sum * sum) / total)) / this.#totalWeight;
    if (minImpurityDecrease > 0 && improvement + EPSILON < minImpurityDecrease) return leaf;
    return { start, end, depth, split, improvement };
  }

  /** Separates the rows of a node in every column; returns the arguments of `#look` for both children. */
  #divide(
    id: number,
    { start, end, depth }: Node,
    split: Split,
  ): [[number, number, number], [number, number, number]] {
    this.splits++;
    if (split.isTied) this.tied++;
    this.feature[id] = split.feature;
    this.threshold[id] = split.threshold;
    const { rows: n, columns: p } = this.#sorted;
    const middle = start + split.count;
    const at = split.feature * n;
    for (let i = start; i < end; i++) this.#isLeft[this.#order[at + i]!] = i < middle ? 1 : 0;
    // leaves need only the list of their rows, which the first column has
    const columns = depth + 1 >= this.#limits.maxDepth ? 1 : p;
    for (let j = 0; j < columns; j++) if (j !== split.feature) this.#partition(j * n + start, end - start);
    return [
      [start, middle, depth + 1],
      [middle, end, depth + 1],
    ];
  }

  /** Moves the rows marked left to the front, keeping the order on both sides; returns their number. */
  #partition(at: number, count: number): number {
    const order = this.#order;
    let front = at;
    let rest = 0;
    for (let i = at; i < at + count; i++) {
      const row = order[i]!;
      if (this.#isLeft[row] === 1) order[front++] = row;
      else this.#buffer[rest++] = row;
    }
    for (let k = 0; k < rest; k++) order[front + k] = this.#buffer[k]!;
    return front - at;
  }

  /**
   * Columns that a node looks at. With `maxFeatures` below their number they are drawn at random, and drawing goes on
   * until one of them can be split at all.
   */
  #candidates(start: number, end: number): Int32Array {
    const p = this.#columns.length;
    const { maxFeatures } = this.#limits;
    if (this.#choice === undefined || (maxFeatures >= p && !this.#choice.shufflesTies)) return this.#columns;
    const shuffled = this.#choice.random.shuffle([...this.#columns]);
    if (maxFeatures >= p) return Int32Array.from(shuffled);
    const { rows: n, values } = this.#sorted;
    const varies = (j: number): boolean =>
      values[j * n + this.#order[j * n + end - 1]!]! > values[j * n + this.#order[j * n + start]!]!;
    const first = shuffled.findIndex(varies);
    const drawn = Int32Array.from(shuffled.slice(0, Math.max(maxFeatures, first + 1)));
    return this.#choice.shufflesTies ? drawn : drawn.sort();
  }
}
