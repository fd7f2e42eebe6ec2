import { symmetricEigen } from '@sentinode/core';
import { gramOf } from '../linear-algebra/gram.ts';
import { dot } from '../linear-algebra/inner-products.ts';

/** Share of the largest singular value below which a direction is rounding. */
const RANK = 1e-13;

/**
 * Where columns outnumber rows: the rows in an orthonormal basis of their own span. A fit whose penalty depends on the
 * length of w alone is the same in both, at a cost that no longer grows with the square of the columns.
 */
export interface RowSpace {
  /** Coordinates of the rows, one column per direction. */
  readonly columns: readonly Float64Array[];
  /** Coefficients of the original columns from those of the directions. */
  back(coefficients: Float64Array): Float64Array;
}

export function rowSpace(columns: readonly Float64Array[], n: number): RowSpace {
  const rows = Array.from({ length: n }, (_, i) => Float64Array.from(columns, (column) => column[i]!));
  const gram = gramOf(rows);
  const { values, vectors } = symmetricEigen(gram, n);
  const kept = vectors.filter((_, k) => values[k]! > RANK * values[0]!);
  const lengths = kept.map((_, k) => Math.sqrt(values[k]!));
  return {
    columns: kept.map((vector, k) => vector.map((value) => value * lengths[k]!)),
    back: (coefficients) => {
      const combined = new Float64Array(n);
      kept.forEach((vector, k) => {
        const factor = coefficients[k]! / lengths[k]!;
        for (let i = 0; i < n; i++) combined[i]! += factor * vector[i]!;
      });
      return Float64Array.from(columns, (column) => dot(column, combined));
    },
  };
}
