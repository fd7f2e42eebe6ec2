import type { Mask } from '../../volume.ts';

/** What STAPLE finds of several readers. */
export interface Staple {
  /** Probability of each voxel to be inside. */
  readonly probability: Float64Array;
  /** Of each reader: share of the true voxels marked, and share of the others left out. */
  readonly sensitivity: readonly number[];
  readonly specificity: readonly number[];
  readonly iterations: number;
}

/** Start and end of the iteration as ITK has them. */
const START = 0.99999;
const CONVERGED = 1e-14;
const MOST_ITERATIONS = 10_000;

/**
 * Simultaneous truth and performance level estimation (Warfield, Zou and Wells 2004) for binary masks of one grid. The prior
 * is the share of marked voxels over all readers. Voxels with the same decisions are counted together, so that
 * the cost hangs on the number of readers and not of voxels.
 * @param masks of up to 30 readers
 */
export function staple(masks: readonly Mask[]): Staple {
  const readers = masks.length;
  const voxels = masks[0].data.length;
  const decisions = new Int32Array(voxels);
  for (let at = 0; at < voxels; at++)
    for (let reader = 0; reader < readers; reader++)
      if (masks[reader].data[at] === 1) decisions[at] |= 1 << reader;
  const counts = new Map<number, number>();
  for (const decision of decisions) counts.set(decision, (counts.get(decision) ?? 0) + 1);
  const patterns = [...counts.keys()].sort((a, b) => a - b);
  const marked = (pattern: number, reader: number): boolean => (pattern & (1 << reader)) !== 0;
  const sum = (value: (pattern: number) => number): number =>
    patterns.reduce((total, pattern) => total + value(pattern) * counts.get(pattern)!, 0);
  const indices = masks.map((_, reader) => reader);
  const prior =
    sum((pattern) => indices.filter((reader) => marked(pattern, reader)).length) / (voxels * readers);
  let sensitivity = indices.map(() => START);
  let specificity = indices.map(() => START);
  let weights = new Map<number, number>();
  let iterations = 0;
  for (
    let change = Number.POSITIVE_INFINITY;
    change > CONVERGED && iterations < MOST_ITERATIONS;
    iterations++
  ) {
    weights = new Map(
      patterns.map((pattern) => {
        let [inside, outside] = [prior, 1 - prior];
        for (const reader of indices) {
          inside *= marked(pattern, reader) ? sensitivity[reader] : 1 - sensitivity[reader];
          outside *= marked(pattern, reader) ? 1 - specificity[reader] : specificity[reader];
        }
        return [pattern, inside / (inside + outside)];
      }),
    );
    const truth = sum((pattern) => weights.get(pattern)!);
    const rest = sum((pattern) => 1 - weights.get(pattern)!);
    const p = indices.map(
      (reader) => sum((pattern) => (marked(pattern, reader) ? weights.get(pattern)! : 0)) / truth,
    );
    const q = indices.map(
      (reader) => sum((pattern) => (marked(pattern, reader) ? 0 : 1 - weights.get(pattern)!)) / rest,
    );
    change = indices.reduce(
      (total, reader) =>
        total + (p[reader] - sensitivity[reader]) ** 2 + (q[reader] - specificity[reader]) ** 2,
      0,
    );
    [sensitivity, specificity] = [p, q];
  }
  return {
    probability: Float64Array.from(decisions, (pattern) => weights.get(pattern)!),
    sensitivity,
    specificity,
    iterations,
  };
}
