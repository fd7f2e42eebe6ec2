import { SentinodeError } from '@sentinode/core';
import { tQuantile, tTwoSided } from '../distributions/index.ts';

/** A quantity estimated on several completed data sets, pooled. Names of the parts as in R `mice::pool`. */
export interface PooledEstimate {
  /** Number of imputations. */
  readonly m: number;
  readonly estimate: number;
  /** Mean of the variances within the data sets (`ubar`). */
  readonly within: number;
  /** Variance of the estimates between the data sets (`b`). */
  readonly between: number;
  /** `ubar + (1 + 1/m) b` (`t`). */
  readonly total: number;
  /** Degrees of freedom of Barnard and Rubin; infinite where the complete data have infinitely many and nothing varies. */
  readonly df: number;
  /** Relative increase of the variance due to missing values. */
  readonly riv: number;
  /** Share of the variance that is due to missing values. */
  readonly lambda: number;
  /** Fraction of missing information. */
  readonly fmi: number;
}

/** As `mice`: below this share the degrees of freedom are taken as for this share. */
const SMALLEST_LAMBDA = 1e-4;

/**
 * Rubin's rules (R `mice::pool.scalar`, rule rubin1987), degrees of freedom of Barnard and Rubin (1999).
 * @param variances squared standard errors, one per estimate
 * @param dfComplete degrees of freedom that the estimate would have without missing values; infinite for large samples
 * @throws SentinodeError `too-few-rows` for fewer than two data sets, `length-mismatch`
 */
export function poolRubin(
  estimates: ArrayLike<number>,
  variances: ArrayLike<number>,
  dfComplete = Number.POSITIVE_INFINITY,
): PooledEstimate {
  const m = estimates.length;
  if (m !== variances.length)
    throw new SentinodeError(
      'length-mismatch',
      `${m} estimates and ${variances.length} variances were given; each estimate needs its own.`,
    );
  if (m < 2)
    throw new SentinodeError('too-few-rows', `Rubin's rules need at least two data sets; there is ${m}.`);
  const estimate = meanOf(estimates);
  const within = meanOf(variances);
  let squares = 0;
  for (let j = 0; j < m; j++) squares += (estimates[j]! - estimate) * (estimates[j]! - estimate);
  const between = squares / (m - 1);
  const added = (1 + 1 / m) * between;
  const total = within + added;
  const lambda = total === 0 ? 0 : added / total;
  const riv = within === 0 ? (added === 0 ? 0 : Number.POSITIVE_INFINITY) : added / within;
  const df = barnardRubin(m, lambda, dfComplete);
  const fmi = Number.isFinite(riv) ? (riv + 2 / (df + 3)) / (riv + 1) : 1;
  return { m, estimate, within, between, total, df, riv, lambda, fmi };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let j = 0; j < values.length; j++) sum += values[j]!;
  return sum / values.length;
}

function barnardRubin(m: number, share: number, dfComplete: number): number {
  const lambda = Math.max(share, SMALLEST_LAMBDA);
  const old = (m - 1) / (lambda * lambda);
  if (!Number.isFinite(dfComplete)) return old;
  const observed = ((dfComplete + 1) / (dfComplete + 3)) * dfComplete * (1 - lambda);
  return (old * observed) / (old + observed);
}

/** Test against 0 and interval of a pooled estimate by Student's t with its degrees of freedom. */
export function pooledTest(
  { estimate, total, df }: PooledEstimate,
  level = 0.95,
): { readonly se: number; readonly t: number; readonly p: number; readonly ci: readonly [number, number] } {
  const se = Math.sqrt(total);
  const t = estimate / se;
  const half = tQuantile((1 + level) / 2, df) * se;
  return { se, t, p: tTwoSided(t, df), ci: [estimate - half, estimate + half] };
}
