import type { BinnedColumn } from './bins.ts';
import { roundToZero } from './constants.ts';
import {
  type HistogramSplit,
  type LeafSums,
  leafOutput,
  type SplitLimits,
  searchColumn,
} from './histogram-split.ts';
import { constantTree, type LeafWiseTree } from './leaf-wise-tree.ts';

/** A column that can be split, with its position among all predictors. */
export interface UsedColumn extends BinnedColumn {
  readonly feature: number;
}

export interface LeafWiseLimits extends SplitLimits {
  readonly leaves: number;
  /** 0 and below: no limit. */
  readonly depth: number;
}

interface Leaf extends LeafSums {
  start: number;
  end: number;
  depth: number;
}

/**
 * Grows trees leaf by leaf, always splitting the leaf that gains most (LightGBM's serial tree learner, in its order of
 * summation so that the same ties fall the same way). Histograms of the larger child are the parent's less the other's.
 */
export class LeafWiseGrower {
  readonly #columns: readonly UsedColumn[];
  readonly #limits: LeafWiseLimits;
  readonly #offsets: Int32Array;
  readonly #histograms: Float64Array[] = [];
  /** For each leaf and column: whether a cut of the column gained in the leaf or one above it. */
  readonly #splittable: Uint8Array[] = [];
  readonly #totalBins: number;
  /** Rows in use; those of a leaf lie side by side. */
  readonly rows: Int32Array;
  readonly #buffer: Int32Array;
  readonly #leafGradients: Float64Array;
  readonly #leafHessians: Float64Array;
  #gradients: Float32Array = new Float32Array();
  #hessians: Float32Array = new Float32Array();
  #leaves: Leaf[] = [];
  #best: (HistogramSplit | undefined)[] = [];
  #isUsed: ArrayLike<number> = [];
  #drawNode: () => ArrayLike<number> | undefined = () => undefined;

  constructor(columns: readonly UsedColumn[], rows: number, limits: LeafWiseLimits) {
    this.#columns = columns;
    this.#limits = limits;
    this.#offsets = new Int32Array(columns.length + 1);
    columns.forEach(({ upperBounds }, k) => {
      this.#offsets[k + 1] = this.#offsets[k]! + upperBounds.length;
    });
    this.#totalBins = this.#offsets[columns.length]!;
    this.rows = new Int32Array(rows);
    this.#buffer = new Int32Array(rows);
    this.#leafGradients = new Float64Array(rows);
    this.#leafHessians = new Float64Array(rows);
  }

