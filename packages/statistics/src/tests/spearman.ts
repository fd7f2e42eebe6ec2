import { midranks } from '../describe/ranks.ts';
import { mean } from '../describe/summary.ts';
import { tTwoSided } from '../distributions/index.ts';

/** Ranks centred and scaled to length 1; undefined for a constant column. Their dot product is Spearman's rho. */
export function standardisedRanks(values: ArrayLike<number>): Float64Array | undefined {
  const ranks = midranks(values);
  const centre = mean(ranks);
  let squares = 0;
  for (let i = 0; i < ranks.length; i++) {
    const d = ranks[i]! - centre;
    ranks[i] = d;
    squares += d * d;
  }
  if (!(squares > 0)) return undefined;
  const length = Math.sqrt(squares);
  for (let i = 0; i < ranks.length; i++) ranks[i]! /= length;
  return ranks;
}

/** Dot product in index order. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Spearman's rho with midranks and SciPy's t approximation of p; undefined when a column is constant. */
export function spearman(a: ArrayLike<number>, b: ArrayLike<number>): { rho: number; p: number } | undefined {
  const ra = standardisedRanks(a);
  const rb = standardisedRanks(b);
  if (ra === undefined || rb === undefined) return undefined;
  const rho = Math.max(-1, Math.min(1, dot(ra, rb)));
  const df = a.length - 2;
  const p = Math.abs(rho) === 1 ? 0 : tTwoSided(rho * Math.sqrt(df / ((rho + 1) * (1 - rho))), df);
  return { rho, p };
}

/** Spearman correlation of all pairs of columns; null where a column is constant. */
export function spearmanMatrix(columns: readonly ArrayLike<number>[]): (number | null)[][] {
  const ranks = columns.map(standardisedRanks);
  return ranks.map((a, i) =>
    ranks.map((b, j) => {
      if (a === undefined || b === undefined) return null;
      return i === j ? 1 : Math.max(-1, Math.min(1, dot(a, b)));
    }),
  );
}
