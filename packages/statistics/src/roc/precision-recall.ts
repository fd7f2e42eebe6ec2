import { countEvents, type Outcomes } from '../checks.ts';
import { operatingPoints } from './curve.ts';

/** Precision-recall curve, thresholds descending; rule is score >= threshold, thresholds are the scores themselves. */
export interface PrecisionRecall {
  readonly thresholds: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
  /** Sum over thresholds of precision times the gain in recall (no interpolation). */
  readonly averagePrecision: number;
  /** Precision of calling everybody positive: the level of a score that knows nothing. */
  readonly chance: number;
  readonly n: number;
  readonly events: number;
  readonly method: 'average precision, step-wise (scikit-learn)';
}

/** @throws SentinodeError `one-class`, `not-finite`, `length-mismatch` */
export function precisionRecall(scores: ArrayLike<number>, outcomes: Outcomes): PrecisionRecall {
  const events = countEvents(outcomes);
  const points = operatingPoints(scores, outcomes).slice(1);
  const thresholds = [...new Set(Array.from(scores))].sort((a, b) => b - a);
  const precision = points.map(({ tp, fp }) => tp / (tp + fp));
  const recall = points.map(({ tp }) => tp / events);
  let average = 0;
  points.forEach(({ tp }, k) => {
    average += ((tp - (points[k - 1]?.tp ?? 0)) / events) * precision[k]!;
  });
  return {
    thresholds,
    precision,
    recall,
    averagePrecision: average,
    chance: events / outcomes.length,
    n: outcomes.length,
    events,
    method: 'average precision, step-wise (scikit-learn)',
  };
}
