import { symmetricEigen } from '@sentinode/core';
import { mean } from '@sentinode/statistics';

/** What the components are made of. */
export interface PcaState {
  readonly centre: readonly number[];
  /** One row per component. */
  readonly loadings: readonly (readonly number[])[];
  /** Variance (ddof 1) of each component on the training rows. */
  readonly variance: readonly number[];
  /** Share of the total variance of each component. */
  readonly share: readonly number[];
  readonly rank: number;
}

/** Exact principal components by the eigenvectors of the n x n Gram matrix of the centred columns. */
export function fitPca(columns: readonly Float64Array[], n: number, wanted: number): PcaState {
  const p = columns.length;
  const centre = columns.map((column) => mean(column));
  const centred = columns.map((column, j) => column.map((value) => value - centre[j]!));
  const gram = new Float64Array(n * n);
  for (const column of centred) {
    for (let i = 0; i < n; i++) {
      const value = column[i]!;
      const row = i * n;
      for (let k = 0; k <= i; k++) gram[row + k]! += value * column[k]!;
    }
  }
  for (let i = 0; i < n; i++) for (let k = 0; k < i; k++) gram[k * n + i] = gram[i * n + k]!;
  const { values, vectors } = symmetricEigen(gram, n);
  const largest = Math.sqrt(Math.max(0, values[0] ?? 0));
  // NumPy's matrix_rank: singular values above eps * max(n, p) * largest; the Gram matrix squares the rounding
  const tolerance = Math.max(
    Number.EPSILON * Math.max(n, p) * largest,
    Math.sqrt(Number.EPSILON * n) * largest * 1e-1,
  );
  const singular = Array.from(values, (value) => Math.sqrt(Math.max(0, value)));
  const rank = singular.filter((value) => value > tolerance).length;
  const total = singular.reduce((sum, value) => sum + value * value, 0);
  const count = Math.min(wanted, rank);
  const loadings = vectors
    .slice(0, count)
    .map((vector, k) => signed(centred.map((column) => project(column, vector) / singular[k]!)));
  return {
    centre,
    loadings,
    variance: singular.slice(0, count).map((value) => (value * value) / (n - 1)),
    share: singular.slice(0, count).map((value) => (total > 0 ? (value * value) / total : 0)),
    rank,
  };
}

function project(column: Float64Array, vector: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i]! * vector[i]!;
  return sum;
}

/** The same direction with its largest absolute loading positive, and of length 1 to the last bits. */
function signed(loading: number[]): number[] {
  let at = 0;
  let squares = 0;
  loading.forEach((value, j) => {
    squares += value * value;
    if (Math.abs(value) > Math.abs(loading[at]!)) at = j;
  });
  const scale = (loading[at]! < 0 ? -1 : 1) / Math.sqrt(squares);
  return loading.map((value) => value * scale);
}
