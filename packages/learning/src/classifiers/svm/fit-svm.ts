import type { Matrix } from '@sentinode/core';
import {
  type Distances,
  type Kernel,
  type KernelRows,
  kernelMatrix,
  kernelRow,
  kernelRows,
} from './kernel.ts';
import { solveDual } from './smo.ts';

/** Pairs beyond which a fit gives up and says so. */
const MAX_ITERATIONS = 1_000_000;

/** Support vectors with their coefficients (y x alpha), and the intercept. */
export interface SvmFit {
  /** Positions of the support vectors among the rows of the fit. */
  readonly support: readonly number[];
  /** Row-major. */
  readonly vectors: readonly number[];
  readonly coefficients: readonly number[];
  readonly intercept: number;
  readonly kernel: Kernel;
  readonly iterations: number;
  readonly hasConverged: boolean;
}

/**
 * Fits a support vector classifier.
 * @param distances of the rows, where they are known
 */
export function fitSvm(
  matrix: Matrix,
  outcomes: ArrayLike<number>,
  kernel: Kernel,
  bound: readonly [number, number],
  tolerance: number,
  distances?: Distances,
): SvmFit {
  const rows = kernelRows(matrix);
  const n = rows.rows;
  const { kernels, diagonal } = kernelMatrix(kernel, rows, distances);
  const solution = solveDual(
    {
      signs: Int8Array.from({ length: n }, (_, i) => (outcomes[i] === 1 ? 1 : -1)),
      bounds: Float64Array.from({ length: n }, (_, i) => bound[outcomes[i] === 1 ? 1 : 0]),
      kernels,
      diagonal,
    },
    tolerance,
    MAX_ITERATIONS,
  );
  const support = Array.from({ length: n }, (_, i) => i).filter((i) => solution.alphas[i]! > 0);
  const p = rows.columns;
  const vectors: number[] = [];
  for (const i of support) for (let j = i * p; j < (i + 1) * p; j++) vectors.push(rows.data[j]!);
  return {
    support,
    vectors,
    coefficients: support.map((i) => (outcomes[i] === 1 ? 1 : -1) * solution.alphas[i]!),
    intercept: solution.intercept,
    kernel,
    iterations: solution.iterations,
    hasConverged: solution.violation < tolerance,
  };
}

/** Signed distance to the margin in units of the dual, one per row. */
export function svmDecision(fit: SvmFit, matrix: Matrix): Float64Array {
  const m = fit.coefficients.length;
  const vectors: KernelRows = kernelRows({
    rows: m,
    columns: matrix.columns,
    data: Float64Array.from(fit.vectors),
  });
  const rows = kernelRows(matrix);
  const values = new Float64Array(m);
  return Float64Array.from({ length: rows.rows }, (_, i) => {
    kernelRow(fit.kernel, rows, i, vectors, values);
    let sum = fit.intercept;
    for (let s = 0; s < m; s++) sum += fit.coefficients[s]! * values[s]!;
    return sum;
  });
}
