import { log, SentinodeError } from '@sentinode/core';
import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import { quantileOfSorted } from '../describe/summary.ts';
import { chiSquareUpper, normalQuantile } from '../distributions/index.ts';
import { proportion } from '../proportions/proportion.ts';
import { fitLogistic, type LogisticFit } from '../regression/logistic.ts';
import type { CalibrationGroup, CalibrationResult, Estimate } from '../results.ts';
import { lowess } from './lowess.ts';

function wald(fit: LogisticFit, index: number): Estimate {
  const row = fit.rows[index]!;
  if (row.coefficient === null || row.se === null || fit.separated) {
    throw new SentinodeError(
      'separation',
      'Calibration has no finite slope: the probabilities separate the outcomes completely.',
    );
  }
  const half = normalQuantile(0.975) * row.se;
  return { value: row.coefficient, ci: [row.coefficient - half, row.coefficient + half] };
}

/** Mean squared difference of probability and outcome. */
export function brier(probabilities: ArrayLike<number>, outcomes: Outcomes): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++)
    sum += (probabilities[i]! - outcomes[i]!) * (probabilities[i]! - outcomes[i]!);
  return sum / probabilities.length;
}

/**
 * Calibration (R rms `val.prob`): slope and intercept from one logistic regression on the logit, calibration in the
 * large with the logit as offset, lowess curve, groups between deciles, and the absolute errors |p - curve|.
 * @throws SentinodeError `one-class`, `probability-range`, `separation` (also for probabilities of 0 or 1, which
 * have no logit)
 */
export function calibration(probabilities: ArrayLike<number>, outcomes: Outcomes): CalibrationResult {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const events = countEvents(outcomes);
  const n = outcomes.length;
  const logit = Float64Array.from(probabilities, (p) => log(p / (1 - p)));
  if (!logit.every(Number.isFinite))
    throw new SentinodeError(
      'separation',
      'A probability of 0 or 1 has no logit, so calibration cannot be fitted.',
    );
  const intercept = { term: '(Intercept)', variable: '(Intercept)', values: new Float64Array(n).fill(1) };
  const both = fitLogistic([intercept, { term: 'logit', variable: 'logit', values: logit }], outcomes);
  const offset = fitLogistic([intercept], outcomes, logit);
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (a, b) => probabilities[a]! - probabilities[b]! || a - b,
  );
  const predicted = order.map((i) => probabilities[i]!);
  const observed = lowess(
    predicted,
    order.map((i) => outcomes[i]!),
  );
  const errors = Float64Array.from(predicted, (p, k) => Math.abs(p - observed[k]!)).sort();
  return {
    n,
    events,
    slope: wald(both, 1),
    intercept: wald(both, 0),
    inTheLarge: wald(offset, 0),
    brier: brier(probabilities, outcomes),
    curve: { predicted, observed: Array.from(observed) },
    deciles: calibrationGroups(probabilities, outcomes, 10),
    eMax: errors[n - 1]!,
    e50: quantileOfSorted(errors, 0.5),
    e90: quantileOfSorted(errors, 0.9),
    eAvg: errors.reduce((sum, value) => sum + value, 0) / n,
  };
}

/** Cases between quantiles (type 7) of the probability; equal cut points are merged, intervals closed above. */
function groupsOf(probabilities: ArrayLike<number>, groups: number): number[][] {
  const sorted = Float64Array.from(probabilities).sort();
  const cuts = [
    ...new Set(Array.from({ length: groups + 1 }, (_, k) => quantileOfSorted(sorted, k / groups))),
  ];
  const members = Array.from({ length: Math.max(1, cuts.length - 1) }, (): number[] => []);
  for (let i = 0; i < probabilities.length; i++) {
    let group = 0;
    while (group < members.length - 1 && probabilities[i]! > cuts[group + 1]!) group++;
    members[group]!.push(i);
  }
  return members.filter((group) => group.length > 0);
}

/** Mean probability and share of events by group of predicted probability. */
export function calibrationGroups(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  groups: number,
): CalibrationGroup[] {
  return groupsOf(probabilities, groups).map((members) => {
    const events = members.filter((i) => outcomes[i] === 1).length;
    return {
      n: members.length,
      events,
      predicted: members.reduce((sum, i) => sum + probabilities[i]!, 0) / members.length,
      observed: proportion(events, members.length),
    };
  });
}

/** Hosmer-Lemeshow test: groups by quantiles (type 7), df = groups - 2. undefined with fewer than 3 groups. */
export function hosmerLemeshow(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
  groups = 10,
): { statistic: number; df: number; p: number } | undefined {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const members = groupsOf(probabilities, groups);
  const df = members.length - 2;
  if (df < 1) return undefined;
  let statistic = 0;
  for (const group of members) {
    const expected = group.reduce((sum, i) => sum + probabilities[i]!, 0);
    const events = group.filter((i) => outcomes[i] === 1).length;
    statistic +=
      ((events - expected) * (events - expected)) / expected +
      (group.length - events - (group.length - expected)) ** 2 / (group.length - expected);
  }
  return { statistic, df, p: chiSquareUpper(statistic, df) };
}
