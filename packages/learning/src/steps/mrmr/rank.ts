import { log } from '@sentinode/core';
import { dot } from '../../linear-algebra/inner-products.ts';
import { fStatistic } from '../univariate/scores.ts';

/** Correlations below this count as this much, so that no quotient explodes. */
const LEAST_REDUNDANCY = 1e-3;

/** How relevance to the outcome and redundancy between two columns are measured. */
export interface MrmrMeasure {
  readonly relevance: Float64Array;
  redundancy(a: number, b: number): number;
}

/** Relevance: F of the analysis of variance; redundancy: |Pearson correlation|. Constant columns have none of either. */
export function linearMeasure(columns: readonly Float64Array[], outcomes: readonly (0 | 1)[]): MrmrMeasure {
  const scaled = columns.map((column) => {
    let sum = 0;
    for (const value of column) sum += value;
    const mean = sum / column.length;
    const centred = column.map((value) => value - mean);
    const length = Math.sqrt(dot(centred, centred));
    return column.every((value) => value === column[0]) ? undefined : centred.map((value) => value / length);
  });
  return {
    relevance: Float64Array.from(columns, (column, j) =>
      scaled[j] === undefined ? 0 : fStatistic(column, outcomes),
    ),
    redundancy: (a, b) =>
      Math.max(LEAST_REDUNDANCY, Math.min(1, Math.abs(dot(scaled[a] ?? EMPTY, scaled[b] ?? EMPTY)))),
  };
}

const EMPTY = new Float64Array(0);

/**
 * Relevance and redundancy: mutual information in nats, columns cut into three at mean -/+ one standard deviation
 * (ddof 0), as Peng, Long & Ding (2005) do.
 */
export function informationMeasure(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
): MrmrMeasure {
  const levels = columns.map(threeLevels);
  const target = Uint8Array.from(outcomes);
  return {
    relevance: Float64Array.from(levels, (column) => mutualInformation(column, target)),
    redundancy: (a, b) => mutualInformation(levels[a]!, levels[b]!),
  };
}

/**
 * Columns in the order in which minimum redundancy, maximum relevance takes them: first the most relevant, then always
 * the one whose relevance is largest against its mean redundancy with those taken, by quotient or difference. Ties go
 * to the earlier column; columns without relevance are not taken.
 */
export function rankMrmr(
  { relevance, redundancy }: MrmrMeasure,
  keep: number,
  scheme: 'quotient' | 'difference',
): { readonly column: number; readonly score: number }[] {
  const open = Array.from(relevance.keys()).filter((j) => relevance[j]! > 0);
  const sums = new Float64Array(relevance.length);
  const taken: { column: number; score: number }[] = [];
  while (taken.length < keep && open.length > 0) {
    let at = 0;
    let best = Number.NEGATIVE_INFINITY;
    open.forEach((j, position) => {
      const mean = taken.length === 0 ? 0 : sums[j]! / taken.length;
      const score =
        taken.length === 0
          ? relevance[j]!
          : scheme === 'difference'
            ? relevance[j]! - mean
            : relevance[j]! / Math.max(mean, Number.EPSILON);
      if (score > best) {
        best = score;
        at = position;
      }
    });
    const [column] = open.splice(at, 1);
    taken.push({ column: column!, score: best });
    for (const j of open) sums[j]! += redundancy(j, column!);
  }
  return taken;
}

function threeLevels(column: Float64Array): Uint8Array {
  let sum = 0;
  for (const value of column) sum += value;
  const mean = sum / column.length;
  let squares = 0;
  for (const value of column) squares += (value - mean) * (value - mean);
  const sd = Math.sqrt(squares / column.length);
  return Uint8Array.from(column, (value) => (value > mean + sd ? 2 : value < mean - sd ? 0 : 1));
}

function mutualInformation(a: Uint8Array, b: Uint8Array): number {
  const n = a.length;
  const joint = new Float64Array(9);
  const ofA = new Float64Array(3);
  const ofB = new Float64Array(3);
  for (let i = 0; i < n; i++) {
    joint[a[i]! * 3 + b[i]!]!++;
    ofA[a[i]!]!++;
    ofB[b[i]!]!++;
  }
  let sum = 0;
  for (let x = 0; x < 3; x++)
    for (let y = 0; y < 3; y++) {
      const count = joint[x * 3 + y]!;
      if (count > 0) sum += (count / n) * log((count * n) / (ofA[x]! * ofB[y]!));
    }
  return Math.max(0, sum);
}
