import { SentinodeError } from '@sentinode/core';
import { fQuantileOf, fUpper } from '../distributions/index.ts';

/** Mean squares of a subjects x readers table. */
export interface MeanSquares {
  readonly subjects: number;
  readonly readers: number;
  readonly between: number;
  readonly reader: number;
  readonly error: number;
  /** Within subjects, for the one-way forms. */
  readonly within: number;
}

/** Two-way analysis of variance; `ratings[r][s]` is reader r on subject s. */
export function meanSquares(ratings: readonly ArrayLike<number>[]): MeanSquares {
  const k = ratings.length;
  const n = ratings[0]?.length ?? 0;
  let grand = 0;
  for (const reader of ratings) for (let s = 0; s < n; s++) grand += reader[s]!;
  grand /= n * k;
  const shifts = new Float64Array(k);
  let reader = 0;
  ratings.forEach((values, r) => {
    let mean = 0;
    for (let s = 0; s < n; s++) mean += values[s]!;
    shifts[r] = mean / n - grand;
    reader += n * shifts[r]! * shifts[r]!;
  });
  const means = new Float64Array(n);
  for (const values of ratings) for (let s = 0; s < n; s++) means[s]! += values[s]!;
  let between = 0;
  for (let s = 0; s < n; s++) {
    means[s]! /= k;
    between += k * (means[s]! - grand) * (means[s]! - grand);
  }
  let within = 0;
  let error = 0;
  ratings.forEach((values, r) => {
    const shift = shifts[r]!;
    for (let s = 0; s < n; s++) {
      const deviation = values[s]! - means[s]!;
      within += deviation * deviation;
      error += (deviation - shift) * (deviation - shift);
    }
  });
  return {
    subjects: n,
    readers: k,
    between: between / (n - 1),
    reader: reader / (k - 1),
    error: error / ((n - 1) * (k - 1)),
    within: within / (n * (k - 1)),
  };
}

/** Names after McGraw & Wong (1996) and Shrout & Fleiss (1979). */
export type IccForm = 'ICC(1,1)' | 'ICC(2,1)' | 'ICC(3,1)' | 'ICC(1,k)' | 'ICC(2,k)' | 'ICC(3,k)';

export interface IccResult {
  readonly form: IccForm;
  /** May be negative; undefined when there is no variance at all. */
  readonly value: number | undefined;
  readonly ci: readonly [number, number] | undefined;
  /** Infinity when the readers agree without error; undefined without any variance. */
  readonly f: number | undefined;
  readonly df1: number;
  readonly df2: number;
  readonly p: number | undefined;
  readonly subjects: number;
  readonly readers: number;
}

/** Whether all readers gave one and the same value to all; rounding in the mean squares would hide it. */
function constantThroughout(ratings: readonly ArrayLike<number>[]): boolean {
  const value = ratings[0]![0];
  return ratings.every((reader) => {
    for (let s = 0; s < reader.length; s++) if (reader[s] !== value) return false;
    return true;
  });
}

/** @throws SentinodeError `length-mismatch`, `too-few-rows`, `not-finite` */
function checkRatings(ratings: readonly ArrayLike<number>[]): void {
  const n = ratings[0]?.length ?? 0;
  if (ratings.some((reader) => reader.length !== n))
    throw new SentinodeError(
      'length-mismatch',
      `The readers rated ${ratings.map((reader) => reader.length).join(', ')} subjects; each rates all.`,
    );
  if (ratings.length < 2 || n < 2)
    throw new SentinodeError(
      'too-few-rows',
      `${ratings.length} readers and ${n} subjects were given; an ICC needs two or more of each.`,
    );
  ratings.forEach((reader, r) => {
    for (let s = 0; s < n; s++)
      if (!Number.isFinite(reader[s]!))
        throw new SentinodeError(
          'not-finite',
          `Reader ${r + 1} rated subject ${s + 1} ${reader[s]}; leave out subjects without all ratings.`,
        );
  });
}

/**
 * ICC(2,1) of two readers: two-way random effects, absolute agreement, single reader; undefined without variance. The mean
 * squares of `meanSquares`, of which two readers need only half sums and half differences.
 */
