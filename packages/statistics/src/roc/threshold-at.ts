import type { Random } from '@sentinode/core';
import { drawStratified, percentileInterval, RESAMPLES, strataOf } from '../bootstrap/resampling.ts';
import { countEvents, type Outcomes } from '../checks.ts';
import { proportion } from '../proportions/proportion.ts';
import type { Proportion } from '../results.ts';
import { operatingPoints } from './curve.ts';

/** What a threshold has to reach, as a share between 0 and 1. The miss rate is 1 - sensitivity, at most the target. */
export interface ThresholdTarget {
  readonly measure: 'sensitivity' | 'specificity' | 'miss-rate';
  readonly value: number;
}

/** Threshold that reaches a stated rate, and what it costs. */
export interface ThresholdAt {
  readonly target: ThresholdTarget;
  /** null when only a rule that calls everybody the same reaches the target. */
  readonly threshold: number | null;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  /** 1 - sensitivity. */
  readonly missRate: Proportion;
  /** Percentile intervals with the rule applied anew in each resample: they hold the choice of the threshold too. */
  readonly bootstrap: {
    readonly resamples: number;
    readonly threshold: readonly [number, number] | null;
    readonly sensitivity: readonly [number, number];
    readonly specificity: readonly [number, number];
    /** Resamples in which no finite threshold reached the target; they are left out of the threshold's interval. */
    readonly withoutThreshold: number;
  };
  readonly n: number;
  readonly events: number;
  readonly method: string;
}

/**
 * Sensitivity or miss rate: the highest threshold that still reaches it; specificity: the lowest. Candidates are
 * midpoints of neighbouring distinct scores, positive if score >= threshold. Rates have Wilson intervals at the
 * threshold as chosen.
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function thresholdAt(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  target: ThresholdTarget,
  random: Random,
  resamples = RESAMPLES,
): ThresholdAt {
  const events = countEvents(outcomes);
  const nonEvents = outcomes.length - events;
  const chosen = choose(scores, outcomes, target);
  const strata = strataOf(outcomes);
  const drawn = new Uint32Array(outcomes.length);
  const resampledScores = new Float64Array(outcomes.length);
  const resampledOutcomes = Uint8Array.from({ length: outcomes.length }, (_, i) => (i < events ? 1 : 0));
  const thresholds: number[] = [];
  const sensitivities = new Float64Array(resamples);
  const specificities = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    drawStratified(strata, random, drawn);
    for (let i = 0; i < drawn.length; i++) resampledScores[i] = scores[drawn[i]!]!;
    const point = choose(resampledScores, resampledOutcomes as unknown as Outcomes, target);
    if (Number.isFinite(point.threshold)) thresholds.push(point.threshold);
    sensitivities[r] = point.tp / events;
    specificities[r] = (nonEvents - point.fp) / nonEvents;
  }
  return {
    target,
    threshold: Number.isFinite(chosen.threshold) ? chosen.threshold : null,
    sensitivity: proportion(chosen.tp, events),
    specificity: proportion(nonEvents - chosen.fp, nonEvents),
    missRate: proportion(events - chosen.tp, events),
    bootstrap: {
      resamples,
      threshold: percentileInterval(thresholds),
      sensitivity: percentileInterval(sensitivities)!,
      specificity: percentileInterval(specificities)!,
      withoutThreshold: resamples - thresholds.length,
    },
    n: outcomes.length,
    events,
    method: `${target.measure === 'specificity' ? 'lowest' : 'highest'} threshold that reaches it, score >= threshold; Wilson intervals, and percentile intervals of ${resamples} stratified resamples`,
  };
}

function choose(scores: ArrayLike<number>, outcomes: Outcomes, { measure, value }: ThresholdTarget) {
  const points = operatingPoints(scores, outcomes);
  const last = points[points.length - 1]!;
  const events = last.tp;
  const nonEvents = last.fp;
  // counts are compared, so that 0.9 of 10 is 9 whatever the rounding of 0.9
  const needed = (share: number, of: number): number => Math.ceil(share * of - 1e-9);
  if (measure === 'specificity') {
    const least = needed(value, nonEvents);
    return points.findLast(({ fp }) => nonEvents - fp >= least) ?? points[0]!;
  }
  const least = needed(measure === 'sensitivity' ? value : 1 - value, events);
  return points.find(({ tp }) => tp >= least) ?? last;
}
