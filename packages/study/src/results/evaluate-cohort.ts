import { isSentinodeError, type Random } from '@sentinode/core';
import {
  atPrevalence,
  auc,
  byCentre,
  type CalibrationResult,
  calibration,
  confusionAt,
  decisionBand,
  decisionCurve,
  rocBand,
  rocCurve,
} from '@sentinode/statistics';
import type { CohortEvaluation } from './study-results.ts';

/** Threshold probabilities of the decision curves: 0.01 to 0.99. */
const decisionThresholds: readonly number[] = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);

/** Specificities of the band of a ROC curve. */
const bandSpecificities: readonly number[] = Array.from({ length: 51 }, (_, k) => k / 50);

/** What a study asks of an evaluation. */
export interface EvaluationSetting {
  readonly resamples: number;
  readonly prevalences: readonly number[];
  /** Hospital by id; null where the study names none. */
  readonly centres: ReadonlyMap<string, string> | null;
}

/** A patient's probability and outcome. */
export interface Prediction {
  readonly id: string;
  readonly probability: number;
  readonly outcome: 0 | 1;
}

/** Everything that is computed of one model in one cohort, at a threshold chosen elsewhere. */
export function evaluateCohort(
  predictions: readonly Prediction[],
  threshold: number,
  random: Random,
  { resamples, prevalences, centres }: EvaluationSetting,
): CohortEvaluation {
  const scores = Float64Array.from(predictions, (prediction) => prediction.probability);
  const outcomes = predictions.map((prediction) => prediction.outcome);
  const confusion = confusionAt(scores, outcomes, threshold, random);
  const asThreshold = threshold > 0 && threshold < 1 ? threshold : undefined;
  return {
    n: predictions.length,
    events: outcomes.filter((outcome) => outcome === 1).length,
    auc: auc(scores, outcomes),
    roc: rocCurve(scores, outcomes),
    rocBand: rocBand(scores, outcomes, bandSpecificities, random.fork('band'), resamples),
    confusion,
    calibration: calibrationOrNull(scores, outcomes),
    decision: decisionCurve(scores, outcomes, decisionThresholds),
    decisionBand: decisionBand(scores, outcomes, decisionThresholds, random.fork('decision'), resamples),
    atPrevalence: prevalences.map((prevalence) => atPrevalence(confusion, prevalence, asThreshold)),
    byCentre:
      centres === null
        ? null
        : byCentre(
            scores,
            outcomes,
            predictions.map(({ id }) => centres.get(id)!),
          ),
    predictions,
  };
}

/** null where calibration cannot be fitted (probabilities of 0 or 1, complete separation); the report says so. */
export function calibrationOrNull(
  probabilities: Float64Array,
  outcomes: readonly (0 | 1)[],
): CalibrationResult | null {
  try {
    return calibration(probabilities, outcomes);
  } catch (error) {
    if (isSentinodeError(error)) return null;
    throw error;
  }
}
