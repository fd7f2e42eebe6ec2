import { mean, quantileOfSorted, skewness, standardDeviation } from '../describe/summary.ts';
import type { BaselineRow } from '../results.ts';
import { chiSquare } from '../tests/contingency.ts';
import { fisherExact } from '../tests/fisher-exact.ts';
import { type MannWhitneyOptions, mannWhitney } from '../tests/mann-whitney.ts';
import { shapiroWilk } from '../tests/shapiro-wilk.ts';
import { studentT, welchT } from '../tests/t-test.ts';

/** A variable of a baseline table; null is a missing value and is left out of its row. */
export type BaselineVariable =
  | { readonly name: string; readonly kind: 'continuous'; readonly values: readonly (number | null)[] }
  | {
      readonly name: string;
      readonly kind: 'categorical';
      readonly levels: readonly string[];
      readonly values: readonly (string | null)[];
    };

/** A test that the caller forces on a variable instead of the documented choice. */
export type ForcedTest = 't-test' | 'welch' | 'mann-whitney' | 'chi-square' | 'chi-square-yates' | 'fisher';

/** What may be changed of the documented rules. */
export interface BaselineRules {
  /** Test of a variable by its name. */
  readonly forced?: Readonly<Record<string, ForcedTest>>;
  readonly mannWhitney?: MannWhitneyOptions;
}

/**
 * Variables compared between two groups. Statistics are of the second group against the first.
 * Continuous: Student's t-test if Shapiro-Wilk p >= 0.05 in both groups, or n >= 30 and |skewness| < 1 in both;
 * else Mann-Whitney (normal approximation, tie and continuity correction; exact with 8 or fewer and no ties).
 * Categorical: chi-square (uncorrected) if no more than 20 % of expected counts are below 5 and none below 1; else
 * Fisher's exact test.
 * @param group index of the group (0 or 1) of each case
 */
export function baselineTable(
  variables: readonly BaselineVariable[],
  group: ArrayLike<0 | 1>,
  groupNames: readonly [string, string],
  rules: BaselineRules = {},
): BaselineRow[] {
  return variables.map((variable) =>
    variable.kind === 'continuous'
      ? continuousRow(variable, group, groupNames, rules)
      : categoricalRow(variable, group, groupNames, rules.forced?.[variable.name]),
  );
}

function continuousRow(
  variable: BaselineVariable & { kind: 'continuous' },
  group: ArrayLike<0 | 1>,
  groupNames: readonly [string, string],
  rules: BaselineRules,
): BaselineRow {
  const forced = rules.forced?.[variable.name];
  const samples = [0, 1].map((g) =>
    variable.values.flatMap((value, i) => (value !== null && group[i] === g ? [value] : [])),
  );
  const [first, second] = samples as [number[], number[]];
  const groups = samples.map((sample, g) => {
    const n = sample.length;
    const missing = variable.values.filter((value, i) => value === null && group[i] === g).length;
    if (n === 0) return { group: groupNames[g]!, n, missing };
    const sorted = Float64Array.from(sample).sort();
    return {
      group: groupNames[g]!,
      n,
      missing,
      mean: mean(sample),
      ...(n > 1 ? { sd: standardDeviation(sample) } : {}),
      median: quantileOfSorted(sorted, 0.5),
      q1: quantileOfSorted(sorted, 0.25),
      q3: quantileOfSorted(sorted, 0.75),
    };
  });
  const base = { variable: variable.name, kind: 'continuous' as const, groups, levels: [] };
  const none = { test: null, statistic: null, df: null, p: null };
  if (first.length < 2 || second.length < 2)
    return { ...base, ...none, reason: 'fewer than 2 values in a group' };
  const choice =
    forced === 't-test' || forced === 'welch' || forced === 'mann-whitney'
      ? { normal: forced !== 'mann-whitney', reason: 'chosen by the user' }
      : chooseContinuous(first, second);
  if (choice.normal) {
    const test = forced === 'welch' ? welchT(second, first) : studentT(second, first);
    return test === undefined
      ? { ...base, ...none, reason: 'no spread' }
      : { ...base, test: test.method, reason: choice.reason, statistic: test.t, df: test.df, p: test.p };
  }
  const test = mannWhitney(second, first, rules.mannWhitney);
  return {
    ...base,
    test: 'Mann-Whitney',
    reason: `${choice.reason}; ${test.method}`,
    statistic: test.u,
    df: null,
    p: test.p,
  };
}

