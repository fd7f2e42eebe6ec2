/**
 * Products of small dense matrices, four terms at a time: each sum runs in one fixed order, in TypeScript as in the
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
  let i = 0;
  // two rows share what is read of the weights
  for (; i + 1 < rows; i += 2) {
    const base = i * outputs;
    const next = base + outputs;
    const from = i * inputs;
    const below = from + inputs;
    for (let j = 0; j < outputs; j++) {
      out[base + j] = intercepts[j]!;
      out[next + j] = intercepts[j]!;
    }
    let k = 0;
    for (; k + 3 < inputs; k += 4) {
      const a = input[from + k]!;
      const b = input[from + k + 1]!;
      const c = input[from + k + 2]!;
      const d = input[from + k + 3]!;
      const e = input[below + k]!;
      const f = input[below + k + 1]!;
      const g = input[below + k + 2]!;
      const h = input[below + k + 3]!;
      const w = k * outputs;
      const w2 = w + 2 * outputs;
      for (let j = 0; j < outputs; j++) {
        const p = weights[w + j]!;
        const q = weights[w + outputs + j]!;
        const r = weights[w2 + j]!;
        const s = weights[w2 + outputs + j]!;
        out[base + j]! += a * p + b * q + (c * r + d * s);
        out[next + j]! += e * p + f * q + (g * r + h * s);
      }
    }
    for (; k < inputs; k++) {
      const a = input[from + k]!;
      const e = input[below + k]!;
      const w = k * outputs;
      for (let j = 0; j < outputs; j++) {
        out[base + j]! += a * weights[w + j]!;
        out[next + j]! += e * weights[w + j]!;
      }
    }
  }
  for (; i < rows; i++) affineRow(input, i, layer, out);
}

/** The same for one row. */
function affineRow(
  input: Float64Array,
  i: number,
  { inputs, outputs, weights, intercepts }: Parameters<typeof affine>[3],
  out: Float64Array,
): void {
  const base = i * outputs;
  const from = i * inputs;
  for (let j = 0; j < outputs; j++) out[base + j] = intercepts[j]!;
  let k = 0;
  for (; k + 3 < inputs; k += 4) {
    const a = input[from + k]!;
    const b = input[from + k + 1]!;
    const c = input[from + k + 2]!;
    const d = input[from + k + 3]!;
    const w = k * outputs;
    const w2 = w + 2 * outputs;
    for (let j = 0; j < outputs; j++) {
      out[base + j]! +=
        a * weights[w + j]! +
        b * weights[w + outputs + j]! +
        (c * weights[w2 + j]! + d * weights[w2 + outputs + j]!);
    }
  }
  for (; k < inputs; k++) {
    const a = input[from + k]!;
    const w = k * outputs;
    for (let j = 0; j < outputs; j++) out[base + j]! += a * weights[w + j]!;
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
  let i = 0;
  for (; i + 3 < rows; i += 4) {
    const x = i * inputs;
    const d = i * outputs;
    const d2 = d + 2 * outputs;
    let k = 0;
    // two inputs share what is read of the deltas
    for (; k + 1 < inputs; k += 2) {
      const a = input[x + k]!;
      const b = input[x + inputs + k]!;
      const c = input[x + 2 * inputs + k]!;
      const e = input[x + 3 * inputs + k]!;
      const a2 = input[x + k + 1]!;
      const b2 = input[x + inputs + k + 1]!;
      const c2 = input[x + 2 * inputs + k + 1]!;
      const e2 = input[x + 3 * inputs + k + 1]!;
      const g = k * outputs;
      const g2 = g + outputs;
      for (let j = 0; j < outputs; j++) {
        const p = delta[d + j]!;
        const q = delta[d + outputs + j]!;
        const r = delta[d2 + j]!;
        const s = delta[d2 + outputs + j]!;
        gradient[g + j]! += a * p + b * q + (c * r + e * s);
        gradient[g2 + j]! += a2 * p + b2 * q + (c2 * r + e2 * s);
      }
    }
    for (; k < inputs; k++) {
      const a = input[x + k]!;
      const b = input[x + inputs + k]!;
      const c = input[x + 2 * inputs + k]!;
      const e = input[x + 3 * inputs + k]!;
      const g = k * outputs;
      for (let j = 0; j < outputs; j++) {
        gradient[g + j]! +=
          a * delta[d + j]! +
          b * delta[d + outputs + j]! +
          (c * delta[d2 + j]! + e * delta[d2 + outputs + j]!);
      }
    }
  }
  for (; i < rows; i++) {
    for (let k = 0; k < inputs; k++) {
      const a = input[i * inputs + k]!;
      const g = k * outputs;
      for (let j = 0; j < outputs; j++) gradient[g + j]! += a * delta[i * outputs + j]!;
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
    const d = i * outputs;
    const o = i * inputs;
    let j = 0;
    for (; j + 3 < outputs; j += 4) {
      const [p, q, r, s] = [delta[d + j]!, delta[d + j + 1]!, delta[d + j + 2]!, delta[d + j + 3]!];
      const w = j * inputs;
      const w2 = w + 2 * inputs;
      for (let k = 0; k < inputs; k++)
        out[o + k]! +=
          p * transposed[w + k]! +
          q * transposed[w + inputs + k]! +
          (r * transposed[w2 + k]! + s * transposed[w2 + inputs + k]!);
    }
    for (; j < outputs; j++) {
      const p = delta[d + j]!;
      for (let k = 0; k < inputs; k++) out[o + k]! += p * transposed[j * inputs + k]!;
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
