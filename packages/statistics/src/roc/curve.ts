import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { ascendingOrder } from '../describe/ranks.ts';
import type { RocCurve, YoudenResult } from '../results.ts';

/** Counts of positive calls at a threshold. */
interface OperatingPoint {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
}

/**
 * One point per candidate threshold, thresholds descending from +Infinity to -Infinity: midpoints of neighbouring
 * distinct scores, or the upper one of two so close that no number lies between them.
 */
export function operatingPoints(scores: ArrayLike<number>, outcomes: Outcomes): OperatingPoint[] {
  checkScores(scores, outcomes);
  const order = ascendingOrder(scores).reverse();
  const found: OperatingPoint[] = [{ threshold: Number.POSITIVE_INFINITY, tp: 0, fp: 0 }];
  let tp = 0;
  let fp = 0;
  order.forEach((i, position) => {
    if (outcomes[i] === 1) tp++;
    else fp++;
    if (position === order.length - 1) {
      found.push({ threshold: Number.NEGATIVE_INFINITY, tp, fp });
      return;
    }
    const upper = scores[i]!;
    const lower = scores[order[position + 1]!]!;
    if (lower === upper) return;
    const middle = lower / 2 + upper / 2;
    found.push({ threshold: middle > lower && middle <= upper ? middle : upper, tp, fp });
  });
  return found;
}

/** Empirical ROC curve; thresholds are midpoints of neighbouring distinct scores, positive if score >= threshold. */
export function rocCurve(scores: ArrayLike<number>, outcomes: Outcomes): RocCurve {
  const events = countEvents(outcomes);
  const nonEvents = outcomes.length - events;
  const found = operatingPoints(scores, outcomes);
  return {
    thresholds: found.map(({ threshold }) => (Number.isFinite(threshold) ? threshold : null)),
    sensitivity: found.map(({ tp }) => tp / events),
    specificity: found.map(({ fp }) => (nonEvents - fp) / nonEvents),
  };
}

/**
 * Cut-off with the largest sensitivity + specificity - 1 over midpoints of neighbouring distinct scores (pROC
 * `coords("best")`). Ties are decided exactly, by integers; of tied cut-offs the one with the highest sensitivity.
 * With a single distinct score, that score is the cut-off and the index is 0. Calling everybody or nobody positive
 * (index 0) is no cut-off: where every finite one is worse, the index is negative.
 */
export function youden(scores: ArrayLike<number>, outcomes: Outcomes): YoudenResult {
  const events = countEvents(outcomes);
  const nonEvents = outcomes.length - events;
  const candidates = operatingPoints(scores, outcomes).filter(({ threshold }) => Number.isFinite(threshold));
  if (candidates.length === 0) return { threshold: scores[0]!, index: 0, tied: [scores[0]!] };
  // events * nonEvents * (index + 1) is an integer, so that equal indices are equal
  const scaled = candidates.map(({ tp, fp }) => tp * nonEvents + (nonEvents - fp) * events);
  const best = scaled.reduce((a, b) => Math.max(a, b));
  const tied = candidates.filter((_, i) => scaled[i] === best);
  const chosen = tied.reduce((a, b) => (b.tp > a.tp ? b : a));
  return {
    threshold: chosen.threshold,
    index: chosen.tp / events + (nonEvents - chosen.fp) / nonEvents - 1,
    tied: tied.map(({ threshold }) => threshold).sort((a, b) => a - b),
  };
}
