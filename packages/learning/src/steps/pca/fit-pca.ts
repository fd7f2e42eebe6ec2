import { mean } from '@sentinode/statistics';
import { orthogonalise } from './orthogonalise.ts';

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

/**
 * Exact principal components of centred columns: of the shorter side of the matrix, rows or columns, made orthogonal.
 * The rank counts singular values above eps x max(rows, columns) x the largest (NumPy `matrix_rank`).
 */
export function fitPca(columns: readonly Float64Array[], n: number, wanted: number): PcaState {
  const p = columns.length;
  const centre = columns.map((column) => mean(column));
  const centred = columns.map((column, j) => {
    const middle = centre[j]!;
    const shifted = new Float64Array(n);
    for (let i = 0; i < n; i++) shifted[i] = column[i]! - middle;
    return shifted;
  });
  const negligible = Number.EPSILON * Math.max(n, p);
  const isTall = p <= n;
  const vectors = isTall ? centred : rowsOf(centred, n);
  const { images, lengths, turns } = orthogonalise(vectors, negligible);
  const largest = lengths[0] ?? 0;
  const rank = lengths.filter((length) => length > negligible * largest).length;
  const total = lengths.reduce((sum, length) => sum + length * length, 0);
  const kept = lengths.slice(0, Math.min(wanted, rank));
  return {
    centre,
    // of columns the turn is the loading; of rows it is the image
    loadings: kept.map((_, k) => signed(isTall ? turns[k]! : images[k]!)),
    variance: kept.map((length) => (length * length) / (n - 1)),
    share: kept.map((length) => (total > 0 ? (length * length) / total : 0)),
    rank,
  };
}

/** Rows of a matrix given by columns. */
function rowsOf(columns: readonly Float64Array[], n: number): Float64Array[] {
  const rows = Array.from({ length: n }, () => new Float64Array(columns.length));
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) rows[i]![j] = column[i]!;
  });
  return rows;
}

/** The same direction with its largest absolute loading positive, and of length 1 to the last bits. */
function signed(loading: Float64Array): number[] {
  let at = 0;
  let squares = 0;
  for (let j = 0; j < loading.length; j++) {
    const value = loading[j]!;
    squares += value * value;
    if (Math.abs(value) > Math.abs(loading[at]!)) at = j;
  }
  const scale = (loading[at]! < 0 ? -1 : 1) / Math.sqrt(squares);
  const scaled = new Array<number>(loading.length);
  for (let j = 0; j < loading.length; j++) scaled[j] = loading[j]! * scale;
  return scaled;
}
