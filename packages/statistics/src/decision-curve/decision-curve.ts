import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import type { DecisionCurve } from '../results.ts';

/**
 * Net benefit TP/n - FP/n * t/(1 - t) by threshold probability t (Vickers & Elkin 2006; R `dcurves`): of the model
 * (positive if probability >= t), of treating all and of treating none. Thresholds lie in [0, 1).
 */
export function decisionCurve(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  thresholds: readonly number[],
): DecisionCurve {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const n = outcomes.length;
  const events = countEvents(outcomes);
  const netBenefit = (tp: number, fp: number, threshold: number): number =>
    tp / n - (fp / n) * (threshold / (1 - threshold));
  const model = thresholds.map((threshold) => {
    let tp = 0;
    let fp = 0;
    for (let i = 0; i < n; i++) {
      if (probabilities[i]! >= threshold) outcomes[i] === 1 ? tp++ : fp++;
    }
    return netBenefit(tp, fp, threshold);
  });
  return {
    thresholds,
    model,
    all: thresholds.map((threshold) => netBenefit(events, n - events, threshold)),
    none: thresholds.map(() => 0),
    n,
    events,
  };
}
