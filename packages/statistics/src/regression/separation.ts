import type { Outcomes } from '../checks.ts';

/** Share of the largest change of a linear predictor that counts as rounding. */
const ROUNDING = 1e-7;

/**
 * Whether moving the coefficients along a direction never makes any outcome less likely, and some more (Albert &
 * Anderson 1984): proof that the likelihood has no maximum, for complete and quasi-complete separation.
 */
export function provesSeparation(
  columns: readonly ArrayLike<number>[],
  direction: ArrayLike<number>,
  outcomes: Outcomes,
): boolean {
  const n = outcomes.length;
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let i = 0; i < n; i++) {
    let change = 0;
    for (let j = 0; j < columns.length; j++) change += columns[j]![i]! * direction[j]!;
    const towards = outcomes[i] === 1 ? change : -change;
    least = Math.min(least, towards);
    most = Math.max(most, Math.abs(change));
  }
  return most > 0 && least >= -ROUNDING * most;
}

/** Columns whose coefficients grow without limit along a direction of separation. */
export function unboundedColumns(
  columns: readonly ArrayLike<number>[],
  direction: ArrayLike<number>,
): boolean[] {
  const reach = columns.map((column, j) => {
    let largest = 0;
    for (let i = 0; i < column.length; i++) largest = Math.max(largest, Math.abs(column[i]! * direction[j]!));
    return largest;
  });
  const most = Math.max(...reach);
  return reach.map((one) => one > 1e-6 * most);
}
