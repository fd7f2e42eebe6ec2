import { exp, type Matrix } from '@sentinode/core';
import { columnBlock } from '../../linear-algebra/column-block.ts';

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

/** Squared distances between rows of a table, once for all machines on parts of it. */
export interface Distances {
  /** Row-major, symmetric. */
  readonly squares: Float64Array;
  readonly size: number;
  /** Rows of the table that the machine sees. */
  readonly rows: readonly number[];
}

/** Distances of a table beyond this many rows are not kept: 32 MB. */
const MOST_ROWS = 2000;

/** Squared distances between all rows; undefined where the kernel needs none, or they would take too much memory. */
export function squaredDistances(
  { rows: n, columns: p, data }: Matrix,
  kernel: Kernel['name'],
): Float64Array | undefined {
  if (kernel !== 'rbf' || n > MOST_ROWS) return undefined;
  const squares = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < a; b++) {
      let sum = 0;
      for (let j = 0, x = a * p, z = b * p; j < p; j++, x++, z++) {
        const d = data[x]! - data[z]!;
        sum += d * d;
      }
      squares[a * n + b] = sum;
      squares[b * n + a] = sum;
    }
  return squares;
}

/**
 * Kernels between all rows in single precision, as libsvm keeps them, with the diagonal in double precision. The kernel is
 * symmetric to the last bit.
 */
export function kernelMatrix(
  kernel: Kernel,
  rows: KernelRows,
  distances?: Distances,
): { readonly kernels: Float32Array[]; readonly diagonal: Float64Array } {
  const n = rows.rows;
  const kernels = Array.from({ length: n }, () => new Float32Array(n));
  const diagonal = new Float64Array(n);
  const values =
    kernel.name === 'rbf' && distances !== undefined
      ? exponentials(kernel.gamma, distances)
      : lowerTriangle(kernel, rows);
  for (let row = 0, at = 0; row < n; row++) {
    const own = kernels[row]!;
    for (let other = 0; other < row; other++, at++) {
      own[other] = values[at]!;
      kernels[other]![row] = values[at]!;
    }
    diagonal[row] = values[at]!;
    own[row] = values[at++]!;
  }
  return { kernels, diagonal };
}

/** exp(-gamma d) of the lower triangle, row by row, the diagonal included. */
function exponentials(gamma: number, { squares, size, rows }: Distances): Float64Array {
  const count = (rows.length * (rows.length + 1)) / 2;
  const block = columnBlock([], 0, [count, count]);
  const exponents = block.array(count);
  let at = 0;
  rows.forEach((row, i) => {
    for (let k = 0; k <= i; k++) exponents[at++] = gamma * squares[row * size + rows[k]!]!;
  });
  const values = block.array(count);
  block.decays(exponents, values);
  return values;
}

function lowerTriangle(kernel: Kernel, rows: KernelRows): Float64Array {
  const n = rows.rows;
  const values = new Float64Array((n * (n + 1)) / 2);
  for (let row = 0, at = 0; row < n; row++) {
    kernelRow(kernel, rows, row, rows, values.subarray(at, at + row + 1));
    at += row + 1;
  }
  return values;
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
