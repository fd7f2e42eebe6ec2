import { checkProbabilities, checkScores, type Outcomes } from '../checks.ts';

/**
 * Mean squared difference of probability and outcome.
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`
 */
export function brier(probabilities: ArrayLike<number>, outcomes: Outcomes): number {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++)
    sum += (probabilities[i]! - outcomes[i]!) * (probabilities[i]! - outcomes[i]!);
  return sum / probabilities.length;
}

/** 1 - Brier / Brier of giving everybody the observed share of events; 0 is no better than that. */
export function scaledBrier(probabilities: ArrayLike<number>, outcomes: Outcomes): number | null {
  let events = 0;
  for (let i = 0; i < outcomes.length; i++) events += outcomes[i]!;
  const share = events / outcomes.length;
  const worst = share * (1 - share);
  return worst > 0 ? 1 - brier(probabilities, outcomes) / worst : null;
}
