import type { Random } from '@sentinode/core';
import { drawStratified, percentileInterval, RESAMPLES, strataOf } from '../bootstrap/resampling.ts';
import { countEvents, type Outcomes } from '../checks.ts';
import { operatingPoints } from './curve.ts';

/** Pointwise band of a ROC curve: sensitivity at given specificities. */
export interface RocBand {
  readonly specificity: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly method: string;
}

/**
 * Pointwise 95 % band of sensitivity at the specificities given (pROC `ci.se`): percentile interval over stratified
 * resamples, sensitivity between two points of the curve by linear interpolation.
 */
export function rocBand(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  specificities: readonly number[],
  random: Random,
  resamples = RESAMPLES,
): RocBand {
  const events = countEvents(outcomes);
  const strata = strataOf(outcomes);
  const drawn = new Uint32Array(outcomes.length);
  const resampled = new Float64Array(outcomes.length);
  const labels = Array.from({ length: outcomes.length }, (_, i): 0 | 1 => (i < events ? 1 : 0));
  const found = specificities.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    drawStratified(strata, random, drawn);
    for (let i = 0; i < drawn.length; i++) resampled[i] = scores[drawn[i]!]!;
    const at = sensitivityAt(resampled, labels);
    specificities.forEach((specificity, k) => {
      found[k]![r] = at(specificity);
    });
  }
  const intervals = found.map((values) => percentileInterval(values)!);
  return {
    specificity: specificities,
    low: intervals.map(([low]) => low),
    high: intervals.map(([, high]) => high),
    method: `pointwise percentile band of ${resamples} stratified resamples`,
  };
}

/** Sensitivity of the empirical curve at a specificity; the highest where the curve rises there. */
export function sensitivityAt(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
): (specificity: number) => number {
  const points = operatingPoints(scores, outcomes);
  const { tp: events, fp: nonEvents } = points[points.length - 1]!;
  return (specificity) => {
    const fp = (1 - specificity) * nonEvents;
    let k = points.length - 1;
    while (k > 0 && points[k]!.fp > fp + 1e-9) k--;
    const below = points[k]!;
    const above = points[k + 1];
    if (above === undefined || fp - below.fp < 1e-9) return below.tp / events;
    const share = (fp - below.fp) / (above.fp - below.fp);
    return (below.tp + share * (above.tp - below.tp)) / events;
  };
}
