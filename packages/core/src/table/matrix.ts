/** Dense matrix of doubles, row-major. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Element (i, j) at i * columns + j. */
  readonly data: Float64Array;
}

/** Row-major matrix from equally long columns. */
export function matrixOfColumns(columns: readonly Float64Array[], rows: number): Matrix {
  const data = new Float64Array(rows * columns.length);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows; i++) data[i * columns.length + j] = column[i]!;
  });
  return { rows, columns: columns.length, data };
}
