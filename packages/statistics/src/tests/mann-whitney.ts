import { midranks, tieCorrection } from '../describe/ranks.ts';
import { normalCdf } from '../distributions/index.ts';

export interface MannWhitneyOptions {
  /** Continuity correction of the normal approximation; default true. */
  readonly continuity?: boolean;
  /** Exact p when one group has at most this many values and there are no ties (SciPy `auto`: 8); 0 for never. */
  readonly exactUpTo?: number;
}

export interface MannWhitney {
  /** U of the first group: pairs in which its value is larger, ties half. */
  readonly u: number;
  readonly p: number;
  readonly method: 'exact' | 'normal, continuity correction' | 'normal';
}

/** Two-sided Mann-Whitney test (SciPy `mannwhitneyu`). All values equal: p = 1. */
export function mannWhitney(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: MannWhitneyOptions = {},
): MannWhitney {
  const { continuity = true, exactUpTo = 8 } = options;
  const n1 = a.length;
  const n2 = b.length;
  const pooled = new Float64Array(n1 + n2);
  pooled.set(a);
  pooled.set(b, n1);
  const ranks = midranks(pooled);
  let rankSum = 0;
  for (let i = 0; i < n1; i++) rankSum += ranks[i]!;
  const u = rankSum - (n1 * (n1 + 1)) / 2;
  const ties = tieCorrection(ranks);
  if (ties === 0 && Math.min(n1, n2) <= exactUpTo) return { u, p: exactP(u, n1, n2), method: 'exact' };
  const method = continuity ? 'normal, continuity correction' : 'normal';
  const n = n1 + n2;
  const sd = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(sd > 0)) return { u, p: 1, method };
  const larger = Math.max(u, n1 * n2 - u);
  const z = (larger - (n1 * n2) / 2 - (continuity ? 0.5 : 0)) / sd;
  return { u, p: Math.min(1, 2 * normalCdf(-z)), method };
}

/** Distribution of U by counting (Mann & Whitney 1947): number of orderings with each U, as doubles. */
function exactP(u: number, n1: number, n2: number): number {
  const size = n1 * n2 + 1;
  let counts = new Float64Array(size);
  counts[0] = 1;
  // coefficients of the Gaussian binomial: multiply by (1 - q^(n2 + i)), divide by (1 - q^i)
  for (let i = 1; i <= n1; i++) {
    const next = Float64Array.from(counts);
    for (let k = size - 1; k >= n2 + i; k--) next[k]! -= counts[k - n2 - i]!;
    for (let k = i; k < size; k++) next[k]! += next[k - i]!;
    counts = next;
  }
  let total = 0;
  for (const count of counts) total += count;
  const larger = Math.max(u, n1 * n2 - u);
  let tail = 0;
  for (let k = Math.ceil(larger); k < size; k++) tail += counts[k]!;
  return Math.min(1, (2 * tail) / total);
}
