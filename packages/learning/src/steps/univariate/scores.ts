import { auc, mannWhitney } from '@sentinode/statistics';

/** How well each column alone tells the outcomes apart; larger is better, undefined for a constant column. */
export type UnivariateScore = 'f' | 'auc' | 'mann-whitney';

export function scoreColumn(
  score: UnivariateScore,
  column: Float64Array,
  outcomes: readonly (0 | 1)[],
): number | undefined {
  if (column.every((value) => value === column[0])) return undefined;
  if (score === 'f') return fStatistic(column, outcomes);
  if (score === 'auc') {
    const value = auc(column, outcomes).auc;
    return Math.max(value, 1 - value);
  }
  const events = column.filter((_, row) => outcomes[row] === 1);
  const others = column.filter((_, row) => outcomes[row] === 0);
  return -mannWhitney(events, others).p;
}

const square = (value: number): number => value * value;

/** F of the one-way analysis of variance between the outcomes (scikit-learn `f_classif`); infinite without spread inside. */
export function fStatistic(column: Float64Array, outcomes: readonly (0 | 1)[]): number {
  const n = [0, 0];
  const sums = [0, 0];
  outcomes.forEach((outcome, row) => {
    n[outcome]!++;
    sums[outcome]! += column[row]!;
  });
  const means = [sums[0]! / n[0]!, sums[1]! / n[1]!];
  const grand = (sums[0]! + sums[1]!) / column.length;
  let within = 0;
  outcomes.forEach((outcome, row) => {
    within += square(column[row]! - means[outcome]!);
  });
  const between = n[0]! * square(means[0]! - grand) + n[1]! * square(means[1]! - grand);
  return between / (within / (column.length - 2));
}