export function iccTwoWayRandomSingle(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): number | undefined {
  if (constantThroughout([first, second])) return undefined;
  const n = first.length;
  let sumOfFirst = 0;
  let sumOfSecond = 0;
  for (let s = 0; s < n; s++) {
    sumOfFirst += first[s]!;
    sumOfSecond += second[s]!;
  }
  const grand = (sumOfFirst + sumOfSecond) / (2 * n);
  const shift = (sumOfFirst - sumOfSecond) / (2 * n);
  let between = 0;
  let error = 0;
  for (let s = 0; s < n; s++) {
    const mean = (first[s]! + second[s]!) / 2 - grand;
    const half = (first[s]! - second[s]!) / 2 - shift;
    between += mean * mean;
    error += half * half;
  }
  between *= 2 / (n - 1);
  error *= 2 / (n - 1);
  const reader = 2 * n * shift * shift;
  const denominator = between + error + (2 * (reader - error)) / n;
  return denominator > 0 ? (between - error) / denominator : undefined;
}

/**
 * All six forms with F test and 95 % limits (psych `ICC(lmer = FALSE)`, limits of McGraw & Wong 1996). Negative values
 * are reported, never replaced; readers who agree without error have a value of 1 with limits 1 and 1.
 * @param ratings `ratings[r][s]` is reader r on subject s
 * @throws SentinodeError `length-mismatch`, `too-few-rows`, `not-finite`
 */
export function icc(ratings: readonly ArrayLike<number>[], level = 0.95): IccResult[] {
  checkRatings(ratings);
  const ms = meanSquares(ratings);
  const { between: B, reader: J, error: E, within: W, subjects: n, readers: k } = ms;
  const constant = constantThroughout(ratings);
  const alpha = (1 - level) / 2;
  const df1 = n - 1;
  const one = { f: B / W, df1, df2: n * (k - 1) };
  const two = { f: B / E, df1, df2: (n - 1) * (k - 1) };
  const limits = (test: { f: number; df1: number; df2: number }): [number, number] => [
    test.f / fQuantileOf(1 - alpha, test.df1, test.df2),
    test.f * fQuantileOf(1 - alpha, test.df2, test.df1),
  ];
  // in 1 / F, so that an infinite F has limits
  const single = (f: number): number => (1 - 1 / f) / (1 + (k - 1) / f);
  const average = (f: number): number => 1 - 1 / f;
  const [low1, high1] = limits(one);
  const [low3, high3] = limits(two);
  const single2 = (B - E) / (B + (k - 1) * E + (k * (J - E)) / n);
  const agreement = agreementLimits(ms, single2, alpha);
  const spearmanBrown = (limit: number): number => (limit * k) / (1 + limit * (k - 1));
  const result = (
    form: IccForm,
    value: number,
    ci: readonly [number, number],
    test: typeof one,
  ): IccResult => ({
    form,
    value: !constant && Number.isFinite(value) ? value : undefined,
    ci: !constant && ci.every(Number.isFinite) ? ci : undefined,
    df1: test.df1,
    df2: test.df2,
    f: constant ? undefined : test.f,
    p: constant ? undefined : fUpper(test.f, test.df1, test.df2),
    subjects: n,
    readers: k,
  });
  return [
    result('ICC(1,1)', (B - W) / (B + (k - 1) * W), [single(low1), single(high1)], one),
    result('ICC(2,1)', single2, agreement, two),
    result('ICC(3,1)', (B - E) / (B + (k - 1) * E), [single(low3), single(high3)], two),
    result('ICC(1,k)', (B - W) / B, [average(low1), average(high1)], one),
    result(
      'ICC(2,k)',
      (B - E) / (B + (J - E) / n),
      [spearmanBrown(agreement[0]), spearmanBrown(agreement[1])],
      two,
    ),
    result('ICC(3,k)', (B - E) / B, [average(low3), average(high3)], two),
  ];
}

/** Limits of ICC(2,1) with Satterthwaite's degrees of freedom (McGraw & Wong 1996). */
function agreementLimits(ms: MeanSquares, value: number, alpha: number): [number, number] {
  const { between: B, reader: J, error: E, subjects: n, readers: k } = ms;
  if (E === 0 && J === 0) return [1, 1];
  const rest = n * (1 + (k - 1) * value) - k * value;
  const a = k * value * J + rest * E;
  const denominator = (n - 1) * k * k * value * value * J * J + rest * rest * E * E;
  const v = ((k - 1) * (n - 1) * a * a) / denominator;
  const upperF = fQuantileOf(1 - alpha, n - 1, v);
  const lowerF = fQuantileOf(1 - alpha, v, n - 1);
  return [
    (n * (B - upperF * E)) / (upperF * (k * J + (k * n - k - n) * E) + n * B),
    (n * (lowerF * B - E)) / (k * J + (k * n - k - n) * E + n * lowerF * B),
  ];
}
