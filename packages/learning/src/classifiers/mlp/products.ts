/**
 * Products of small dense matrices, term after term: each sum runs in one fixed order, in TypeScript as in the
 * compiled loops, which take over where all arrays lie on their bench.
 */

import type { Workbench } from '../../linear-algebra/compiled/index.ts';

/** Bytes of a number. */
const NUMBER = 8;

/** out = input x weights + intercepts; input is rows x inputs, all row-major. */
export function affine(
  bench: Workbench,
  input: Float64Array,
  rows: number,
  layer: {
    readonly inputs: number;
    readonly outputs: number;
    readonly weights: Float64Array;
    readonly intercepts: Float64Array;
  },
  out: Float64Array,
): void {
  const { inputs, outputs, weights, intercepts } = layer;
  const compiled = bench.on(input, weights, out, intercepts);
  if (compiled !== undefined) {
    const { loops } = compiled;
    const [a, b, c, start] = compiled.at as [number, number, number, number];
    const line = NUMBER * outputs;
    loops.fillRows(c, rows, outputs, start);
    loops.accumulate(a, NUMBER * inputs, NUMBER, b, line, c, line, rows, outputs, inputs);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const base = i * outputs;
    out.set(intercepts, base);
    for (let k = 0; k < inputs; k++) {
      const value = input[i * inputs + k]!;
      const w = k * outputs;
      for (let j = 0; j < outputs; j++) out[base + j]! += value * weights[w + j]!;
    }
  }
}

/** gradient += input' x delta; input is rows x inputs, delta rows x outputs. */
export function addGradient(
  bench: Workbench,
  input: Float64Array,
  delta: Float64Array,
  rows: number,
  inputs: number,
  outputs: number,
  gradient: Float64Array,
): void {
  const compiled = bench.on(input, delta, gradient);
  if (compiled !== undefined) {
    const [a, b, c] = compiled.at as [number, number, number];
    const line = NUMBER * outputs;
    compiled.loops.accumulate(a, NUMBER, NUMBER * inputs, b, line, c, line, inputs, outputs, rows);
    return;
  }
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < inputs; k++) {
      const value = input[i * inputs + k]!;
      const g = k * outputs;
      for (let j = 0; j < outputs; j++) gradient[g + j]! += value * delta[i * outputs + j]!;
    }
  }
}

/**
 * out = delta x weights'; delta is rows x outputs, out rows x inputs.
 * @param transposed room for the weights, outputs x inputs
 */
export function propagate(
  bench: Workbench,
  delta: Float64Array,
  rows: number,
  { inputs, outputs, weights }: { inputs: number; outputs: number; weights: Float64Array },
  transposed: Float64Array,
  out: Float64Array,
): void {
  for (let k = 0, at = 0; k < inputs; k++)
    for (let j = 0; j < outputs; j++, at++) transposed[j * inputs + k] = weights[at]!;
  out.fill(0, 0, rows * inputs);
  const compiled = bench.on(delta, transposed, out);
  if (compiled !== undefined) {
    const [a, b, c] = compiled.at as [number, number, number];
    const line = NUMBER * inputs;
    compiled.loops.accumulate(a, NUMBER * outputs, NUMBER, b, line, c, line, rows, inputs, outputs);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const o = i * inputs;
    for (let j = 0; j < outputs; j++) {
      const slope = delta[i * outputs + j]!;
      const w = j * inputs;
      for (let k = 0; k < inputs; k++) out[o + k]! += slope * transposed[w + k]!;
    }
  }
}

/** out[j] = sum over rows of values[i][j], over the number of rows. */
export function meanRows(
  bench: Workbench,
  values: Float64Array,
  rows: number,
  columns: number,
  out: Float64Array,
): void {
  const compiled = bench.on(values, out);
  if (compiled !== undefined) {
    const [from, to] = compiled.at as [number, number];
    compiled.loops.meanRows(from, rows, columns, to);
    return;
  }
  out.fill(0);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++, at++) out[j]! += values[at]!;
  for (let j = 0; j < columns; j++) out[j]! /= rows;
}

/** gradient = (gradient + alpha x weights) / rows. */
export function penalise(
  bench: Workbench,
  gradient: Float64Array,
  weights: Float64Array,
  alpha: number,
  rows: number,
): void {
  const compiled = bench.on(gradient, weights);
  if (compiled !== undefined) {
    const [g, w] = compiled.at as [number, number];
    compiled.loops.penalise(g, w, gradient.length, alpha, rows);
    return;
  }
  for (let w = 0; w < gradient.length; w++) gradient[w] = (gradient[w]! + alpha * weights[w]!) / rows;
}
