import { exp, log, SentinodeError } from '@sentinode/core';
import { normalQuantile } from '../distributions/index.ts';
import type { ConfusionCounts } from './confusion.ts';

/** A predictive value at a stated prevalence. */
export interface PredictiveValue {
  /** null when the rule never makes that call. */
  readonly value: number | null;
  /** null also where the value is 0 or 1, which has no logit. */
  readonly ci: readonly [number, number] | null;
}

/** What a rule means where the event is as frequent as stated, its sensitivity and specificity being the same. */
export interface AtPrevalence {
  readonly prevalence: number;
  readonly ppv: PredictiveValue;
  readonly npv: PredictiveValue;
  /** Net benefit per patient at the threshold probability given; null without one. */
  readonly netBenefit: number | null;
  readonly netBenefitAll: number | null;
  readonly n: number;
  readonly events: number;
  readonly method: string;
}

/** @throws SentinodeError `probability-range` when the prevalence does not lie strictly between 0 and 1 */
export function checkPrevalence(prevalence: number): void {
  if (!(prevalence > 0 && prevalence < 1))
    throw new SentinodeError(
      'probability-range',
      `A prevalence lies between 0 and 1, not ${prevalence}; 20 % is written 0.2.`,
      { field: 'prevalence' },
    );
}

/**
 * PPV, NPV and net benefit at another prevalence by Bayes' rule, intervals on the logit scale from the binomial errors
 * of sensitivity and specificity (Mercaldo, Lau & Zhou 2007, without continuity adjustment).
 * @param threshold threshold probability of the net benefit
 */
export function atPrevalence(
  { tp, fp, fn, tn }: ConfusionCounts,
  prevalence: number,
  threshold?: number,
  level = 0.95,
): AtPrevalence {
  checkPrevalence(prevalence);
  const events = tp + fn;
  const nonEvents = fp + tn;
  if (events === 0 || nonEvents === 0)
    throw new SentinodeError('one-class', 'Both outcomes are needed for sensitivity and specificity.');
  const sensitivity = tp / events;
  const specificity = tn / nonEvents;
  const missed = fn / events;
  const alarmed = fp / nonEvents;
  const z = normalQuantile(1 - (1 - level) / 2);
  // odds of a right call: (rate of it in those it is right for) x odds of the class / (rate of it in the others)
  const value = (right: number, wrong: number, odds: number, variance: number): PredictiveValue => {
    if (right === 0 && wrong === 0) return { value: null, ci: null };
    if (right === 0 || wrong === 0) return { value: wrong === 0 ? 1 : 0, ci: null };
    const logit = log((right / wrong) * odds);
    const half = z * Math.sqrt(variance);
    const share = (x: number): number => 1 / (1 + exp(-x));
    return { value: share(logit), ci: [share(logit - half), share(logit + half)] };
  };
  const odds = prevalence / (1 - prevalence);
  const weight = threshold === undefined ? 0 : threshold / (1 - threshold);
  const net = (hits: number, alarms: number): number | null =>
    threshold === undefined ? null : hits * prevalence - alarms * (1 - prevalence) * weight;
  return {
    prevalence,
    ppv: value(sensitivity, alarmed, odds, missed / tp + specificity / fp),
    npv: value(specificity, missed, 1 / odds, alarmed / tn + sensitivity / fn),
    netBenefit: net(sensitivity, alarmed),
    netBenefitAll: net(1, 1),
    n: events + nonEvents,
    events,
    method: "Bayes' rule, logit intervals (Mercaldo 2007)",
  };
}
