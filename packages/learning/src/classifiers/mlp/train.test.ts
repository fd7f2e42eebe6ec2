import { readFileSync } from 'node:fs';
import { matrixOfColumns } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../../reference/locator.ts';
import { largestDifference, referenceParts, referencePredictions } from '../../testing/reference-tables.ts';
import { takeRows } from '../training-rows.ts';
import type { Layer } from './network.ts';
import { mlpOptions } from './options.ts';
import { networkProbabilities, trainNetwork } from './train.ts';

/** Largest differences to scikit-learn 1.2.1 from the same weights in the same order: sums are added in another order. */
const tolerance = { weights: 1e-9, loss: 1e-10, probability: 1e-8 };

type Weights = [number[][][], number[][]];
interface Reference {
  readonly options: Readonly<Record<string, unknown>>;
  readonly n_iter: number;
  readonly batch_order_file: string;
  readonly split: { readonly fit: number[]; readonly validation: number[] } | null;
  readonly initial: Weights;
  readonly after_epoch: Readonly<Record<string, Weights>>;
  readonly final: Weights;
  readonly loss_curve: number[];
  readonly validation_scores: number[] | null;
}

const layersOf = ([coefficients, intercepts]: Weights): Layer[] =>
  coefficients.map((rows, index) => ({
    inputs: rows.length,
    outputs: rows[0]!.length,
    weights: Float64Array.from(rows.flat()),
    intercepts: Float64Array.from(intercepts[index]!),
  }));
const flat = (layers: readonly Layer[]): number[] =>
  layers.flatMap((layer) => [...layer.weights, ...layer.intercepts]);

describe.each(['default', 'h16_8_tanh_batch32', 'h20_early_stopping'])(
  'multilayer perceptron %s',
  (setting) => {
    const given = readJson<Reference>(reference('learning', 'classifiers', `mlp_${setting}.json`));
    const orders = readFileSync(reference('learning', 'classifiers', given.batch_order_file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(',').map(Number));
    const { train, test } = referenceParts('Az');
    const all = matrixOfColumns(train.table.columns, train.table.ids.length);
    const rowsOf = (rows: readonly number[]) => ({
      matrix: takeRows(all, rows),
      outcomes: rows.map((row) => train.outcomes[row]!),
    });
    const options = mlpOptions.parse(given.options);
    const snapshots = new Map<number, number[]>();
    const trained = trainNetwork(
      layersOf(given.initial),
      rowsOf(given.split?.fit ?? train.outcomes.map((_, row) => row)),
      options,
      (epoch) => orders[epoch]!,
      given.split === null ? null : rowsOf(given.split.validation),
      (epoch, layers) => {
        if (String(epoch) in given.after_epoch) snapshots.set(epoch, flat(layers));
      },
    );

    it('has the weights of the peer after each recorded epoch and at the end', () => {
      expect(Object.keys(given.after_epoch)).toHaveLength(3);
      for (const [epoch, weights] of Object.entries(given.after_epoch))
        expect(largestDifference(snapshots.get(Number(epoch))!, flat(layersOf(weights)))).toBeLessThan(
          tolerance.weights,
        );
      expect(largestDifference(flat(trained.layers), flat(layersOf(given.final)))).toBeLessThan(
        10 * tolerance.weights,
      );
    });
    it('stops in the same epoch with the same losses and scores', () => {
      expect(trained.epochs).toBe(given.n_iter);
      expect(largestDifference(trained.losses, given.loss_curve)).toBeLessThan(tolerance.loss);
      if (given.validation_scores === null) expect(trained.validationScores).toBeNull();
      else expect(largestDifference(trained.validationScores!, given.validation_scores)).toBeLessThan(1e-12);
    });
    it.each([['train', train] as const, ['test', test] as const])('predicts the same, %s', (part, rows) => {
      const own = networkProbabilities(
        trained.layers,
        options.activation,
        matrixOfColumns(rows.table.columns, rows.table.ids.length),
      );
      const expected = referencePredictions('mlp', setting, 'Az', part);
      expect(largestDifference(own, expected.probability)).toBeLessThan(tolerance.probability);
    });
  },
);
