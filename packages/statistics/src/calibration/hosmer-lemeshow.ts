import { checkProbabilities, checkScores, type Outcomes } from '../checks.ts';
import { chiSquareUpper } from '../distributions/index.ts';
import { groupsOf } from './calibration.ts';

export interface HosmerLemeshow {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** Groups left after equal cut points were merged. */
  readonly groups: number;
  readonly method: string;
}

/**
 * Hosmer-Lemeshow test over groups between quantiles (type 7) of the probability, equal cut points merged. Degrees of
 * freedom: groups - 2 for probabilities fitted on these cases, groups for cases that the model never saw. undefined
 * with fewer than 3 groups, or where a group expects no event or nothing else.
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`
 */
export function hosmerLemeshow(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  options: { readonly groups?: number; readonly fittedHere?: boolean } = {},
): HosmerLemeshow | undefined {
  const { groups = 10, fittedHere = true } = options;
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const members = groupsOf(probabilities, groups);
  if (members.length < 3) return undefined;
  let statistic = 0;
  for (const group of members) {
    const expected = group.reduce((sum, i) => sum + probabilities[i]!, 0);
    const events = group.filter((i) => outcomes[i] === 1).length;
    const squared = (events - expected) * (events - expected);
    statistic += squared / expected + squared / (group.length - expected);
  }
  if (!Number.isFinite(statistic)) return undefined;
  const df = fittedHere ? members.length - 2 : members.length;
  return {
    statistic,
    df,
    p: chiSquareUpper(statistic, df),
    groups: members.length,
    method: `quantile groups (type 7), df = groups${fittedHere ? ' - 2 (fitted on these cases)' : ' (cases the model never saw)'}`,
  };
}
