import { exp, type Matrix } from '@sentinode/core';

/** A kernel with all its numbers settled; plain JSON. */
export type Kernel =
  | { readonly name: 'linear' }
  | { readonly name: 'rbf'; readonly gamma: number }
  | { readonly name: 'poly'; readonly gamma: number; readonly degree: number; readonly coef0: number };

/** Row-major rows with their squared lengths. */
export interface KernelRows extends Matrix {
  readonly squares: Float64Array;
}

export function kernelRows(matrix: Matrix): KernelRows {
  const { rows, columns: p, data } = matrix;
  const squares = Float64Array.from({ length: rows }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += data[i * p + j]! * data[i * p + j]!;
    return sum;
  });
  return { ...matrix, squares };
}

/** Writes the kernel of row `i` of `a` with the first `out.length` rows of `b`. */
export function kernelRow(kernel: Kernel, a: KernelRows, i: number, b: KernelRows, out: Float64Array): void {
  const p = a.columns;
  const x = a.data;
  const z = b.data;
  const base = i * p;
  if (kernel.name === 'rbf') {
    // differences, not |x|^2 + |z|^2 - 2xz: that loses digits for rows near each other
    for (let r = 0, at = 0; r < out.length; r++, at += p) {
      let sum = 0;
      for (let j = 0; j < p; j++) {
        const d = x[base + j]! - z[at + j]!;
        sum += d * d;
      }
      out[r] = exp(-kernel.gamma * sum);
    }
    return;
  }
  for (let r = 0, at = 0; r < out.length; r++, at += p) {
    let sum = 0;
    for (let j = 0; j < p; j++) sum += x[base + j]! * z[at + j]!;
    out[r] = kernel.name === 'linear' ? sum : integerPower(kernel.gamma * sum + kernel.coef0, kernel.degree);
  }
}

function integerPower(base: number, exponent: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  return result;
}

/** gamma of `scale`: 1 / (columns x variance of all values), 1 when they are all equal. */
export function scaleGamma({ columns, data }: Matrix): number {
  let sum = 0;
  for (const value of data) sum += value;
  const mean = sum / data.length;
  let squares = 0;
  for (const value of data) squares += (value - mean) * (value - mean);
  const variance = squares / data.length;
  return variance > 0 ? 1 / (columns * variance) : 1;
}
