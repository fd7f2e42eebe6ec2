import { SentinodeError } from '@sentinode/core';
import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import { checkPrevalence } from '../classification/prevalence.ts';
import type { DecisionCurve } from '../results.ts';
import { netBenefit, oddsOf } from './net-benefit.ts';

/** @throws SentinodeError `option-invalid` */
export function checkThresholds(thresholds: readonly number[]): void {
  const wrong = thresholds.find((threshold) => !(threshold >= 0 && threshold < 1));
  if (wrong !== undefined)
    throw new SentinodeError(
      'option-invalid',
      `A threshold probability lies from 0 to below 1, not ${wrong}.`,
      { field: 'thresholds' },
    );
}

/** Shares of events and of others called positive at each threshold: positive if probability >= t. */
export function sharesAbove(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  thresholds: readonly number[],
): { readonly tp: number; readonly fp: number }[] {
  return thresholds.map((threshold) => {
    let tp = 0;
    let fp = 0;
    for (let i = 0; i < outcomes.length; i++) {
      if (probabilities[i]! >= threshold) outcomes[i] === 1 ? tp++ : fp++;
    }
    return { tp, fp };
  });
}

/**
 * Net benefit TP/n - FP/n * t/(1 - t) by threshold probability t (Vickers & Elkin 2006; R `dcurves`): of the model
 * (positive if probability >= t), of treating all and of treating none. Thresholds lie in [0, 1).
 * @param prevalence share of events the curve is for, when these cases were not sampled from the population
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`, `one-class`, `option-invalid`
 */
export function decisionCurve(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  thresholds: readonly number[],
  prevalence?: number,
): DecisionCurve {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  checkThresholds(thresholds);
  if (prevalence !== undefined) checkPrevalence(prevalence);
  const n = outcomes.length;
  const events = countEvents(outcomes);
  const share = prevalence ?? events / n;
  const model = sharesAbove(probabilities, outcomes, thresholds).map(({ tp, fp }, k) =>
    prevalence === undefined
      ? netBenefit(tp / n, fp / n, thresholds[k]!)
      : netBenefit((tp / events) * share, (fp / (n - events)) * (1 - share), thresholds[k]!),
  );
  const all = thresholds.map((threshold) => netBenefit(share, 1 - share, threshold));
  return {
    thresholds,
    model,
    all,
    none: thresholds.map(() => 0),
    interventionsAvoided: thresholds.map((threshold, k) =>
      threshold > 0 ? (100 * (model[k]! - all[k]!)) / oddsOf(threshold) : null,
    ),
    prevalence: share,
    n,
    events,
  };
}
