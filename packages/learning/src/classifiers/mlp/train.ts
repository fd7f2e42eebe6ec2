import { log, type Matrix, SentinodeError } from '@sentinode/core';
import { backward, benchFor, copyLayers, forward, type Layer, workspace } from './network.ts';
import { createOptimiser, KEPT_COPIES } from './optimiser.ts';
import type { MlpOptions } from './options.ts';

/** What a training leaves behind. */
export interface TrainedNetwork {
  readonly layers: readonly Layer[];
  readonly epochs: number;
  /** Mean loss of each epoch, penalty included. */
  readonly losses: readonly number[];
  /** Accuracy on the held-out rows after each epoch; null without early stopping. */
  readonly validationScores: readonly number[] | null;
  /** Whether progress stalled before max_iter. */
  readonly hasSettled: boolean;
}

export interface TrainingRows {
  /** Row-major predictors. */
  readonly matrix: Matrix;
  readonly outcomes: ArrayLike<number>;
}

/**
 * Trains from given weights with batches in a given order (scikit-learn `MLPClassifier`): the same start and order give
 * the same weights.
 * @param orderOf order of the rows in an epoch, from 0
 * @param held rows of early stopping
 * @throws SentinodeError `not-finite` when the training diverges
 */
export function trainNetwork(
  initial: readonly Layer[],
  { matrix, outcomes }: TrainingRows,
  options: MlpOptions,
  orderOf: (epoch: number) => ArrayLike<number>,
  held: TrainingRows | null,
  onEpoch?: (epoch: number, layers: readonly Layer[]) => void,
): TrainedNetwork {
  const { activation, alpha, tol } = options;
  const n = matrix.rows;
  const p = matrix.columns;
  const size = Math.min(n, options.batch_size === 'auto' ? 200 : options.batch_size);
  const bench = benchFor(initial, size, KEPT_COPIES);
  let layers = copyLayers(initial, bench);
  let best: readonly Layer[] = initial;
  let bestScore = Number.NEGATIVE_INFINITY;
  let bestLoss = Number.POSITIVE_INFINITY;
  let stalled = 0;
  const space = workspace(layers, size, bench);
  const batchOutcomes = new Float64Array(size);
  const optimiser = createOptimiser(layers, options, bench);
  const losses: number[] = [];
  const scores: number[] = [];
  let hasSettled = false;
  for (let epoch = 0; epoch < options.max_iter && !hasSettled; epoch++) {
    const order = orderOf(epoch);
    let total = 0;
    for (let start = 0; start < n; start += size) {
      const rows = Math.min(size, n - start);
      const input = space.activations[0]!;
      for (let i = 0; i < rows; i++) {
        const row = order[start + i]!;
        batchOutcomes[i] = outcomes[row]!;
        for (let j = 0, from = row * p, to = i * p; j < p; j++) input[to + j] = matrix.data[from + j]!;
      }
      forward(layers, activation, space, rows);
      total += rows * lossOf(space.activations.at(-1)!, batchOutcomes, rows, layers, alpha);
      backward(layers, activation, space, batchOutcomes, rows, alpha);
      optimiser.step(layers, space.gradients);
    }
    const loss = total / n;
    if (!Number.isFinite(loss))
      throw new SentinodeError(
        'not-finite',
        `The training of the MLP diverged in epoch ${epoch + 1}; standardise the predictors or lower learning_rate_init (${options.learning_rate_init}).`,
        { field: 'classifiers.mlp.learning_rate_init' },
      );
    losses.push(loss);
    optimiser.endEpoch((epoch + 1) * n);
    if (held !== null) {
      const score = accuracy(layers, options, held);
      scores.push(score);
      stalled = score < bestScore + tol ? stalled + 1 : 0;
      if (score > bestScore) {
        bestScore = score;
        best = copyLayers(layers);
      }
    } else {
      stalled = loss > bestLoss - tol ? stalled + 1 : 0;
      bestLoss = Math.min(bestLoss, loss);
    }
    onEpoch?.(epoch + 1, layers);
    if (stalled > options.n_iter_no_change) {
      hasSettled = optimiser.mayStop();
      if (!hasSettled) stalled = 0;
    }
  }
  layers = copyLayers(held === null ? layers : best);
  return {
    layers,
    epochs: losses.length,
    losses,
    validationScores: held === null ? null : scores,
    hasSettled,
  };
}

/** Probabilities of the event for row-major rows. */
export function networkProbabilities(
  layers: readonly Layer[],
  activation: MlpOptions['activation'],
  matrix: Matrix,
): Float64Array {
  const space = workspace(layers, matrix.rows);
  space.activations[0]!.set(matrix.data);
  forward(layers, activation, space, matrix.rows);
  return space.activations.at(-1)!;
}

function accuracy(layers: readonly Layer[], options: MlpOptions, held: TrainingRows): number {
  const probabilities = networkProbabilities(layers, options.activation, held.matrix);
  let right = 0;
  for (let i = 0; i < held.matrix.rows; i++)
    if (probabilities[i]! > 0.5 === (held.outcomes[i] === 1)) right++;
  return right / held.matrix.rows;
}

/** Mean log-loss, probabilities kept one rounding unit off 0 and 1, plus alpha/2 |weights|^2 / rows. */
function lossOf(
  probabilities: Float64Array,
  outcomes: Float64Array,
  rows: number,
  layers: readonly Layer[],
  alpha: number,
): number {
  let loss = 0;
  for (let i = 0; i < rows; i++) {
    const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probabilities[i]!));
    loss -= log(outcomes[i] === 1 ? p : 1 - p);
  }
  let squares = 0;
  for (const { weights } of layers)
    for (let w = 0; w < weights.length; w++) squares += weights[w]! * weights[w]!;
  return (loss + 0.5 * alpha * squares) / rows;
}
