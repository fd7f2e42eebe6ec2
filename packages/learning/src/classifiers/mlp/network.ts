import { exp, expm1 } from '@sentinode/core';
import { logistic } from '@sentinode/statistics';
import { type Workbench, workbench } from '../../linear-algebra/compiled/index.ts';
import { addGradient, affine, meanRows, penalise, propagate } from './products.ts';

/** A fully connected layer: `weights` is inputs x outputs, row-major. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Float64Array;
  readonly intercepts: Float64Array;
}

export type Activation = 'relu' | 'tanh' | 'logistic';

/** Working memory of one batch: activations and their derivatives by layer, and the gradient of each layer. */
export interface Workspace {
  readonly bench: Workbench;
  readonly activations: readonly Float64Array[];
  readonly deltas: readonly Float64Array[];
  readonly gradients: readonly Layer[];
  /** Room for the transposed weights of each layer. */
  readonly transposed: readonly Float64Array[];
}

/** The same layers in arrays of their own. */
export function copyLayers(layers: readonly Layer[], bench: Workbench = ordinary): Layer[] {
  const copy = (values: Float64Array): Float64Array => {
    const array = bench.array(values.length);
    array.set(values);
    return array;
  };
  return layers.map((layer) => ({
    ...layer,
    weights: copy(layer.weights),
    intercepts: copy(layer.intercepts),
  }));
}

/** Arrays of nobody's bench. */
const ordinary: Workbench = { array: (length) => new Float64Array(length), on: () => undefined };

export function workspace(layers: readonly Layer[], rows: number, bench: Workbench = ordinary): Workspace {
  return {
    bench,
    activations: [
      bench.array(rows * layers[0]!.inputs),
      ...layers.map((one) => bench.array(rows * one.outputs)),
    ],
    deltas: layers.map((one) => bench.array(rows * one.outputs)),
    gradients: layers.map((one) => ({
      ...one,
      weights: bench.array(one.weights.length),
      intercepts: bench.array(one.outputs),
    })),
    transposed: layers.map((one) => bench.array(one.weights.length)),
  };
}

/** A bench with room for the layers, their working memory, and `copies` arrays more of the size of every parameter. */
export function benchFor(layers: readonly Layer[], rows: number, copies: number): Workbench {
  const parameters = layers.flatMap(({ weights, intercepts }) => [weights.length, intercepts.length]);
  const values = [layers[0]!.inputs, ...layers.map(({ outputs }) => outputs)].map((width) => rows * width);
  return workbench([...values, ...values, ...Array.from({ length: 3 + copies }, () => parameters).flat()]);
}

/** Activations of all layers for the rows in `activations[0]`; the last layer is the probability. */
export function forward(
  layers: readonly Layer[],
  activation: Activation,
  { bench, activations }: Workspace,
  rows: number,
): void {
  layers.forEach((layer, index) => {
    const out = activations[index + 1]!;
    affine(bench, activations[index]!, rows, layer, out);
    activate(bench, index === layers.length - 1 ? 'logistic' : activation, out, rows * layer.outputs);
  });
}

/** Gradient of the mean log-loss plus alpha/2 |weights|^2 / rows, after `forward`; outcomes in the order of the rows. */
export function backward(
  layers: readonly Layer[],
  activation: Activation,
  { bench, activations, deltas, gradients, transposed }: Workspace,
  outcomes: Float64Array,
  rows: number,
  alpha: number,
): void {
  const last = layers.length - 1;
  const probabilities = activations[last + 1]!;
  for (let i = 0; i < rows; i++) deltas[last]![i] = probabilities[i]! - outcomes[i]!;
  for (let index = last; index >= 0; index--) {
    const layer = layers[index]!;
    const gradient = gradients[index]!;
    const delta = deltas[index]!;
    gradient.weights.fill(0);
    addGradient(bench, activations[index]!, delta, rows, layer.inputs, layer.outputs, gradient.weights);
    penalise(bench, gradient.weights, layer.weights, alpha, rows);
    meanRows(bench, delta, rows, layer.outputs, gradient.intercepts);
    if (index > 0) {
      propagate(bench, delta, rows, layer, transposed[index]!, deltas[index - 1]!);
      derive(bench, activation, activations[index]!, deltas[index - 1]!, rows * layer.inputs);
    }
  }
}

function activate(bench: Workbench, activation: Activation, values: Float64Array, count: number): void {
  if (activation === 'relu') {
    const compiled = bench.on(values);
    if (compiled !== undefined) compiled.loops.rectify(compiled.at[0]!, count);
    else for (let i = 0; i < count; i++) if (values[i]! < 0) values[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < count; i++) values[i] = tanh(values[i]!);
  } else {
    for (let i = 0; i < count; i++) values[i] = logistic(values[i]!);
  }
}

/** Multiplies `delta` by the derivative of the activation, which follows from its value. */
function derive(
  bench: Workbench,
  activation: Activation,
  values: Float64Array,
  delta: Float64Array,
  count: number,
): void {
  if (activation === 'relu') {
    const compiled = bench.on(values, delta);
    if (compiled !== undefined) compiled.loops.rectifySlopes(compiled.at[0]!, compiled.at[1]!, count);
    else for (let i = 0; i < count; i++) if (values[i] === 0) delta[i] = 0;
  } else if (activation === 'tanh') {
    for (let i = 0; i < count; i++) delta[i]! *= 1 - values[i]! * values[i]!;
  } else {
    for (let i = 0; i < count; i++) delta[i]! *= values[i]! * (1 - values[i]!);
  }
}

function tanh(x: number): number {
  const size = Math.abs(x);
  let value: number;
  if (size > 20) value = 1;
  else if (size < 0.5) {
    const e = expm1(2 * size);
    value = e / (e + 2);
  } else value = 1 - 2 / (exp(2 * size) + 1);
  return x < 0 ? -value : value;
}
