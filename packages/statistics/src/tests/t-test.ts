import { mean, squaredDeviations } from '../describe/summary.ts';
import { tQuantile, tTwoSided } from '../distributions/index.ts';

/** Result of a t-test; t and difference are of mean(a) - mean(b). */
export interface TTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
  readonly difference: number;
  readonly ci: readonly [number, number];
  readonly method: 'Student t' | 'Welch t';
}

/** Standard errors below this share of the larger mean are rounding: R calls such data essentially constant. */
const CONSTANT = 10 * 2 ** -52;

/** Student's t-test with pooled variance (R `t.test(var.equal = TRUE)`); undefined without spread. */
export function studentT(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): TTest | undefined {
  const df = a.length + b.length - 2;
  if (a.length < 1 || b.length < 1 || df < 1) return undefined;
  const pooled = (squaredDeviations(a) + squaredDeviations(b)) / df;
  const se = Math.sqrt(pooled * (1 / a.length + 1 / b.length));
  return testOf(a, b, se, df, level, 'Student t');
}

/** Welch's t-test (R `t.test`); undefined without spread or with fewer than two values in a group. */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): TTest | undefined {
  if (a.length < 2 || b.length < 2) return undefined;
  const va = squaredDeviations(a) / (a.length - 1) / a.length;
  const vb = squaredDeviations(b) / (b.length - 1) / b.length;
  const df = ((va + vb) * (va + vb)) / ((va * va) / (a.length - 1) + (vb * vb) / (b.length - 1));
  return testOf(a, b, Math.sqrt(va + vb), df, level, 'Welch t');
}

function testOf(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  se: number,
  df: number,
  level: number,
  method: TTest['method'],
): TTest | undefined {
  const [meanA, meanB] = [mean(a), mean(b)];
  if (!(se > CONSTANT * Math.max(Math.abs(meanA), Math.abs(meanB)))) return undefined;
  const difference = meanA - meanB;
  const t = difference / se;
  const half = tQuantile(1 - (1 - level) / 2, df) * se;
  return { t, df, p: tTwoSided(t, df), difference, ci: [difference - half, difference + half], method };
}