  /**
   * One tree on the rows in the bag.
   * @param isUsed per column, 1 where this tree may split on it
   * @param drawNode columns that a node may split on, asked once for each leaf looked at; undefined: all
   * @returns the tree before shrinkage, and where the rows of each leaf lie in `rows`
   */
  grow(
    gradients: Float32Array,
    hessians: Float32Array,
    bag: Int32Array,
    isUsed: ArrayLike<number>,
    drawNode: () => ArrayLike<number> | undefined,
  ): { tree: LeafWiseTree; leaves: readonly { readonly start: number; readonly end: number }[] } {
    this.#gradients = gradients;
    this.#hessians = hessians;
    this.#isUsed = isUsed;
    this.#drawNode = drawNode;
    this.rows.set(bag);
    const root: Leaf = { start: 0, end: bag.length, depth: 0, rows: bag.length, ...this.#sumUp(bag) };
    this.#leaves = [root];
    this.#best = [undefined];
    const tree = constantTree(roundToZero(leafOutput(root.gradient, root.hessian, this.#limits)), root.rows);
    let last: readonly [number, number] = [0, -1];
    for (let split = 0; split < this.#limits.leaves - 1; split++) {
      this.#lookAt(...last);
      const chosen = this.#mostGaining();
      const best = this.#best[chosen];
      if (best === undefined || best.gain <= 0) break;
      last = this.#split(tree, chosen, best);
    }
    return { tree, leaves: this.#leaves };
  }

  #sumUp(rows: Int32Array): { gradient: number; hessian: number } {
    let gradient = 0;
    let hessian = 0;
    for (const row of rows) {
      gradient += this.#gradients[row]!;
      hessian += this.#hessians[row]!;
    }
    return { gradient, hessian };
  }

  /** Finds the best splits of two new leaves (or of the root, with right -1). */
  #lookAt(left: number, right: number): void {
    this.#best[left] = undefined;
    if (right >= 0) this.#best[right] = undefined;
    const { depth, minRows } = this.#limits;
    if (depth > 0 && this.#leaves[left]!.depth >= depth) return;
    const leftRows = this.#leaves[left]!.rows;
    const rightRows = right < 0 ? 0 : this.#leaves[right]!.rows;
    if (leftRows < 2 * minRows && rightRows < 2 * minRows) return;
    if (right < 0) {
      this.#room(left);
      this.#splittable[left]!.fill(1);
      this.#search(left, -1, left);
      return;
    }
    // the parent's histograms stand in the place of the left leaf and become those of the larger one
    const smaller = leftRows < rightRows ? left : right;
    const larger = smaller === left ? right : left;
    this.#room(right);
    if (larger === right) {
      [this.#histograms[left], this.#histograms[right]] = [this.#histograms[right]!, this.#histograms[left]!];
      [this.#splittable[left], this.#splittable[right]] = [this.#splittable[right]!, this.#splittable[left]!];
    }
    this.#search(smaller, larger, larger);
  }

  #room(leaf: number): void {
    this.#histograms[leaf] ??= new Float64Array(2 * this.#totalBins);
    this.#splittable[leaf] ??= new Uint8Array(this.#columns.length);
  }

  #search(smaller: number, larger: number, parent: number): void {
    const ofParent = this.#splittable[parent]!;
    const ofSmaller = this.#splittable[smaller]!;
    const histogram = this.#histograms[smaller]!;
    const sums = this.#leaves[smaller]!;
    const nodeSmaller = this.#drawNode();
    const nodeLarger = larger < 0 ? undefined : this.#drawNode();
    this.#gather(sums);
    for (let k = 0; k < this.#columns.length; k++) {
      if (this.#isUsed[k] === 0) continue;
      if (ofParent[k] === 0) {
        ofSmaller[k] = 0;
        continue;
      }
      this.#fill(histogram, k, sums);
      this.#searchOne(smaller, k, nodeSmaller);
      if (larger < 0) continue;
      const rest = this.#histograms[larger]!;
      for (let at = 2 * this.#offsets[k]!; at < 2 * this.#offsets[k + 1]!; at++) rest[at]! -= histogram[at]!;
      this.#searchOne(larger, k, nodeLarger);
    }
  }

  #gather({ start, end }: Leaf): void {
    for (let i = start; i < end; i++) {
      const row = this.rows[i]!;
      this.#leafGradients[i] = this.#gradients[row]!;
      this.#leafHessians[i] = this.#hessians[row]!;
    }
  }

  #fill(histogram: Float64Array, k: number, { start, end, gradient, hessian }: Leaf): void {
    const { bins, restBin } = this.#columns[k]!;
    const from = 2 * this.#offsets[k]!;
    const to = 2 * this.#offsets[k + 1]!;
    histogram.fill(0, from, to);
    for (let i = start; i < end; i++) {
      const at = from + 2 * bins[this.rows[i]!]!;
      histogram[at]! += this.#leafGradients[i]!;
      histogram[at + 1]! += this.#leafHessians[i]!;
    }
    // bin 0 is never read, so only another rest bin matters
    if (restBin === 0) return;
    let restGradient = gradient;
    let restHessian = hessian;
    const rest = from + 2 * restBin;
    for (let at = from; at < to; at += 2) {
      if (at === rest) continue;
      restGradient -= histogram[at]!;
      restHessian -= histogram[at + 1]!;
    }
    histogram[rest] = restGradient;
    histogram[rest + 1] = restHessian;
  }

  #searchOne(leaf: number, k: number, node: ArrayLike<number> | undefined): void {
    const { feature, upperBounds } = this.#columns[k]!;
    const { split, isSplittable } = searchColumn(
      this.#histograms[leaf]!,
      this.#offsets[k]!,
      upperBounds.length,
      this.#leaves[leaf]!,
      this.#limits,
    );
    this.#splittable[leaf]![k] = isSplittable ? 1 : 0;
    if (split === undefined || node?.[k] === 0) return;
    const best = this.#best[leaf];
    if (best === undefined || split.gain > best.gain) this.#best[leaf] = { feature, column: k, ...split };
  }

  /** Leaf with the largest gain; of equal gains that of the lower column, then the older leaf. */
  #mostGaining(): number {
    let chosen = 0;
    this.#best.forEach((split, leaf) => {
      const best = this.#best[chosen];
      if (split === undefined) return;
      if (
        best === undefined ||
        split.gain > best.gain ||
        (split.gain === best.gain && split.feature < best.feature)
      )
        chosen = leaf;
    });
    return chosen;
  }

  #split(tree: LeafWiseTree, leaf: number, best: HistogramSplit): readonly [number, number] {
    const parent = this.#leaves[leaf]!;
    const { bins, upperBounds } = this.#columns[best.column]!;
    const { start, end } = parent;
    let front = start;
    let rest = 0;
    for (let i = start; i < end; i++) {
      const row = this.rows[i]!;
      if (bins[row]! <= best.bin) this.rows[front++] = row;
      else this.#buffer[rest++] = row;
    }
    for (let k = 0; k < rest; k++) this.rows[front + k] = this.#buffer[k]!;
    const added = this.#leaves.length;
    const depth = parent.depth + 1;
    this.#leaves[leaf] = { ...best.left, start, end: front, depth, rows: front - start };
    this.#leaves[added] = { ...best.right, start: front, end, depth, rows: end - front };
    addSplit(tree, leaf, best, upperBounds[best.bin]!, front - start, end - front, this.#limits.minGain);
    return [leaf, added];
  }
}

/** Turns a leaf into an inner node with two leaves; the left one keeps its number. */
function addSplit(
  tree: LeafWiseTree,
  leaf: number,
  { feature, gain, left, right }: HistogramSplit,
  threshold: number,
  leftRows: number,
  rightRows: number,
  minGain: number,
): void {
  const node = tree.splitFeature.length;
  const added = tree.leafValue.length;
  const marker = -leaf - 1;
  const above = tree.leftChild.indexOf(marker);
  if (above >= 0) tree.leftChild[above] = node;
  else {
    const other = tree.rightChild.indexOf(marker);
    if (other >= 0) tree.rightChild[other] = node;
  }
  tree.splitFeature.push(feature);
  tree.splitGain.push(Math.fround(gain + minGain));
  tree.threshold.push(threshold);
  tree.leftChild.push(marker);
  tree.rightChild.push(-added - 1);
  tree.internalValue.push(tree.leafValue[leaf]!);
  tree.internalWeight.push(left.hessian + right.hessian);
  tree.internalCount.push(leftRows + rightRows);
  tree.leafValue[leaf] = left.output;
  tree.leafWeight[leaf] = left.hessian;
  tree.leafCount[leaf] = leftRows;
  tree.leafValue.push(right.output);
  tree.leafWeight.push(right.hessian);
  tree.leafCount.push(rightRows);
}
