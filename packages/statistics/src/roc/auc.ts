import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { midranks } from '../describe/ranks.ts';
import { variance } from '../describe/summary.ts';
import { normalQuantile, normalTwoSided } from '../distributions/index.ts';
import type { AucResult, DelongResult } from '../results.ts';

/** Placement values of DeLong, DeLong & Clarke-Pearson (1988), by midranks (Sun & Xu 2014). */
export interface Placements {
  readonly auc: number;
  /** One per event: share of non-events with a lower score (ties half). */
  readonly events: Float64Array;
  /** One per non-event: share of events with a higher score. */
  readonly nonEvents: Float64Array;
}

/** @throws SentinodeError `one-class`, `not-finite`, `length-mismatch` */
export function placements(scores: ArrayLike<number>, outcomes: Outcomes): Placements {
  checkScores(scores, outcomes);
  const m = countEvents(outcomes);
  const n = scores.length - m;
  const positive: number[] = [];
  const negative: number[] = [];
  for (let i = 0; i < scores.length; i++) (outcomes[i] === 1 ? positive : negative).push(scores[i]!);
  const all = midranks([...positive, ...negative]);
  const amongPositive = midranks(positive);
  const amongNegative = midranks(negative);
  const events = new Float64Array(m);
  const nonEvents = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < m; i++) {
    sum += all[i]! - amongPositive[i]!;
    events[i] = (all[i]! - amongPositive[i]!) / n;
  }
  for (let j = 0; j < n; j++) nonEvents[j] = 1 - (all[m + j]! - amongNegative[j]!) / m;
  return { auc: sum / (m * n), events, nonEvents };
}

/** Variance of the AUC after DeLong; a single event or non-event adds nothing to it. */
export function delongVariance({ events, nonEvents }: Placements): number {
  const of = (values: Float64Array): number => (values.length < 2 ? 0 : variance(values) / values.length);
  return of(events) + of(nonEvents);
}

/** AUC with DeLong's 95 % interval (pROC `ci.auc`). Higher scores mean the event. */
export function auc(scores: ArrayLike<number>, outcomes: Outcomes, level = 0.95): AucResult {
  const placed = placements(scores, outcomes);
  const spread = delongVariance(placed);
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(spread);
  return {
    auc: placed.auc,
    ci: [Math.max(0, placed.auc - half), Math.min(1, placed.auc + half)],
    variance: spread,
    n: scores.length,
    events: placed.events.length,
    method: 'DeLong',
  };
}

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

/**
 * DeLong's test of two AUCs on the same cases (pROC `roc.test`, paired). When the variance is 0, equal AUCs give
 * z = 0 and p = 1, different ones p = 0 and no z (null).
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
  const degenerate = spread < 1e-24;
  const z = degenerate ? (difference === 0 ? 0 : null) : difference / se;
  const half = normalQuantile(1 - (1 - level) / 2) * se;
  return {
    difference,
    ci: [difference - half, difference + half],
    z,
    p: z === null ? 0 : normalTwoSided(z),
    method: 'DeLong, paired',
  };
}
