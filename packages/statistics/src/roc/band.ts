import type { Random } from '@sentinode/core';
import { drawStratified, percentileInterval, RESAMPLES, strataOf } from '../bootstrap/resampling.ts';
import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { places } from './bootstrap-difference.ts';
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
  checkScores(scores, outcomes);
  const events = countEvents(outcomes);
  const strata = strataOf(outcomes);
  const drawn = new Uint32Array(outcomes.length);
  const { place, distinct } = places(scores);
  const tp = new Float64Array(distinct + 1);
  const fp = new Float64Array(distinct + 1);
  const found = specificities.map(() => new Float64Array(resamples));
  for (let r = 0; r < resamples; r++) {
    drawStratified(strata, random, drawn);
    tp.fill(0);
    fp.fill(0);
    // point k of the curve calls the k highest distinct scores positive
    for (let i = 0; i < events; i++) tp[distinct - place[drawn[i]!]!]!++;
    for (let i = events; i < drawn.length; i++) fp[distinct - place[drawn[i]!]!]!++;
    for (let k = 1; k <= distinct; k++) {
      tp[k]! += tp[k - 1]!;
      fp[k]! += fp[k - 1]!;
    }
    specificities.forEach((specificity, at) => {
      found[at]![r] = onCurve(tp, fp, specificity);
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
  const tp = Float64Array.from(points, (point) => point.tp);
  const fp = Float64Array.from(points, (point) => point.fp);
  return (specificity) => onCurve(tp, fp, specificity);
}

/** Sensitivity on a curve of cumulative counts, both ascending; straight between two points. */
function onCurve(tp: Float64Array, fp: Float64Array, specificity: number): number {
  const last = tp.length - 1;
  const events = tp[last]!;
  const wanted = (1 - specificity) * fp[last]!;
  // last point that calls no more non-events positive
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fp[middle]! <= wanted + 1e-9) low = middle;
    else high = middle - 1;
  }
  if (low === last || wanted - fp[low]! < 1e-9) return tp[low]! / events;
  const share = (wanted - fp[low]!) / (fp[low + 1]! - fp[low]!);
  return (tp[low]! + share * (tp[low + 1]! - tp[low]!)) / events;
}
