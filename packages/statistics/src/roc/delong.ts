import type { Outcomes } from '../checks.ts';
import { normalQuantile, normalTwoSided, tQuantile, tTwoSided } from '../distributions/index.ts';
import type { DelongResult } from '../results.ts';
import { delongVariance, placements } from './auc.ts';

function covariance(a: Float64Array, b: Float64Array): number {
  if (a.length < 2) return 0;
  let meanA = 0;
  let meanB = 0;
  for (let i = 0; i < a.length; i++) {
    meanA += a[i]!;
    meanB += b[i]!;
  }
  meanA /= a.length;
  meanB /= a.length;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - meanA) * (b[i]! - meanB);
  return sum / (a.length - 1);
}

/** Below this a variance of a difference is rounding. */
const NO_VARIANCE = 1e-24;

/**
 * DeLong's test of two AUCs on the same cases (pROC `roc.test`, paired). When the variance is 0, equal AUCs give
 * z = 0 and p = 1, different ones p = 0 and no z (null).
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function delongTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  outcomes: Outcomes,
  level = 0.95,
): DelongResult {
  const first = placements(a, outcomes);
  const second = placements(b, outcomes);
  const crossed =
    covariance(first.events, second.events) / first.events.length +
    covariance(first.nonEvents, second.nonEvents) / first.nonEvents.length;
  const spread = Math.max(0, delongVariance(first) + delongVariance(second) - 2 * crossed);
  const difference = first.auc - second.auc;
  const se = Math.sqrt(spread);
  const z = spread < NO_VARIANCE ? (difference === 0 ? 0 : null) : difference / se;
  const half = normalQuantile(1 - (1 - level) / 2) * se;
  return {
    difference,
    ci: [difference - half, difference + half],
    z,
    p: z === null ? 0 : normalTwoSided(z),
    n: outcomes.length,
    events: first.events.length,
    method: 'DeLong, paired',
  };
}

/** Comparison of two AUCs on different cases. */
export interface UnpairedDelongResult {
  readonly difference: number;
  readonly ci: readonly [number, number];
  /** null when the difference has no variance. */
  readonly t: number | null;
  readonly df: number | null;
  readonly p: number;
  readonly n: readonly [number, number];
  readonly events: readonly [number, number];
  readonly method: 'DeLong, unpaired, t with Welch degrees of freedom';
}

/** Scores of one group of cases with their outcomes. */
export interface ScoredCases {
  readonly scores: ArrayLike<number>;
  readonly outcomes: Outcomes;
}

/**
 * DeLong's test of two AUCs on different cases (pROC `roc.test`, unpaired): t with Welch's degrees of freedom. Without
 * variance: as the paired test.
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function delongUnpaired(a: ScoredCases, b: ScoredCases, level = 0.95): UnpairedDelongResult {
  const first = placements(a.scores, a.outcomes);
  const second = placements(b.scores, b.outcomes);
  const va = delongVariance(first);
  const vb = delongVariance(second);
  const difference = first.auc - second.auc;
  const se = Math.sqrt(va + vb);
  const common = {
    difference,
    n: [a.outcomes.length, b.outcomes.length] as const,
    events: [first.events.length, second.events.length] as const,
    method: 'DeLong, unpaired, t with Welch degrees of freedom' as const,
  };
  if (va + vb < NO_VARIANCE) {
    const t = difference === 0 ? 0 : null;
    return { ...common, ci: [difference, difference], t, df: null, p: t === null ? 0 : 1 };
  }
  const df =
    ((va + vb) * (va + vb)) / ((va * va) / (a.outcomes.length - 1) + (vb * vb) / (b.outcomes.length - 1));
  const t = difference / se;
  const half = tQuantile(1 - (1 - level) / 2, df) * se;
  return { ...common, ci: [difference - half, difference + half], t, df, p: tTwoSided(t, df) };
}
