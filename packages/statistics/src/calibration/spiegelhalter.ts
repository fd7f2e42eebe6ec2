import { checkProbabilities, checkScores, type Outcomes } from '../checks.ts';
import { normalTwoSided } from '../distributions/index.ts';

/**
 * Spiegelhalter's test that probabilities are right (1986; `S:z` of rms `val.prob`). undefined when all are 0, 1/2 or 1.
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`
 */
export function spiegelhalter(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
): { z: number; p: number } | undefined {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  let sum = 0;
  let spread = 0;
  for (let i = 0; i < outcomes.length; i++) {
    const p = probabilities[i]!;
    sum += (outcomes[i]! - p) * (1 - 2 * p);
    spread += (1 - 2 * p) * (1 - 2 * p) * p * (1 - p);
  }
  if (!(spread > 0)) return undefined;
  const z = sum / Math.sqrt(spread);
  return { z, p: normalTwoSided(z) };
}