function chooseContinuous(
  first: readonly number[],
  second: readonly number[],
): { normal: boolean; reason: string } {
  const shapiro = [first, second].map((sample) => shapiroWilk(sample)?.p);
  if (shapiro.every((p) => p !== undefined && p >= 0.05))
    return { normal: true, reason: 'Shapiro-Wilk p >= 0.05 in both groups' };
  const skew = [first, second].map((sample) => skewness(sample));
  const large = first.length >= 30 && second.length >= 30;
  if (large && skew.every((value) => value !== undefined && Math.abs(value) < 1))
    return { normal: true, reason: '30 or more per group and |skewness| below 1' };
  return { normal: false, reason: 'Shapiro-Wilk p < 0.05, and small or skewed' };
}

function categoricalRow(
  variable: BaselineVariable & { kind: 'categorical' },
  group: ArrayLike<0 | 1>,
  groupNames: readonly [string, string],
  forced?: ForcedTest,
): BaselineRow {
  const counts = variable.levels.map((level) =>
    [0, 1].map((g) => variable.values.filter((value, i) => value === level && group[i] === g).length),
  );
  const totals = [0, 1].map((g) => counts.reduce((sum, row) => sum + row[g]!, 0));
  const groups = [0, 1].map((g) => ({
    group: groupNames[g]!,
    n: totals[g]!,
    missing: variable.values.filter((value, i) => value === null && group[i] === g).length,
  }));
  const levels = variable.levels.map((level, l) => ({
    level,
    counts: counts[l]!,
    share: counts[l]!.map((count, g) => (totals[g] === 0 ? null : count / totals[g]!)),
  }));
  const base = { variable: variable.name, kind: 'categorical' as const, groups, levels };
  const pearson = chiSquare(counts);
  if (pearson === undefined)
    return {
      ...base,
      test: null,
      reason: 'fewer than two levels or groups have cases',
      statistic: null,
      df: null,
      p: null,
    };
  const expected = pearson.expected.flat();
  const small = expected.filter((value) => value < 5).length / expected.length;
  const valid = small <= 0.2 && expected.every((value) => value >= 1);
  const yates = forced === 'chi-square-yates';
  const useChiSquare = forced === 'chi-square' || yates || (forced !== 'fisher' && valid);
  const reason =
    forced === 'chi-square' || forced === 'fisher' || yates
      ? 'chosen by the user'
      : valid
        ? 'expected counts are large enough'
        : `${Math.round(small * 100)} % of expected counts below 5, smallest ${Math.min(...expected).toFixed(2)}`;
  if (useChiSquare) {
    const { statistic, df, p, correction } = yates ? chiSquare(counts, { yates })! : pearson;
    return {
      ...base,
      test: correction === 'Yates' ? 'chi-square, Yates' : 'chi-square',
      reason:
        yates && correction === 'none' ? `${reason}; Yates' correction is for 2 x 2 tables only` : reason,
      statistic,
      df,
      p,
    };
  }
  const exact = fisherExact(counts);
  if (typeof exact === 'number')
    return { ...base, test: 'Fisher exact', reason, statistic: null, df: null, p: exact };
  return {
    ...base,
    test: 'chi-square',
    reason: `${reason}; the table is too large for Fisher's exact test`,
    statistic: pearson.statistic,
    df: pearson.df,
    p: pearson.p,
  };
}
