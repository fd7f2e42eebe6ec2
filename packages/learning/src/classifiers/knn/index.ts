import { type FeatureTable, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { countTrainingEvents, predictorRows } from '../training-rows.ts';
import { distanceOf } from './distance.ts';

const options = z.strictObject({
  n_neighbors: z.number().int().positive().default(5),
  weights: z
    .enum(['uniform', 'distance'])
    .default('uniform')
    .describe('distance: a neighbour counts by 1 / distance; at distance 0 only those count'),
  metric: z.enum(['minkowski', 'euclidean', 'manhattan', 'chebyshev', 'cosine']).default('minkowski'),
  p: z.number().min(1).default(2).describe('power of the Minkowski distance: 1 Manhattan, 2 Euclidean'),
});
type KnnOptions = z.output<typeof options>;

/** The training rows themselves: predictors row-major, and outcomes. */
export interface KnnState {
  readonly values: readonly number[];
  readonly outcomes: readonly (0 | 1)[];
}

/**
 * K nearest neighbours (scikit-learn `KNeighborsClassifier`): weighted share of events among the nearest training rows.
 * Of rows at the same distance the earlier one is nearer. Without predictors all are equally near: the rate of events.
 * @throws SentinodeError `one-class`, `not-finite`, `too-few-rows`
 */
export const knn = {
  name: 'knn',
  keepsRows: true,
  options,
  grid: { n_neighbors: [5, 9, 15] },
  fit: (table, outcomes, chosen): FittedClassifier => {
    countTrainingEvents(table, outcomes);
    const n = outcomes.length;
    if (chosen.n_neighbors > n)
      throw new SentinodeError(
        'too-few-rows',
        `K nearest neighbours with ${chosen.n_neighbors} neighbours needs at least as many training patients; there are ${n}.`,
        { field: 'classifiers.knn.n_neighbors' },
      );
    const values: number[] = [];
    for (let i = 0; i < n; i++) for (const column of table.columns) values.push(column[i]!);
    const state: KnnState = { values, outcomes: [...outcomes] };
    return { classifier: 'knn', options: chosen, rows: [...table.ids], input: [...table.names], state };
  },
  predictProba,
  linear: () => undefined,
} satisfies Classifier<typeof options>;

function predictProba(fitted: FittedClassifier, table: FeatureTable): Float64Array {
  const { values, outcomes } = fitted.state as KnnState;
  const { n_neighbors, weights, metric, p: power } = fitted.options as KnnOptions;
  const { rows, columns: p, data } = predictorRows(fitted, table);
  const n = outcomes.length;
  const k = p === 0 ? n : n_neighbors;
  const fill = distanceOf(metric, power);
  const training = Float64Array.from(values);
  const distances = new Float64Array(n);
  const nearest = new Int32Array(k);
  return Float64Array.from({ length: rows }, (_, row) => {
    fill(data, row * p, training, p, distances);
    findNearest(distances, nearest);
    const isWeighted = weights === 'distance' && p > 0;
    // a neighbour at distance 0 has infinite weight: only such neighbours count
    const hasZero = isWeighted && distances[nearest[0]!] === 0;
    let events = 0;
    let total = 0;
    for (const neighbour of nearest) {
      const distance = distances[neighbour]!;
      const weight = hasZero ? (distance === 0 ? 1 : 0) : isWeighted ? 1 / distance : 1;
      total += weight;
      if (outcomes[neighbour] === 1) events += weight;
    }
    return events / total;
  });
}

/** Positions of the smallest distances in ascending order; the earlier row first among equals. */
function findNearest(distances: Float64Array, nearest: Int32Array): void {
  const k = nearest.length;
  let found = 0;
  for (let r = 0; r < distances.length; r++) {
    const distance = distances[r]!;
    if (found === k && distance >= distances[nearest[k - 1]!]!) continue;
    let at = found < k ? found++ : k - 1;
    for (; at > 0 && distances[nearest[at - 1]!]! > distance; at--) nearest[at] = nearest[at - 1]!;
    nearest[at] = r;
  }
}
