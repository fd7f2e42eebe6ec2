import type { BinnedColumn } from './bins.ts';
import { EPSILON, roundToZero } from './constants.ts';
import {
  type HistogramCut,
  type LeafSums,
  leafOutput,
  type SplitLimits,
  searchColumn,
  searchedHessian,
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
  readonly start: number;
  readonly end: number;
  readonly depth: number;
}

/** Best cut of a leaf. */
interface LeafSplit extends Readonly<HistogramCut> {
  readonly feature: number;
  /** Position among the columns in use. */
  readonly column: number;
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
  #best: (LeafSplit | undefined)[] = [];
  readonly #cut: HistogramCut = { bin: -1, gain: 0, leftGradient: 0, leftHessian: 0 };
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
    const root = this.#rootOf(bag);
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

  #rootOf(bag: Int32Array): Leaf {
    let gradient = 0;
    let hessian = 0;
    for (const row of bag) {
      gradient += this.#gradients[row]!;
      hessian += this.#hessians[row]!;
    }
    return { rows: bag.length, gradient, hessian, start: 0, end: bag.length, depth: 0 };
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
    const rest = this.#histograms[larger];
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
      const to = 2 * this.#offsets[k + 1]!;
      for (let at = 2 * this.#offsets[k]!; at < to; at++) rest![at]! -= histogram[at]!;
      this.#searchOne(larger, k, nodeLarger);
    }
  }

  #gather({ start, end }: Leaf): void {
    const [rows, gradients, hessians] = [this.rows, this.#gradients, this.#hessians];
    const [leafGradients, leafHessians] = [this.#leafGradients, this.#leafHessians];
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      leafGradients[i] = gradients[row]!;
      leafHessians[i] = hessians[row]!;
    }
  }

  #fill(histogram: Float64Array, k: number, { start, end, gradient, hessian }: Leaf): void {
    const { bins, restBin } = this.#columns[k]!;
    const [rows, gradients, hessians] = [this.rows, this.#leafGradients, this.#leafHessians];
    const from = 2 * this.#offsets[k]!;
    const to = 2 * this.#offsets[k + 1]!;
    for (let at = from; at < to; at++) histogram[at] = 0;
    for (let i = start; i < end; i++) {
      const at = from + 2 * bins[rows[i]!]!;
      histogram[at]! += gradients[i]!;
      histogram[at + 1]! += hessians[i]!;
    }
    // bin 0 is never read, so only another rest bin matters
    if (restBin === 0) return;
    const rest = from + 2 * restBin;
    histogram[rest] = 0;
    histogram[rest + 1] = 0;
    let restGradient = gradient;
    let restHessian = hessian;
    for (let at = from; at < to; at += 2) {
      restGradient -= histogram[at]!;
      restHessian -= histogram[at + 1]!;
    }
    histogram[rest] = restGradient;
    histogram[rest + 1] = restHessian;
  }

  #searchOne(leaf: number, k: number, node: ArrayLike<number> | undefined): void {
    const { feature, upperBounds } = this.#columns[k]!;
    const cut = this.#cut;
    const isSplittable = searchColumn(
      this.#histograms[leaf]!,
      this.#offsets[k]!,
      upperBounds.length,
      this.#leaves[leaf]!,
      this.#limits,
      cut,
    );
    this.#splittable[leaf]![k] = isSplittable ? 1 : 0;
    if (!isSplittable || (node !== undefined && node[k] === 0)) return;
    const best = this.#best[leaf];
    if (best === undefined || cut.gain > best.gain) this.#best[leaf] = { feature, column: k, ...cut };
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

  #split(tree: LeafWiseTree, leaf: number, best: LeafSplit): readonly [number, number] {
    const parent = this.#leaves[leaf]!;
    const { bins, upperBounds } = this.#columns[best.column]!;
    const { start, end } = parent;
    const [rows, buffer] = [this.rows, this.#buffer];
    let front = start;
    let rest = 0;
    for (let i = start; i < end; i++) {
      const row = rows[i]!;
      if (bins[row]! <= best.bin) rows[front++] = row;
      else buffer[rest++] = row;
    }
    for (let k = 0; k < rest; k++) rows[front + k] = buffer[k]!;
    const depth = parent.depth + 1;
    const rightGradient = parent.gradient - best.leftGradient;
    const rightHessian = searchedHessian(parent.hessian) - best.leftHessian;
    const left: Leaf = {
      rows: front - start,
      gradient: best.leftGradient,
      hessian: best.leftHessian - EPSILON,
      start,
      end: front,
      depth,
    };
    const right: Leaf = {
      rows: end - front,
      gradient: rightGradient,
      hessian: rightHessian - EPSILON,
      start: front,
      end,
      depth,
    };
    const added = this.#leaves.length;
    this.#leaves[leaf] = left;
    this.#leaves.push(right);
    addSplit(
      tree,
      leaf,
      { feature: best.feature, threshold: upperBounds[best.bin]!, gain: best.gain + this.#limits.minGain },
      { ...left, output: leafOutput(best.leftGradient, best.leftHessian, this.#limits) },
      { ...right, output: leafOutput(rightGradient, rightHessian, this.#limits) },
    );
    return [leaf, added];
  }
}

/** Turns a leaf into an inner node with two leaves; the left one keeps its number. */
function addSplit(
  tree: LeafWiseTree,
  leaf: number,
  { feature, threshold, gain }: { feature: number; threshold: number; gain: number },
  left: LeafSums & { readonly output: number },
  right: LeafSums & { readonly output: number },
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
  tree.splitGain.push(Math.fround(gain));
  tree.threshold.push(threshold);
  tree.leftChild.push(marker);
  tree.rightChild.push(-added - 1);
  tree.internalValue.push(tree.leafValue[leaf]!);
  tree.internalWeight.push(left.hessian + right.hessian);
  tree.internalCount.push(left.rows + right.rows);
  tree.leafValue[leaf] = left.output;
  tree.leafWeight[leaf] = left.hessian;
  tree.leafCount[leaf] = left.rows;
  tree.leafValue.push(right.output);
  tree.leafWeight.push(right.hessian);
  tree.leafCount.push(right.rows);
}
