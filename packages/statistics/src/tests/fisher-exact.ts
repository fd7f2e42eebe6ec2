import { exp } from '@sentinode/core';
import gammaln from '@stdlib/math-base-special-gammaln';
import { type Counts, withoutEmpty } from './contingency.ts';

/** Tables whose probability exceeds the observed one by less than this factor count as equally likely (as in R). */
const RELATIVE_ERROR = 1 + 1e-7;

/**
 * Fisher's exact test of an r x 2 (or 2 x c) table, two-sided: the sum of the probabilities of all tables with the
 * same margins that are not more likely than the observed one (R `fisher.test`). Larger tables are enumerated row
 * by row. Margins of some hundreds with up to about 6 levels take milliseconds. undefined below 2 x 2.
 */
export function fisherExact(table: Counts): number | undefined {
  let counts = withoutEmpty(table);
  if (counts.length < 2 || (counts[0]?.length ?? 0) < 2) return undefined;
  if (counts[0]!.length > counts.length)
    counts = counts[0]!.map((_, column) => counts.map((row) => row[column]!));
  const rowSums = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const columnSums = counts[0]!.map((_, column) => counts.reduce((sum, row) => sum + row[column]!, 0));
  const total = rowSums.reduce((a, b) => a + b, 0);
  const logFactorial = Float64Array.from({ length: total + 1 }, (_, k) => gammaln(k + 1));
  const constant =
    [...rowSums, ...columnSums].reduce((sum, margin) => sum + logFactorial[margin]!, 0) -
    logFactorial[total]!;
  const observed = constant - counts.flat().reduce((sum, count) => sum + logFactorial[count]!, 0);
  const limit = exp(observed) * RELATIVE_ERROR;
  let p = 0;
  const left = [...columnSums];
  const fillRow = (row: number, sum: number): void => {
    if (row === rowSums.length - 1) {
      let last = sum;
      for (const count of left) last += logFactorial[count]!;
      const probability = exp(constant - last);
      if (probability <= limit) p += probability;
      return;
    }
    fillCell(row, 0, rowSums[row]!, sum);
  };
  const fillCell = (row: number, column: number, remaining: number, sum: number): void => {
    if (column === left.length - 1) {
      if (remaining > left[column]!) return;
      left[column]! -= remaining;
      fillRow(row + 1, sum + logFactorial[remaining]!);
      left[column]! += remaining;
      return;
    }
    for (let count = 0; count <= Math.min(remaining, left[column]!); count++) {
      left[column]! -= count;
      fillCell(row, column + 1, remaining - count, sum + logFactorial[count]!);
      left[column]! += count;
    }
  };
  fillRow(0, 0);
  return Math.min(1, p);
}
