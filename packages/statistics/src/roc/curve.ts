import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import type { RocCurve, YoudenResult } from '../results.ts';

/** Points of the curve, one per candidate threshold, thresholds descending. */
function points(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
): { threshold: number; tp: number; fp: number }[] {
  checkScores(scores, outcomes);
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const found = [{ threshold: Number.POSITIVE_INFINITY, tp: 0, fp: 0 }];
  let tp = 0;
  let fp = 0;
  order.forEach((i, position) => {
    if (outcomes[i] === 1) tp++;
    else fp++;
    const next = order[position + 1];
    if (next === undefined) found.push({ threshold: Number.NEGATIVE_INFINITY, tp, fp });
    else if (scores[next]! < scores[i]!) found.push({ threshold: (scores[i]! + scores[next]!) / 2, tp, fp });
  });
  return found;
}

/** Empirical ROC curve; thresholds are midpoints of neighbouring distinct scores, positive if score >= threshold. */
export function rocCurve(scores: ArrayLike<number>, outcomes: Outcomes): RocCurve {
  const events = countEvents(outcomes);
  const nonEvents = outcomes.length - events;
  const found = points(scores, outcomes);
  return {
    thresholds: found.map(({ threshold }) => (Number.isFinite(threshold) ? threshold : null)),
    sensitivity: found.map(({ tp }) => tp / events),
    specificity: found.map(({ fp }) => (nonEvents - fp) / nonEvents),
  };
}

/**
 * Cut-off with the largest sensitivity + specificity - 1 over midpoints of neighbouring distinct scores (pROC
 * `coords("best")`). Ties are decided exactly, by integers; of tied cut-offs the one with the highest sensitivity.
 * With a single distinct score, that score is the cut-off and the index is 0.
 */
export function youden(scores: ArrayLike<number>, outcomes: Outcomes): YoudenResult {
  const events = countEvents(outcomes);
  const nonEvents = outcomes.length - events;
  const candidates = points(scores, outcomes).filter(({ threshold }) => Number.isFinite(threshold));
  if (candidates.length === 0) return { threshold: scores[0]!, index: 0, tied: [scores[0]!] };
  // events * nonEvents * (index + 1) is an integer, so that equal indices are equal
  const scaled = candidates.map(({ tp, fp }) => tp * nonEvents + (nonEvents - fp) * events);
  const best = Math.max(...scaled);
  const tied = candidates.filter((_, i) => scaled[i] === best);
  const chosen = tied.reduce((a, b) => (b.tp > a.tp ? b : a));
  return {
    threshold: chosen.threshold,
    index: chosen.tp / events + (nonEvents - chosen.fp) / nonEvents - 1,
    tied: tied.map(({ threshold }) => threshold).sort((a, b) => a - b),
  };
}
