import { createRandom, matrixOfColumns, useAssembly } from '@sentinode/core';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Layer } from './network.ts';
import { mlpOptions } from './options.ts';
import { type TrainedNetwork, trainNetwork } from './train.ts';

afterEach(() => useAssembly(true));

test('a network trained with the compiled loops has the same bits as one trained without', () => {
  fc.assert(
    fc.property(
      fc.record({
        rows: fc.integer({ min: 4, max: 70 }),
        inputs: fc.integer({ min: 1, max: 21 }),
        hidden: fc.array(fc.integer({ min: 1, max: 27 }), { minLength: 1, maxLength: 2 }),
        batch: fc.integer({ min: 1, max: 40 }),
        solver: fc.constantFrom('adam', 'sgd'),
        early: fc.boolean(),
        seed: fc.integer({ min: 1, max: 1e9 }),
      }),
      ({ rows, inputs, hidden, batch, solver, early, seed }) => {
        const random = createRandom(seed);
        const columns = Array.from({ length: inputs }, () =>
          Float64Array.from({ length: rows }, () => random.normal()),
        );
        const outcomes = Array.from({ length: rows }, (_, row) => (columns[0]![row]! > 0 ? 1 : 0));
        const widths = [inputs, ...hidden, 1];
        const layers = widths.slice(1).map((outputs, at): Layer => {
          const size = widths[at]! * outputs;
          return {
            inputs: widths[at]!,
            outputs,
            weights: Float64Array.from({ length: size }, () => 0.3 * random.normal()),
            intercepts: Float64Array.from({ length: outputs }, () => 0.1 * random.normal()),
          };
        });
        const options = mlpOptions.parse({
          hidden_layer_sizes: hidden,
          batch_size: batch,
          solver,
          max_iter: 4,
        });
        const training = { matrix: matrixOfColumns(columns, rows), outcomes };
        const order = Array.from({ length: rows }, (_, row) => (row * 7 + 3) % rows);
        const train = (): TrainedNetwork =>
          trainNetwork(layers, training, options, () => order, early ? training : null);
        useAssembly(false);
        const plain = train();
        useAssembly(true);
        expect(train()).toEqual(plain);
      },
    ),
  );
});
