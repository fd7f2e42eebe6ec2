/**
 * A tree as LightGBM's text format has it: inner nodes and leaves are numbered apart; a child c below 0 is leaf -c - 1.
 * A row goes left where its value is at most the threshold.
 */
export interface LeafWiseTree {
  readonly splitFeature: number[];
  readonly splitGain: number[];
  readonly threshold: number[];
  readonly leftChild: number[];
  readonly rightChild: number[];
  readonly leafValue: number[];
  readonly leafWeight: number[];
  readonly leafCount: number[];
  readonly internalValue: number[];
  readonly internalWeight: number[];
  readonly internalCount: number[];
  shrinkage: number;
}

/** A tree of one leaf. */
export const constantTree = (value: number, rows: number): LeafWiseTree => ({
  splitFeature: [],
  splitGain: [],
  threshold: [],
  leftChild: [],
  rightChild: [],
  leafValue: [value],
  leafWeight: [0],
  leafCount: [rows],
  internalValue: [],
  internalWeight: [],
  internalCount: [],
  shrinkage: 1,
});

/** Leaf in which a row ends. `rows` is row-major with `width` columns. */
export function leafOfRow(tree: LeafWiseTree, rows: Float64Array, width: number, row: number): number {
  if (tree.splitFeature.length === 0) return 0;
  const { splitFeature, threshold, leftChild, rightChild } = tree;
  const base = row * width;
  let node = 0;
  while (node >= 0)
    node = rows[base + splitFeature[node]!]! <= threshold[node]! ? leftChild[node]! : rightChild[node]!;
  return -node - 1;
}
