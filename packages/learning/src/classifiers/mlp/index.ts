import {
  type FeatureTable,
  type Matrix,
  matrixOfColumns,
  type Random,
  SentinodeError,
} from '@sentinode/core';
import type { Classifier, FittedClassifier } from '../../estimator.ts';
import { drawPatients } from '../held-out-rows.ts';
import { countTrainingEvents, predictorRows, takeRows } from '../training-rows.ts';
import type { Layer } from './network.ts';
import { type MlpOptions, mlpOptions } from './options.ts';
import { networkProbabilities, trainNetwork } from './train.ts';

/** The trained network; `rate` alone when there are no predictors. */
export type MlpState =
  | {
      readonly layers: readonly {
        readonly inputs: number;
        readonly outputs: number;
        /** inputs x outputs, row-major. */
        readonly weights: readonly number[];
        readonly intercepts: readonly number[];
      }[];
      readonly epochs: number;
      readonly losses: readonly number[];
      readonly validationScores: readonly number[] | null;
    }
  | { readonly rate: number };

/**
 * Multilayer perceptron with one sigmoid output and log-loss (scikit-learn `MLPClassifier` with Adam or SGD). Start,
 * order of the rows and held-out rows come from the seed: the same seed gives the same network.
 * @throws SentinodeError `one-class`, `not-finite` (also when it diverges), `too-few-rows`
 */
export const mlp = {
  name: 'mlp',
  options: mlpOptions,
  grid: { alpha: [1e-4, 1e-2, 1] },
  fit: (table, outcomes, chosen, random): FittedClassifier => {
    const events = countTrainingEvents(table, outcomes);
    const n = outcomes.length;
    const about = { classifier: 'mlp', options: chosen, rows: [...table.ids], input: [...table.names] };
    if (table.names.length === 0) {
      const state: MlpState = { rate: events / n };
      return { ...about, notes: ['no predictors: the rate of events for everyone'], state };
    }
    const matrix = matrixOfColumns(table.columns, n);
    const heldRows = chosen.early_stopping
      ? drawPatients(table.ids, outcomes, (own) => holdOut(own, chosen, random.fork('validation')))
      : [];
    const isHeld = new Set(heldRows);
    const fitRows = outcomes.flatMap((_, row) => (isHeld.has(row) ? [] : [row]));
    const orders = random.fork('order');
    const order = fitRows.map((_, index) => index);
    const trained = trainNetwork(
      initialLayers(
        [matrix.columns, ...chosen.hidden_layer_sizes, 1],
        chosen.activation,
        random.fork('weights'),
      ),
      trainingRows(matrix, outcomes, fitRows),
      chosen,
      () => (chosen.shuffle ? orders.shuffle(order) : order),
      chosen.early_stopping ? trainingRows(matrix, outcomes, heldRows) : null,
    );
    const state: MlpState = {
      layers: trained.layers.map((layer) => ({
        ...layer,
        weights: Array.from(layer.weights),
        intercepts: Array.from(layer.intercepts),
      })),
      epochs: trained.epochs,
      losses: trained.losses,
      validationScores: trained.validationScores,
    };
    return {
      ...about,
      ...(trained.hasSettled
        ? {}
        : { notes: [`training ended at max_iter (${chosen.max_iter} epochs) while the loss still fell`] }),
      state,
    };
  },
  predictProba: (fitted: FittedClassifier, table: FeatureTable): Float64Array => {
    const state = fitted.state as MlpState;
    const rows = predictorRows(fitted, table);
    if ('rate' in state) return new Float64Array(rows.rows).fill(state.rate);
    const layers = state.layers.map((layer) => ({
      ...layer,
      weights: Float64Array.from(layer.weights),
      intercepts: Float64Array.from(layer.intercepts),
    }));
    return networkProbabilities(layers, (fitted.options as MlpOptions).activation, rows);
  },
  linear: () => undefined,
} satisfies Classifier<typeof mlpOptions>;

/** Uniform weights of Glorot & Bengio (2010), with scikit-learn's factor per activation. */
function initialLayers(
  units: readonly number[],
  activation: MlpOptions['activation'],
  random: Random,
): Layer[] {
  return units.slice(1).map((outputs, index) => {
    const inputs = units[index]!;
    const bound = Math.sqrt((activation === 'logistic' ? 2 : 6) / (inputs + outputs));
    const draw = (): number => bound * (2 * random.uniform() - 1);
    return {
      inputs,
      outputs,
      weights: Float64Array.from({ length: inputs * outputs }, draw),
      intercepts: Float64Array.from({ length: outputs }, draw),
    };
  });
}

/** Rows of early stopping: the share asked for, both outcomes among them and among the rest. */
function holdOut(outcomes: readonly (0 | 1)[], chosen: MlpOptions, random: Random): readonly number[] {
  const n = outcomes.length;
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  const held = Math.ceil(chosen.validation_fraction * n);
  if (Math.min(events, n - events) < 2 || held < 2 || n - held < 2)
    throw new SentinodeError(
      'too-few-rows',
      `Early stopping of the MLP holds out ${held} of ${n} training patients, and needs 2 of each outcome, one held out and one not; turn early_stopping off or change validation_fraction.`,
      { field: 'classifiers.mlp.validation_fraction' },
    );
  const ofEvents = Math.min(
    events - 1,
    held - 1,
    Math.max(1, held - (n - events - 1), Math.round((held * events) / n)),
  );
  const take = (outcome: 0 | 1, count: number): number[] =>
    random.shuffle(outcomes.flatMap((value, row) => (value === outcome ? [row] : []))).slice(0, count);
  return [...take(1, ofEvents), ...take(0, held - ofEvents)].sort((a, b) => a - b);
}

function trainingRows(
  matrix: Matrix,
  outcomes: readonly (0 | 1)[],
  rows: readonly number[],
): { matrix: Matrix; outcomes: Float64Array } {
  return { matrix: takeRows(matrix, rows), outcomes: Float64Array.from(rows, (row) => outcomes[row]!) };
}
