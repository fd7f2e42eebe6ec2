import type { Random } from '@sentinode/core';
import { drawSimple, percentileInterval, RESAMPLES } from '../bootstrap/resampling.ts';
import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import { checkThresholds } from './decision-curve.ts';
import { netBenefit } from './net-benefit.ts';

/** Pointwise 95 % band of a decision curve, and of its gain over the better of treating all and none. */
export interface DecisionBand {
  readonly thresholds: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Net benefit of the model minus the larger of treat-all and treat-none in the same resample. */
  readonly gain: { readonly low: readonly number[]; readonly high: readonly number[] };
  readonly resamples: number;
  readonly method: string;
}

/**
 * Percentile band over resamples of all cases; the share of events varies with them, as it does in net benefit.
 * @throws SentinodeError as `decisionCurve`
 */
export function decisionBand(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  thresholds: readonly number[],
  random: Random,
  resamples = RESAMPLES,
): DecisionBand {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  checkThresholds(thresholds);
  countEvents(outcomes);
  const n = outcomes.length;
  const order = thresholds.map((_, k) => k).sort((a, b) => thresholds[a]! - thresholds[b]!);
  // number of thresholds that a case reaches, in ascending order: a resample is then counted once, not per threshold
  const reached = Uint32Array.from(probabilities, (p) => {
    let count = 0;
    while (count < order.length && p >= thresholds[order[count]!]!) count++;
    return count;
  });
  const drawn = new Uint32Array(n);
  const values = thresholds.map(() => new Float64Array(resamples));
  const gains = thresholds.map(() => new Float64Array(resamples));
  const tp = new Float64Array(order.length + 1);
  const fp = new Float64Array(order.length + 1);
  for (let r = 0; r < resamples; r++) {
    drawSimple(random, drawn);
    tp.fill(0);
    fp.fill(0);
    for (const i of drawn) (outcomes[i] === 1 ? tp : fp)[reached[i]!]!++;
    for (let k = order.length - 1; k >= 0; k--) {
      tp[k]! += tp[k + 1]!;
      fp[k]! += fp[k + 1]!;
    }
    const share = tp[0]! / n;
    order.forEach((threshold, k) => {
      const t = thresholds[threshold]!;
      const model = netBenefit(tp[k + 1]! / n, fp[k + 1]! / n, t);
      values[threshold]![r] = model;
      gains[threshold]![r] = model - Math.max(0, netBenefit(share, 1 - share, t));
    });
  }
  const [band, gain] = [values, gains].map((list) => list.map((one) => percentileInterval(one)!));
  return {
    thresholds,
    low: band!.map(([low]) => low),
    high: band!.map(([, high]) => high),
    gain: { low: gain!.map(([low]) => low), high: gain!.map(([, high]) => high) },
    resamples,
    method: `pointwise percentile band of ${resamples} resamples of all cases`,
  };
}
