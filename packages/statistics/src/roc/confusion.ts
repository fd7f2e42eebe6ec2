import type { Random } from '@sentinode/core';
import { checkScores, type Outcomes } from '../checks.ts';
import { quantileOfSorted } from '../describe/summary.ts';
import { proportion } from '../proportions/proportion.ts';
import type { ConfusionResult } from '../results.ts';

const RESAMPLES = 2000;

/** Counts and rates at a threshold (positive if score >= threshold); rates with Wilson intervals, F1 by bootstrap. */
export function confusionAt(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  threshold: number,
  random: Random,
): ConfusionResult {
  checkScores(scores, outcomes);
  let tp = 0;
  let fp = 0;
  let fn = 0;
  let tn = 0;
  for (let i = 0; i < scores.length; i++) {
    const positive = scores[i]! >= threshold;
    if (outcomes[i] === 1) positive ? tp++ : fn++;
    else positive ? fp++ : tn++;
  }
  return {
    threshold,
    tp,
    fp,
    fn,
    tn,
    accuracy: proportion(tp + tn, scores.length),
    sensitivity: proportion(tp, tp + fn),
    specificity: proportion(tn, fp + tn),
    ppv: proportion(tp, tp + fp),
    npv: proportion(tn, fn + tn),
    f1: f1Of(tp, fp, fn, tn, random),
  };
}

const f1 = (tp: number, fp: number, fn: number): number | null =>
  2 * tp + fp + fn === 0 ? null : (2 * tp) / (2 * tp + fp + fn);

/** Resampling cases within each outcome class only changes the two binomial counts, so these are drawn. */
function f1Of(tp: number, fp: number, fn: number, tn: number, random: Random): ConfusionResult['f1'] {
  const value = f1(tp, fp, fn);
  const method = `percentile, ${RESAMPLES} stratified bootstrap resamples`;
  if (value === null) return { value, ci: null, method };
  const draw = (hits: number, of: number): number => {
    let count = 0;
    for (let i = 0; i < of; i++) if (random.integer(of) < hits) count++;
    return count;
  };
  const values: number[] = [];
  for (let b = 0; b < RESAMPLES; b++) {
    const hits = draw(tp, tp + fn);
    const resampled = f1(hits, draw(fp, fp + tn), tp + fn - hits);
    if (resampled !== null) values.push(resampled);
  }
  values.sort((a, b) => a - b);
  return { value, ci: [quantileOfSorted(values, 0.025), quantileOfSorted(values, 0.975)], method };
}
