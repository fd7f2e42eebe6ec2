import { exp, log } from '@sentinode/core';
import { logistic, softplus } from '@sentinode/statistics';

/** A loss of gradient boosting for outcomes 0 and 1, on raw scores. */
export interface Loss {
  /** Score of a model without predictors, from the rate of events. */
  initial(rate: number): number;
  /** Negative gradient, which the next tree is fitted to. */
  residual(outcome: number, score: number): number;
  /** Value of a leaf: one Newton step from the rows in it. */
  leaf(rows: Int32Array, outcomes: Float64Array, residuals: Float64Array): number;
  /** Loss of one row. */
  loss(outcome: number, score: number): number;
  probability(score: number): number;
}

/** Below this a leaf's denominator counts as zero, and the leaf changes nothing (as in scikit-learn). */
const ZERO = 1e-150;

const ratio = (numerator: number, denominator: number): number =>
  Math.abs(denominator) < ZERO ? 0 : numerator / denominator;

/** Half the binomial deviance has the residual y - p; the loss itself is the whole deviance. */
const logLoss: Loss = {
  initial: (rate) => log(rate / (1 - rate)),
  residual: (outcome, score) => outcome - logistic(score),
  leaf: (rows, outcomes, residuals) => {
    let numerator = 0;
    let denominator = 0;
    for (const row of rows) {
      const residual = residuals[row]!;
      numerator += residual;
      denominator += (outcomes[row]! - residual) * (1 - outcomes[row]! + residual);
    }
    return ratio(numerator, denominator);
  },
  loss: (outcome, score) => -2 * (outcome * score - softplus(score)),
  probability: logistic,
};

/** AdaBoost's loss exp(-y f) with y of -1 and 1; its probability is that of the score doubled. */
const exponential: Loss = {
  initial: (rate) => 0.5 * log(rate / (1 - rate)),
  residual: (outcome, score) => (outcome === 1 ? exp(-score) : -exp(score)),
  leaf: (rows, _outcomes, residuals) => {
    let numerator = 0;
    let denominator = 0;
    for (const row of rows) {
      numerator += residuals[row]!;
      denominator += Math.abs(residuals[row]!);
    }
    return ratio(numerator, denominator);
  },
  loss: (outcome, score) => exp(outcome === 1 ? -score : score),
  probability: (score) => logistic(2 * score),
};

export const losses = { log_loss: logLoss, exponential } as const;
