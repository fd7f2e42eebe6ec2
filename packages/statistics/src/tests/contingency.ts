import { chiSquareUpper } from '../distributions/index.ts';

/** Counts: one row per level, one column per group. */
export type Counts = readonly (readonly number[])[];

export interface ChiSquare {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** Expected counts in the order of the table without empty rows and columns. */
  readonly expected: readonly (readonly number[])[];
  readonly correction: 'none' | 'Yates';
}

/** The table without rows and columns that are empty. */
export function withoutEmpty(table: Counts): number[][] {
  const rows = table.filter((row) => row.some((count) => count > 0));
  const used = (rows[0] ?? []).map((_, column) => rows.some((row) => row[column]! > 0));
  return rows.map((row) => row.filter((_, column) => used[column]));
}

/** Pearson's chi-square test; Yates' correction (2 x 2 only) on request, as R's `chisq.test`. undefined below 2 x 2. */
export function chiSquare(table: Counts, options: { readonly yates?: boolean } = {}): ChiSquare | undefined {
  const counts = withoutEmpty(table);
  const rows = counts.length;
  const columns = counts[0]?.length ?? 0;
  if (rows < 2 || columns < 2) return undefined;
  const rowSums = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const columnSums = counts[0]!.map((_, column) => counts.reduce((sum, row) => sum + row[column]!, 0));
  const total = rowSums.reduce((a, b) => a + b, 0);
  const expected = rowSums.map((rowSum) => columnSums.map((columnSum) => (rowSum * columnSum) / total));
  const yates = options.yates === true && rows === 2 && columns === 2;
  const deviations = counts.flatMap((row, i) => row.map((count, j) => Math.abs(count - expected[i]![j]!)));
  const shift = yates ? Math.min(0.5, ...deviations) : 0;
  let statistic = 0;
  counts.forEach((row, i) => {
    row.forEach((count, j) => {
      const deviation = Math.abs(count - expected[i]![j]!) - shift;
      statistic += (deviation * deviation) / expected[i]![j]!;
    });
  });
  const df = (rows - 1) * (columns - 1);
  return { statistic, df, p: chiSquareUpper(statistic, df), expected, correction: yates ? 'Yates' : 'none' };
}
