import { SentinodeError } from '@sentinode/core';
import { ascendingOrder } from '@sentinode/statistics';

/** Predictors as trees see them: 32-bit floats (scikit-learn casts before it splits), each column sorted once. */
export interface SortedColumns {
  readonly rows: number;
  readonly columns: number;
  /** Value of row i in column j at j * rows + i. */
  readonly values: Float32Array;
  /** Rows of column j in ascending order at j * rows; equal values by row. */
  readonly order: Int32Array;
  /** 1 for columns in which any two values can be separated. */
  readonly isDistinct: Uint8Array;
}

/** Values closer than this (in 32-bit arithmetic) are not separated (scikit-learn's FEATURE_THRESHOLD). */
const SAME = Math.fround(1e-7);

/** Whether a cut between two neighbouring values is possible. */
export const isSeparable = (below: number, above: number): boolean => above > Math.fround(below + SAME);

/** @throws SentinodeError `not-finite` where a value is beyond 32-bit floats */
export function sortColumns(
  columns: readonly Float64Array[],
  names: readonly string[],
  rows: number,
): SortedColumns {
  const values = new Float32Array(columns.length * rows);
  const order = new Int32Array(columns.length * rows);
  const isDistinct = new Uint8Array(columns.length).fill(1);
  columns.forEach((column, j) => {
    const own = values.subarray(j * rows, (j + 1) * rows);
    own.set(column);
    refuseOverflow(own, names[j]!);
    order.set(ascendingOrder(own), j * rows);
    for (let k = j * rows + 1; k < (j + 1) * rows; k++)
      if (!isSeparable(own[order[k - 1]!]!, own[order[k]!]!)) isDistinct[j] = 0;
  });
  return { rows, columns: columns.length, values, order, isDistinct };
}

/** Row-major 32-bit floats of any rows. @throws SentinodeError `not-finite` */
export function singleRows(data: Float64Array, names: readonly string[]): Float32Array {
  const rows = Float32Array.from(data);
  for (let k = 0; k < rows.length; k++)
    if (!Number.isFinite(rows[k]!)) refuseOverflow(rows.subarray(k, k + 1), names[k % names.length]!);
  return rows;
}

function refuseOverflow(values: Float32Array, name: string): void {
  if (values.every(Number.isFinite)) return;
  throw new SentinodeError(
    'not-finite',
    `The predictor "${name}" has a value beyond the range of 32-bit floats, in which trees compare; rescale the column.`,
    { field: name },
  );
}
