import { isSentinodeError, type Random } from '@sentinode/core';
import {
  type AucResult,
  atPrevalence,
  auc,
  brier,
  byCentre,
  type CalibrationResult,
  calibration,
  confusionAt,
  confusionSummaries,
  decisionBand,
  decisionCurve,
  hosmerLemeshow,
  logLoss,
  precisionRecall,
  rocBand,
  rocCurve,
  scaledBrier,
  spiegelhalter,
  thresholdAt,
  youden,
} from '@sentinode/statistics';
import type { EvaluateOptions } from './options.ts';
import type { ProbabilityEvaluation, ScoreEvaluation } from './score-evaluation.ts';

/** Threshold probabilities of a decision curve: 0.01 to 0.99. */
const decisionThresholds: readonly number[] = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);
/** Specificities of the band of a ROC curve. */
const bandSpecificities: readonly number[] = Array.from({ length: 51 }, (_, k) => k / 50);
/** Fewer events than this (or cases without) make every interval and fit unreliable. */
const FEW = 10;

/** One score with the rows used. `label` names it; `centres` are given when a column was named. */
export interface ScoredRows {
  readonly name: string;
  readonly values: Float64Array;
  readonly outcomes: readonly (0 | 1)[];
  readonly centres?: readonly string[];
}

export function evaluateScore(
  { name, values, outcomes, centres }: ScoredRows,
  options: Pick<EvaluateOptions, 'thresholds' | 'resamples' | 'targets' | 'prevalences'>,
  random: Random,
): ScoreEvaluation {
  const { resamples, targets = [], prevalences = [] } = options;
  const given = options.thresholds[name];
  const area = auc(values, outcomes);
  const best = youden(values, outcomes);
  const threshold = given ?? best.threshold;
  const { tp, fp, fn, tn, ...rates } = confusionAt(values, outcomes, threshold, random);
  const counts = { tp, fp, fn, tn };
  const outside = values.findIndex((value) => value < 0 || value > 1);
  const fitted = outside < 0 ? calibrationOrReason(values, outcomes) : null;
  const probability = outside < 0 ? probabilityOf(values, outcomes, random, resamples) : null;
  const calibrated = typeof fitted === 'string' ? null : fitted;
  const odds = (prevalence: number) =>
    atPrevalence(counts, prevalence, outside < 0 && threshold > 0 && threshold < 1 ? threshold : undefined);
  return {
    n: area.n,
    events: area.events,
    auc: area.auc,
    ci: area.ci,
    method: area.method,
    threshold,
    thresholdRule:
      given === undefined ? 'Youden on these data, score >= threshold' : 'given, score >= threshold',
    tiedThresholds: given === undefined ? best.tied : [],
    counts,
    accuracy: rates.accuracy,
    sensitivity: rates.sensitivity,
    specificity: rates.specificity,
    ppv: rates.ppv,
    npv: rates.npv,
    f1: rates.f1,
    summaries: confusionSummaries(counts),
    atPrevalence: prevalences.map(odds),
    thresholdsAt: targets.map((target) =>
      thresholdAt(values, outcomes, target, random.fork(`${target.measure} ${target.value}`), resamples),
    ),
    roc: rocCurve(values, outcomes),
    rocBand: rocBand(values, outcomes, bandSpecificities, random.fork('band'), resamples),
    precisionRecall: precisionRecall(values, outcomes),
    calibration: calibrated,
    probability,
    decisionCurve: probability?.decisionCurve ?? null,
    byCentre: centres === undefined ? null : byCentre(values, outcomes, centres),
    notComputed:
      outside >= 0
        ? [
            `calibration, Brier score, log loss and decision curve: the score is not a probability (value ${values[outside]} lies outside 0 to 1)`,
          ]
        : typeof fitted === 'string'
          ? [`calibration: ${fitted}`]
          : [],
    remarks: remarksOf(values, area, calibrated, given === undefined ? best.tied.length : 1),
  };
}

function probabilityOf(
  values: Float64Array,
  outcomes: readonly (0 | 1)[],
  random: Random,
  resamples: number | undefined,
): ProbabilityEvaluation {
  return {
    brier: brier(values, outcomes),
    scaledBrier: scaledBrier(values, outcomes),
    logLoss: logLoss(values, outcomes),
    hosmerLemeshow: hosmerLemeshow(values, outcomes, { fittedHere: false }) ?? null,
    spiegelhalter: spiegelhalter(values, outcomes) ?? null,
    decisionCurve: decisionCurve(values, outcomes, decisionThresholds),
    decisionBand: decisionBand(values, outcomes, decisionThresholds, random.fork('decision'), resamples),
  };
}

function calibrationOrReason(values: Float64Array, outcomes: readonly (0 | 1)[]): CalibrationResult | string {
  try {
    return calibration(values, outcomes);
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    return error.code === 'one-class'
      ? 'the probabilities other than 0 and 1 belong to cases of one outcome'
      : error.message;
  }
}

function remarksOf(
  values: Float64Array,
  area: AucResult,
  calibrated: CalibrationResult | null,
  tied: number,
): string[] {
  const remarks: string[] = [];
  const rarer = Math.min(area.events, area.n - area.events);
  if (rarer < FEW)
    remarks.push(
      `only ${rarer} ${area.events <= area.n - area.events ? 'events' : 'cases without the event'}: intervals are rough and calibration cannot be judged`,
    );
  if (values.every((value) => value === values[0])) remarks.push('all cases have the same score');
  else if (area.auc === 1 || area.auc === 0)
    remarks.push(
      'the score separates the outcomes: the DeLong interval has no width, which says nothing of its uncertainty',
    );
  else if (area.auc < 0.5)
    remarks.push('the AUC is below 0.5: is the event named rightly, and do higher scores mean it?');
  if (tied > 1) remarks.push(`${tied} cut-offs have the same Youden index; the most sensitive was taken`);
  if (calibrated !== null && calibrated.withoutLogit > 0)
    remarks.push(
      `${calibrated.withoutLogit} probabilities of 0 or 1 have no logit and are left out of slope and intercept`,
    );
  return remarks;
}
