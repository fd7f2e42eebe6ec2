import type { FeatureTable, Random } from '@sentinode/core';
import { type DeclaredClassifier, resolveClassifier } from './index.ts';

/** How far a classifier's probabilities move when chance decides between equally good splits. */
export interface TreeMovement {
  readonly refits: number;
  /** Largest and mean over the rows of the range (highest minus lowest probability) over all refits. */
  readonly largest: number;
  readonly mean: number;
  /** Row with the largest range. */
  readonly row: string;
}

/**
 * Fits a classifier of trees again and again, each time looking at the columns in another random order, as
 * scikit-learn does with another `random_state`, and compares the probabilities of the rows. A large movement says
 * that single probabilities of this model are not a function of the data alone.
 * @param scored rows whose probabilities are compared; other than the training rows, which equal splits part alike
 * @returns undefined for a classifier in which no order decides
 */
export function treeMovement(
  declared: DeclaredClassifier,
  table: FeatureTable,
  outcomes: readonly (0 | 1)[],
  scored: FeatureTable,
  random: Random,
  refits = 20,
): TreeMovement | undefined {
  const { classifier, options } = resolveClassifier(declared);
  const refit = classifier.refitWithRandomTies;
  if (refit === undefined) return undefined;
  const lowest = new Float64Array(scored.ids.length).fill(Number.POSITIVE_INFINITY);
  const highest = new Float64Array(scored.ids.length).fill(Number.NEGATIVE_INFINITY);
  for (let k = 0; k < refits; k++) {
    const fitted = refit(table, outcomes, options, random.fork(`refit-${k}`));
    classifier.predictProba(fitted, scored).forEach((value, row) => {
      lowest[row] = Math.min(lowest[row]!, value);
      highest[row] = Math.max(highest[row]!, value);
    });
  }
  const ranges = highest.map((value, row) => value - lowest[row]!);
  const largest = ranges.reduce((a, b) => Math.max(a, b), 0);
  return {
    refits,
    largest,
    mean: ranges.reduce((sum, value) => sum + value, 0) / ranges.length,
    row: scored.ids[ranges.indexOf(largest)]!,
  };
}
