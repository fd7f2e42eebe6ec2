/** Centred problem: minimise ||y - X w||^2 / (2n) + alpha ||w||_1. */
export interface LassoProblem {
  readonly columns: readonly Float64Array[];
  readonly y: Float64Array;
  /** Sum of squares of each column. */
  readonly squares: Float64Array;
  readonly n: number;
  /** Products of one column with every column; made once per column that becomes active. */
  products(column: number): Float64Array;
}

/** Removes means, so that the intercept drops out. */
export function centre(
  columns: readonly Float64Array[],
  y: ArrayLike<number>,
): { problem: LassoProblem; means: Float64Array; yMean: number } {
  const n = y.length;
  const meanOf = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += values[i]!;
    return sum / n;
  };
  const means = Float64Array.from(columns, meanOf);
  const yMean = meanOf(y);
  const centred = columns.map((column, j) => column.map((value) => value - means[j]!));
  const squares = Float64Array.from(centred, (column) =>
    column.reduce((sum, value) => sum + value * value, 0),
  );
  const made = new Map<number, Float64Array>();
  const products = (column: number): Float64Array => {
    const known = made.get(column);
    if (known !== undefined) return known;
    const row = Float64Array.from(centred, (other) => correlation(other, centred[column]!));
    made.set(column, row);
    return row;
  };
  return {
    problem: { columns: centred, y: Float64Array.from(y, (value) => value - yMean), squares, n, products },
    means,
    yMean,
  };
}

/** X' r for one column. */
export function correlation(column: Float64Array, residual: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < residual.length; i++) sum += column[i]! * residual[i]!;
  return sum;
}

/** Penalty at which all coefficients become 0. */
export function largestAlpha({ columns, y, n }: LassoProblem): number {
  return columns.reduce((largest, column) => Math.max(largest, Math.abs(correlation(column, y))), 0) / n;
}
