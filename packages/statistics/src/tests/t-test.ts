import { mean, squaredDeviations } from '../describe/summary.ts';
import { tTwoSided } from '../distributions/index.ts';

/** Result of a t-test; t is of mean(a) - mean(b). */
export interface TTest {
  readonly t: number;
  readonly df: number;
  readonly p: number;
}

/** Student's t-test with pooled variance (R `t.test(var.equal = TRUE)`); undefined without spread. */
export function studentT(a: ArrayLike<number>, b: ArrayLike<number>): TTest | undefined {
  const df = a.length + b.length - 2;
  const pooled = (squaredDeviations(a) + squaredDeviations(b)) / df;
  if (df < 1 || !(pooled > 0)) return undefined;
  const t = (mean(a) - mean(b)) / Math.sqrt(pooled * (1 / a.length + 1 / b.length));
  return { t, df, p: tTwoSided(t, df) };
}

/** Welch's t-test (R `t.test`); undefined without spread. */
export function welchT(a: ArrayLike<number>, b: ArrayLike<number>): TTest | undefined {
  if (a.length < 2 || b.length < 2) return undefined;
  const va = squaredDeviations(a) / (a.length - 1) / a.length;
  const vb = squaredDeviations(b) / (b.length - 1) / b.length;
  if (!(va + vb > 0)) return undefined;
  const t = (mean(a) - mean(b)) / Math.sqrt(va + vb);
  const df = ((va + vb) * (va + vb)) / ((va * va) / (a.length - 1) + (vb * vb) / (b.length - 1));
  return { t, df, p: tTwoSided(t, df) };
}
