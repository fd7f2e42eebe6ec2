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
  let between = 0;
  let within = 0;
  for (let s = 0; s < n; s++) {
    let mean = 0;
    for (const reader of ratings) mean += reader[s]!;
    mean /= k;
    between += k * (mean - grand) * (mean - grand);
    for (const reader of ratings) within += (reader[s]! - mean) * (reader[s]! - mean);
  }
  let reader = 0;
  for (const values of ratings) {
    let mean = 0;
    for (let s = 0; s < n; s++) mean += values[s]!;
    mean /= n;
    reader += n * (mean - grand) * (mean - grand);
  }
  const error = Math.max(0, within - reader);
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
  readonly f: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
}

/** Whether both readers gave one and the same value to all; rounding in the mean squares would hide it. */
function constantThroughout(first: ArrayLike<number>, second: ArrayLike<number>): boolean {
  for (let s = 0; s < first.length; s++) if (first[s] !== first[0] || second[s] !== first[0]) return false;
  return true;
}

/** ICC(2,1) of two readers: two-way random effects, absolute agreement, single reader; undefined without variance. */
export function iccTwoWayRandomSingle(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): number | undefined {
  if (constantThroughout(first, second)) return undefined;
  const { between, reader, error, subjects: n, readers: k } = meanSquares([first, second]);
  const denominator = between + (k - 1) * error + (k * (reader - error)) / n;
  return denominator > 0 ? (between - error) / denominator : undefined;
}

/** All six forms with 95 % limits (psych `ICC(lmer = FALSE)`). Negative values are reported, never replaced. */
export function icc(ratings: readonly ArrayLike<number>[], level = 0.95): IccResult[] {
  const ms = meanSquares(ratings);
  const { between: B, reader: J, error: E, within: W, subjects: n, readers: k } = ms;
  const alpha = (1 - level) / 2;
  const df1 = n - 1;
  const one = { f: B / W, df1, df2: n * (k - 1) };
  const two = { f: B / E, df1, df2: (n - 1) * (k - 1) };
  const limits = (test: { f: number; df1: number; df2: number }): [number, number] => [
    test.f / fQuantileOf(1 - alpha, test.df1, test.df2),
    test.f * fQuantileOf(1 - alpha, test.df2, test.df1),
  ];
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
    value: Number.isFinite(value) ? value : undefined,
    ci: Number.isFinite(ci[0]) && Number.isFinite(ci[1]) ? ci : undefined,
    ...test,
    p: fUpper(test.f, test.df1, test.df2),
  });
  return [
    result(
      'ICC(1,1)',
      (B - W) / (B + (k - 1) * W),
      [(low1 - 1) / (low1 + k - 1), (high1 - 1) / (high1 + k - 1)],
      one,
    ),
    result('ICC(2,1)', single2, agreement, two),
    result(
      'ICC(3,1)',
      (B - E) / (B + (k - 1) * E),
      [(low3 - 1) / (low3 + k - 1), (high3 - 1) / (high3 + k - 1)],
      two,
    ),
    result('ICC(1,k)', (B - W) / B, [1 - 1 / low1, 1 - 1 / high1], one),
    result(
      'ICC(2,k)',
      (B - E) / (B + (J - E) / n),
      [spearmanBrown(agreement[0]), spearmanBrown(agreement[1])],
      two,
    ),
    result('ICC(3,k)', (B - E) / B, [1 - 1 / low3, 1 - 1 / high3], two),
  ];
}

/** Limits of ICC(2,1) with Satterthwaite's degrees of freedom (McGraw & Wong 1996). */
function agreementLimits(ms: MeanSquares, value: number, alpha: number): [number, number] {
  const { between: B, reader: J, error: E, subjects: n, readers: k } = ms;
  const ratio = J / E;
  const a = k * value * ratio + n * (1 + (k - 1) * value) - k * value;
  const numerator = (k - 1) * (n - 1) * a * a;
  const denominator =
    (n - 1) * k * k * value * value * ratio * ratio +
    (n * (1 + (k - 1) * value) - k * value) * (n * (1 + (k - 1) * value) - k * value);
  const v = numerator / denominator;
  const upperF = fQuantileOf(1 - alpha, n - 1, v);
  const lowerF = fQuantileOf(1 - alpha, v, n - 1);
  return [
    (n * (B - upperF * E)) / (upperF * (k * J + (k * n - k - n) * E) + n * B),
    (n * (lowerF * B - E)) / (k * J + (k * n - k - n) * E + n * lowerF * B),
  ];
}
