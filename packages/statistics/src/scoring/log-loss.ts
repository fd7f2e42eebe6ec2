import { log } from '@sentinode/core';
import { checkProbabilities, checkScores, type Outcomes } from '../checks.ts';

/**
 * Mean negative log-likelihood of probabilities, natural logarithm (scikit-learn `log_loss`). Probabilities are first
 * moved into [eps, 1 - eps], so that a certain, wrong prediction costs about 36 and not infinity.
 * @param eps 2^-52 as scikit-learn's `auto`; older versions use 1e-15
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`
 */
export function logLoss(probabilities: ArrayLike<number>, outcomes: Outcomes, eps = 2 ** -52): number {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const p = Math.min(1 - eps, Math.max(eps, probabilities[i]!));
    sum -= outcomes[i] === 1 ? log(p) : log(1 - p);
  }
  return sum / probabilities.length;
}
