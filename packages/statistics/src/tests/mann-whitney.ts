import { midranks, tieCorrection } from '../describe/ranks.ts';
import { normalCdf } from '../distributions/index.ts';

export interface MannWhitneyOptions {
  /** Continuity correction of the normal approximation; default true. */
  readonly continuity?: boolean;
  /** Exact p when one group has at most this many values and there are no ties (SciPy `auto`: 8); 0 for never. */
  readonly exactUpTo?: number;
  /** Exact p when both groups have fewer values than this and there are no ties (R `wilcox.test`: 50). */
  readonly exactBelow?: number;
}

export interface MannWhitney {
  /** U of the first group: pairs in which its value is larger, ties half. */
  readonly u: number;
  readonly p: number;
  readonly method: 'exact' | 'normal, continuity correction' | 'normal';
}

/**
 * Two-sided Mann-Whitney test (SciPy `mannwhitneyu`; with `exactBelow: 50` the rule of R's `wilcox.test`). All values
 * equal: p = 1.
 */
export function mannWhitney(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: MannWhitneyOptions = {},
): MannWhitney {
  const { continuity = true, exactBelow } = options;
  const exactUpTo = options.exactUpTo ?? (exactBelow === undefined ? 8 : 0);
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
  const small = Math.min(n1, n2) <= exactUpTo || (exactBelow !== undefined && Math.max(n1, n2) < exactBelow);
  if (ties === 0 && small) return { u, p: exactP(u, n1, n2), method: 'exact' };
  const method = continuity ? 'normal, continuity correction' : 'normal';
  const n = n1 + n2;
  const sd = Math.sqrt(((n1 * n2) / 12) * (n + 1 - ties / (n * (n - 1))));
  if (!(sd > 0)) return { u, p: 1, method };
  const larger = Math.max(u, n1 * n2 - u);
  const z = (larger - (n1 * n2) / 2 - (continuity ? 0.5 : 0)) / sd;
  return { u, p: Math.min(1, 2 * normalCdf(-z)), method };
}

function exactP(u: number, n1: number, n2: number): number {
  const small = Math.min(n1, n2);
  const large = Math.max(n1, n2);
  const counts = small <= 8 ? orderingsByProduct(small, large) : orderingsByAddition(small, large);
  let total = 0;
  for (const count of counts) total += count;
  let tail = 0;
  for (let k = Math.ceil(Math.max(u, n1 * n2 - u)); k < counts.length; k++) tail += counts[k]!;
  return Math.min(1, (2 * tail) / total);
}

/**
 * Number of orderings with each U as coefficients of the Gaussian binomial: multiply by (1 - q^(n2 + i)), divide by
 * (1 - q^i). Exact as long as all counts are integers below 2^53.
 */
function orderingsByProduct(n1: number, n2: number): Float64Array {
  const size = n1 * n2 + 1;
  const counts = new Float64Array(size);
  counts[0] = 1;
  for (let i = 1; i <= n1; i++) {
    for (let k = size - 1; k >= n2 + i; k--) counts[k]! -= counts[k - n2 - i]!;
    for (let k = i; k < size; k++) counts[k]! += counts[k - i]!;
  }
  return counts;
}

/** The same by additions only (Mann & Whitney 1947), so that nothing cancels where counts are larger. */
function orderingsByAddition(n1: number, n2: number): Float64Array {
  const size = n1 * n2 + 1;
  const one = (): Float64Array => {
    const counts = new Float64Array(size);
    counts[0] = 1;
    return counts;
  };
  // row[j]: orderings of the groups i and j; the largest value is either of the first group (above j others) or not
  let row = Array.from({ length: n2 + 1 }, one);
  for (let i = 1; i <= n1; i++) {
    const next = [one()];
    for (let j = 1; j <= n2; j++) {
      const counts = new Float64Array(size);
      const before = row[j]!;
      const beside = next[j - 1]!;
      for (let k = 0; k <= i * j; k++) counts[k] = beside[k]! + (k >= j ? before[k - j]! : 0);
      next.push(counts);
    }
    row = next;
  }
  return row[n2]!;
}
