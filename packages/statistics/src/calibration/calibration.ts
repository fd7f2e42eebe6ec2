import { SentinodeError } from '@sentinode/core';
import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import { quantileOfSorted } from '../describe/summary.ts';
import { normalQuantile } from '../distributions/index.ts';
import { proportion } from '../proportions/proportion.ts';
import { logistic, logit } from '../regression/likelihood.ts';
import { fitLogistic, type LogisticFit } from '../regression/logistic.ts';
import type { CalibrationGroup, CalibrationResult, Estimate } from '../results.ts';
import { brier } from '../scoring/brier.ts';
import { lowess } from './lowess.ts';

function wald(fit: LogisticFit, index: number): Estimate {
  const row = fit.rows[index]!;
  if (fit.separated)
    throw new SentinodeError(
      'separation',
      'Calibration has no finite slope: the probabilities separate the outcomes completely.',
    );
  if (row.coefficient === null || row.se === null)
    throw new SentinodeError('separation', 'Calibration has no slope: all probabilities are the same.');
  const half = normalQuantile(0.975) * row.se;
  return { value: row.coefficient, ci: [row.coefficient - half, row.coefficient + half] };
}

/** Cases that have a logit, and what their regressions are made of. */
function withLogit(probabilities: ArrayLike<number>, outcomes: Outcomes) {
  const own: (0 | 1)[] = [];
  const values: number[] = [];
  for (let i = 0; i < outcomes.length; i++) {
    const p = probabilities[i]!;
    // probabilities of 0 and 1 have no logit: left out of the regressions only, and counted
    if (p <= 0 || p >= 1) continue;
    own.push(outcomes[i]!);
    values.push(logit(p));
  }
  countEvents(own);
  const term = (name: string, column: Float64Array) => ({ term: name, variable: name, values: column });
  const logits = Float64Array.from(values);
  return {
    own,
    logits,
    intercept: term('(Intercept)', new Float64Array(own.length).fill(1)),
    logit: term('logit', logits),
  };
}

/** Slope and intercept of `calibration` alone, for resampling. @throws SentinodeError as `calibration` */
export function recalibration(
  probabilities: ArrayLike<number>,
  outcomes: Outcomes,
): { readonly slope: number; readonly intercept: number } {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const { own, logits, intercept, logit: column } = withLogit(probabilities, outcomes);
  const line = newtonLine(logits, own);
  if (line !== undefined) return line;
  const both = fitLogistic([intercept, column], own);
  return { slope: wald(both, 1).value, intercept: wald(both, 0).value };
}

/** Logistic regression on one column by plain Newton steps; undefined when they do not settle, or all logits are equal. */
function newtonLine(
  x: Float64Array,
  outcomes: readonly (0 | 1)[],
): { readonly slope: number; readonly intercept: number } | undefined {
  let intercept = 0;
  let slope = 0;
  for (let step = 0; step < 25; step++) {
    let [a, b, w, wx, wxx] = [0, 0, 0, 0, 0];
    for (let i = 0; i < x.length; i++) {
      const p = logistic(intercept + slope * x[i]!);
      const weight = p * (1 - p);
      const rest = outcomes[i]! - p;
      a += rest;
      b += rest * x[i]!;
      w += weight;
      wx += weight * x[i]!;
      wxx += weight * x[i]! * x[i]!;
    }
    const determinant = w * wxx - wx * wx;
    if (!(determinant > 1e-12 * w * wxx)) return undefined;
    const [up, more] = [(wxx * a - wx * b) / determinant, (w * b - wx * a) / determinant];
    intercept += up;
    slope += more;
    if (!(Math.abs(slope) < 50)) return undefined;
    if (Math.abs(up) + Math.abs(more) < 1e-13 * (1 + Math.abs(intercept) + Math.abs(slope)))
      return { slope, intercept };
  }
  return undefined;
}

/**
 * Calibration (R rms `val.prob`): slope and intercept from one logistic regression on the logit, calibration in the
 * large with the logit as offset, lowess curve, groups between deciles, and the absolute errors |p - curve|. Cases with
 * a probability of 0 or 1 have no logit: they are left out of the two regressions, as there, and counted.
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`, `one-class` (also among the cases with a
 * logit), `separation`
 */
export function calibration(probabilities: ArrayLike<number>, outcomes: Outcomes): CalibrationResult {
  checkScores(probabilities, outcomes);
  checkProbabilities(probabilities);
  const events = countEvents(outcomes);
  const n = outcomes.length;
  const { own, logits, intercept, logit: column } = withLogit(probabilities, outcomes);
  const both = fitLogistic([intercept, column], own);
  const offset = fitLogistic([intercept], own, logits);
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
    withoutLogit: n - own.length,
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
export function groupsOf(probabilities: ArrayLike<number>, groups: number): number[][] {
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
