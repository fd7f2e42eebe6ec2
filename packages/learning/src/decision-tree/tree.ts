/**
 * A binary decision tree as parallel arrays, one entry per node, the root first. A row goes left where its value,
 * rounded to a 32-bit float, is at most the threshold. A leaf has `left` -1.
 */
export interface DecisionTree {
  /** Position of the predictor in the model's `input`; -1 in a leaf. */
  readonly feature: readonly number[];
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** What a row in this node gets; 0 in nodes that are not leaves. */
  readonly value: readonly number[];
}

/** Node in which a row ends. `rows` is row-major with `width` columns of 32-bit floats. */
export function leafOf(tree: DecisionTree, rows: Float32Array, width: number, row: number): number {
  const { feature, threshold, left, right } = tree;
  const base = row * width;
  let node = 0;
  while (left[node]! >= 0)
    node = rows[base + feature[node]!]! <= threshold[node]! ? left[node]! : right[node]!;
  return node;
}

/** Adds `factor` times the leaf value of each row to `sums`. */
export function addTree(
  tree: DecisionTree,
  rows: Float32Array,
  width: number,
  factor: number,
  sums: Float64Array,
): void {
  for (let row = 0; row < sums.length; row++)
    sums[row]! += factor * tree.value[leafOf(tree, rows, width, row)]!;
}
