import { isSentinodeError, type Random } from '@sentinode/core';
import {
  auc,
  type CalibrationResult,
  calibration,
  confusionAt,
  decisionCurve,
  rocCurve,
} from '@sentinode/statistics';
import type { CohortEvaluation } from './study-results.ts';

/** Threshold probabilities of the decision curves: 0.01 to 0.99. */
const decisionThresholds: readonly number[] = Array.from({ length: 99 }, (_, k) => (k + 1) / 100);

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
): CohortEvaluation {
  const scores = Float64Array.from(predictions, (prediction) => prediction.probability);
  const outcomes = predictions.map((prediction) => prediction.outcome);
  return {
    n: predictions.length,
    events: outcomes.filter((outcome) => outcome === 1).length,
    auc: auc(scores, outcomes),
    roc: rocCurve(scores, outcomes),
    confusion: confusionAt(scores, outcomes, threshold, random),
    calibration: calibrationOrNull(scores, outcomes),
    decision: decisionCurve(scores, outcomes, decisionThresholds),
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
