import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { midranks } from '../describe/ranks.ts';
import { variance } from '../describe/summary.ts';
import { normalQuantile } from '../distributions/index.ts';
import type { AucResult } from '../results.ts';

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

/**
 * The AUC alone, for many columns: the same value as `auc`, at a small share of the cost. Counts of pairs are exact.
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function areaUnderCurve(scores: ArrayLike<number>, outcomes: Outcomes): number {
  checkScores(scores, outcomes);
  const m = countEvents(outcomes);
  const n = scores.length - m;
  const events = new Float64Array(m);
  const others = new Float64Array(n);
  for (let i = 0, e = 0, o = 0; i < scores.length; i++) {
    if (outcomes[i] === 1) events[e++] = scores[i]!;
    else others[o++] = scores[i]!;
  }
  events.sort();
  others.sort();
  let pairs = 0;
  // of the others: how many lie below the event, and how many not above it
  for (let i = 0, below = 0, upTo = 0; i < m; i++) {
    while (below < n && others[below]! < events[i]!) below++;
    while (upTo < n && others[upTo]! <= events[i]!) upTo++;
    pairs += (below + upTo) / 2;
  }
  return pairs / (m * n);
}

/** Variance of the AUC after DeLong; a single event or non-event adds nothing to it. */
export function delongVariance({ events, nonEvents }: Placements): number {
  const of = (values: Float64Array): number => (values.length < 2 ? 0 : variance(values) / values.length);
  return of(events) + of(nonEvents);
}

/** Below this a variance is rounding. */
const NO_VARIANCE = 1e-24;
const WITHOUT_VARIANCE =
  'DeLong, without variance: all pairs are ranked alike, so that the interval is a point and says nothing of the precision';

/**
 * AUC with DeLong's 95 % interval (pROC `ci.auc`). Higher scores mean the event. With a single event or non-event the
 * variance cannot be estimated: it is null, and the interval is the whole range, as `method` says. Where all pairs are
 * ranked alike (AUC 1, or one score for all) the variance is 0 and the interval a point, as pROC has it; `method` says so.
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function auc(scores: ArrayLike<number>, outcomes: Outcomes, level = 0.95): AucResult {
  const placed = placements(scores, outcomes);
  const common = { auc: placed.auc, n: scores.length, events: placed.events.length };
  if (placed.events.length < 2 || placed.nonEvents.length < 2)
    return {
      ...common,
      ci: [0, 1],
      variance: null,
      method: 'none: a single case of an outcome has no variance, the interval is the whole range',
    };
  const spread = delongVariance(placed);
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(spread);
  return {
    ...common,
    ci: [Math.max(0, placed.auc - half), Math.min(1, placed.auc + half)],
    variance: spread,
    method: spread < NO_VARIANCE ? WITHOUT_VARIANCE : 'DeLong',
  };
}
