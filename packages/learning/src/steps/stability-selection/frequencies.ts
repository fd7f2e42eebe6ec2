import { pow, type Random, SentinodeError } from '@sentinode/core';
import { logisticLassoPath } from '../../penalised-logistic/lasso-path.ts';
import { solvePath } from '../lasso/coordinate-descent.ts';
import { centre, largestAlpha } from '../lasso/problem.ts';

export type StabilityFamily = 'logistic' | 'linear';

/** Rows of each subsample: the share asked for of either outcome, at least one. */
export function drawSubsamples(
  outcomes: readonly (0 | 1)[],
  count: number,
  fraction: number,
  random: Random,
): number[][] {
  const ofOutcome = ([0, 1] as const).map((value) =>
    outcomes.flatMap((outcome, row) => (outcome === value ? [row] : [])),
  );
  if (ofOutcome.some((rows) => rows.length < 2))
    throw new SentinodeError(
      'too-few-rows',
      'Stability selection draws from both outcomes and needs at least 2 training patients of each.',
      { field: 'selection.stability-selection' },
    );
  return Array.from({ length: count }, () =>
    ofOutcome
      .flatMap((rows) => random.shuffle([...rows]).slice(0, Math.max(1, Math.floor(fraction * rows.length))))
      .sort((a, b) => a - b),
  );
}

/** Penalties from the largest on all rows, where nothing is selected, down to `ratio` times it, evenly in their logarithm. */
export function stabilityGrid(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  family: StabilityFamily,
  count: number,
  ratio: number,
): number[] {
  const largest =
    family === 'logistic'
      ? logisticLassoPath(columns, outcomes, { count: 2, ratio: 0.999 }).lambdas[0]!
      : largestAlpha(centre(scaled(columns), outcomes).problem);
  return Array.from({ length: count }, (_, k) => largest * pow(ratio, k / Math.max(1, count - 1)));
}

/** How often each column has a coefficient at each penalty over the subsamples, [penalty][column], and columns per path. */
export function selectionFrequencies(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  subsamples: readonly (readonly number[])[],
  penalties: readonly number[],
  family: StabilityFamily,
): { readonly frequencies: Float64Array[]; readonly meanSelected: number } {
  const frequencies = penalties.map(() => new Float64Array(columns.length));
  let selected = 0;
  for (const rows of subsamples) {
    const own = columns.map((column) => Float64Array.from(rows, (row) => column[row]!));
    const y = rows.map((row) => outcomes[row]!);
    const path =
      family === 'logistic'
        ? logisticLassoPath(own, y, { lambdas: penalties }).coefficients
        : solvePath(centre(scaled(own), y).problem, penalties);
    const ever = new Uint8Array(columns.length);
    path.forEach((coefficients, k) => {
      for (let j = 0; j < columns.length; j++)
        if (coefficients[j] !== 0) {
          frequencies[k]![j]! += 1 / subsamples.length;
          ever[j] = 1;
        }
    });
    for (const one of ever) selected += one;
  }
  return { frequencies, meanSelected: selected / subsamples.length };
}

/** Columns divided by their 1/n standard deviation; constant ones by 1. */
function scaled(columns: readonly Float64Array[]): Float64Array[] {
  return columns.map((column) => {
    if (column.every((value) => value === column[0])) return column;
    let sum = 0;
    for (const value of column) sum += value;
    const mean = sum / column.length;
    let squares = 0;
    for (const value of column) squares += (value - mean) * (value - mean);
    const sd = Math.sqrt(squares / column.length);
    return column.map((value) => (value - mean) / sd);
  });
}
