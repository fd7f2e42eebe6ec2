import { exp, log } from '@sentinode/core';
import type { Outcomes } from '../checks.ts';
import { devianceOf, logistic, linearPredictor as predictorOf } from '../regression/likelihood.ts';
import { fitLogistic } from '../regression/logistic.ts';
import { stoppedNewton } from '../regression/stopped-newton.ts';
import { auc } from '../roc/auc.ts';
import { brier } from '../scoring/brier.ts';

/** Indices of a linear predictor on cases with known outcome (rms `validate.lrm`), each by its name there. */
export interface ValidationIndices {
  /** Area under the ROC curve. */
  readonly C: number;
  /** Somers' D: 2 (C - 0.5). */
  readonly Dxy: number;
  /** Nagelkerke's R2 of the recalibrated predictor. */
  readonly R2: number;
  readonly Intercept: number;
  readonly Slope: number;
  /** Discrimination: (likelihood ratio of the recalibrated predictor - 1) / n. */
  readonly D: number;
  /** Unreliability: (likelihood ratio of recalibrating - 2) / n. */
  readonly U: number;
  /** D - U. */
  readonly Q: number;
  /** Brier score. */
  readonly B: number;
  /** Gini's mean difference of the recalibrated linear predictor. */
  readonly g: number;
  /** The same of the recalibrated probability. */
  readonly gp: number;
}

/** Whether fits go to the optimum, or stop where rms stops them (see `stoppedNewton`), to give its very numbers. */
export type Stopping = 'converged' | 'rms';

/**
 * @param recalibration how the line through the linear predictor is found; `none` takes intercept 0 and slope 1, as rms
 * does on the cases of a maximum likelihood fit
 * @returns undefined where the outcomes are of one class, or no finite
 * recalibration exists (separation, constant predictor)
 */
export function validationIndices(
  linearPredictor: Float64Array,
  outcomes: Outcomes,
  recalibration: Stopping | 'none' = 'converged',
): ValidationIndices | undefined {
  const n = outcomes.length;
  let events = 0;
  for (let i = 0; i < n; i++) events += outcomes[i]!;
  if (events === 0 || events === n) return undefined;
  const ownDeviance = devianceOf(linearPredictor, outcomes);
  const line =
    recalibration === 'none'
      ? { intercept: 0, slope: 1, deviance: ownDeviance }
      : recalibrate(linearPredictor, outcomes, recalibration);
  if (line === undefined) return undefined;
  const { intercept, slope, deviance } = line;
  const share = events / n;
  const nullDeviance = -2 * (events * log(share) + (n - events) * log(1 - share));
  const ratio = Math.max(0, nullDeviance - deviance);
  const C = auc(linearPredictor, outcomes).auc;
  const D = (ratio - 1) / n;
  const U = (ownDeviance - deviance - 2) / n;
  return {
    C,
    Dxy: 2 * (C - 0.5),
    R2: (1 - exp(-ratio / n)) / (1 - exp(-nullDeviance / n)),
    Intercept: intercept,
    Slope: slope,
    D,
    U,
    Q: D - U,
    B: brier(linearPredictor.map(logistic), outcomes),
    g: giniMeanDifference(linearPredictor.map((value) => slope * value)),
    gp: giniMeanDifference(linearPredictor.map((value) => logistic(intercept + slope * value))),
  };
}

function recalibrate(
  lp: Float64Array,
  outcomes: Outcomes,
  stopping: Stopping,
): { intercept: number; slope: number; deviance: number } | undefined {
  const values = [new Float64Array(lp.length).fill(1), lp];
  const names = ['(Intercept)', 'lp'];
  const fit = fitLogistic(
    values.map((column, j) => ({ term: names[j]!, variable: names[j]!, values: column })),
    outcomes,
  );
  if (fit.separated || fit.rank < 2) return undefined;
  if (stopping === 'converged')
    return { intercept: fit.coefficients[0]!, slope: fit.coefficients[1]!, deviance: fit.deviance };
  const stopped = stoppedNewton(values, outcomes);
  if (stopped === undefined) return undefined;
  const deviance = devianceOf(predictorOf(values, stopped, lp.length), outcomes);
  return { intercept: stopped[0]!, slope: stopped[1]!, deviance };
}

/** Mean absolute difference of all pairs of values. */
export function giniMeanDifference(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1 - n) * sorted[i]!;
  return (2 * sum) / (n * (n - 1));
}
