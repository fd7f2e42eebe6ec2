import { isSentinodeError } from '@sentinode/core';
import { auc, brier, recalibration } from '@sentinode/statistics';

/** Measures that the optimism is computed of; slope and intercept are null where calibration cannot be fitted. */
export interface Performance {
  readonly auc: number;
  readonly brier: number;
  readonly slope: number | null;
  readonly intercept: number | null;
}

export function performanceOf(probabilities: Float64Array, outcomes: readonly (0 | 1)[]): Performance {
  return {
    auc: auc(probabilities, outcomes).auc,
    brier: brier(probabilities, outcomes),
    ...lineOf(probabilities, outcomes),
  };
}

function lineOf(
  probabilities: Float64Array,
  outcomes: readonly (0 | 1)[],
): Pick<Performance, 'slope' | 'intercept'> {
  try {
    return recalibration(probabilities, outcomes);
  } catch (error) {
    if (isSentinodeError(error)) return { slope: null, intercept: null };
    throw error;
  }
}
