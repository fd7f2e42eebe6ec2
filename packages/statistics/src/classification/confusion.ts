import type { Random } from '@sentinode/core';
import { percentileInterval, RESAMPLES } from '../bootstrap/resampling.ts';
import { checkScores, type Outcomes } from '../checks.ts';
import { proportion } from '../proportions/proportion.ts';
import type { ConfusionResult } from '../results.ts';

/** Calls against outcomes. */
export interface ConfusionCounts {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

/** Counts at a threshold, positive if score >= threshold. @throws SentinodeError `length-mismatch`, `not-finite` */
export function countConfusion(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  threshold: number,
): ConfusionCounts {
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
  return { tp, fp, fn, tn };
}

/** Counts and rates at a threshold (positive if score >= threshold); rates with Wilson intervals, F1 by bootstrap. */
export function confusionAt(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  threshold: number,
  random: Random,
): ConfusionResult {
  return { threshold, ...confusionRates(countConfusion(scores, outcomes, threshold), random) };
}

/** Rates of counts: what a published confusion table gives. */
export function confusionRates(
  { tp, fp, fn, tn }: ConfusionCounts,
  random: Random,
): Omit<ConfusionResult, 'threshold'> {
  return {
    tp,
    fp,
    fn,
    tn,
    accuracy: proportion(tp + tn, tp + fp + fn + tn),
    sensitivity: proportion(tp, tp + fn),
    specificity: proportion(tn, fp + tn),
    ppv: proportion(tp, tp + fp),
    npv: proportion(tn, fn + tn),
    f1: f1Of({ tp, fp, fn, tn }, random),
  };
}

/** 2 TP / (2 TP + FP + FN); null without positives of either kind. */
export const f1Score = ({ tp, fp, fn }: Omit<ConfusionCounts, 'tn'>): number | null =>
  2 * tp + fp + fn === 0 ? null : (2 * tp) / (2 * tp + fp + fn);

/** Resampling cases within each outcome class only changes the two binomial counts, so these are drawn. */
function f1Of({ tp, fp, fn, tn }: ConfusionCounts, random: Random): ConfusionResult['f1'] {
  const value = f1Score({ tp, fp, fn });
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
    const resampled = f1Score({ tp: hits, fp: draw(fp, fp + tn), fn: tp + fn - hits });
    if (resampled !== null) values.push(resampled);
  }
  return { value, ci: percentileInterval(values), method };
}

/** Single-figure summaries of a confusion table; null where a margin is empty. */
export interface ConfusionSummaries {
  /** Mean of sensitivity and specificity. */
  readonly balancedAccuracy: number | null;
  /** Matthews' correlation coefficient. */
  readonly mcc: number | null;
  /** Cohen's kappa of call and outcome. */
  readonly kappa: number | null;
  readonly likelihoodRatioPositive: number | null;
  readonly likelihoodRatioNegative: number | null;
}

export function confusionSummaries({ tp, fp, fn, tn }: ConfusionCounts): ConfusionSummaries {
  const n = tp + fp + fn + tn;
  const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
  const sensitivity = ratio(tp, tp + fn);
  const specificity = ratio(tn, fp + tn);
  const both = sensitivity !== null && specificity !== null;
  const root = Math.sqrt(tp + fp) * Math.sqrt(tp + fn) * Math.sqrt(tn + fp) * Math.sqrt(tn + fn);
  const chance = ((tp + fp) * (tp + fn) + (tn + fn) * (tn + fp)) / (n * n);
  return {
    balancedAccuracy: both ? (sensitivity + specificity) / 2 : null,
    mcc: ratio(tp * tn - fp * fn, root),
    kappa: ratio((tp + tn) / n - chance, 1 - chance),
    likelihoodRatioPositive: both ? ratio(sensitivity, 1 - specificity) : null,
    likelihoodRatioNegative: both ? ratio(1 - sensitivity, specificity) : null,
  };
}
