import gammainc from '@stdlib/math-base-special-gammainc';
import fCdf from '@stdlib/stats-base-dists-f-cdf';
import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import normalCdfOf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tCdfOf from '@stdlib/stats-base-dists-t-cdf';

/** P(Z <= z) of the standard normal. */
export const normalCdf = (z: number): number => normalCdfOf(z, 0, 1);

/** z with P(Z <= z) = p. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 0, 1);

/** Two-sided p of a standard normal statistic, exact in the tail. */
export const normalTwoSided = (z: number): number => Math.min(1, 2 * normalCdf(-Math.abs(z)));

/** Two-sided p of a t statistic with `df` degrees of freedom. */
export const tTwoSided = (t: number, df: number): number => Math.min(1, 2 * tCdfOf(-Math.abs(t), df));

/** P(X > x) of the chi-square distribution, by the upper incomplete gamma function (no cancellation). */
export const chiSquareUpper = (x: number, df: number): number =>
  x <= 0 ? 1 : gammainc(x / 2, df / 2, true, true);

/** P(X > x) of the F distribution, by reflection. */
export const fUpper = (x: number, df1: number, df2: number): number =>
  x <= 0 ? 1 : x === Number.POSITIVE_INFINITY ? 0 : fCdf(1 / x, df2, df1);

/** x with P(X <= x) = p of the F distribution. */
export const fQuantileOf = (p: number, df1: number, df2: number): number => fQuantile(p, df1, df2);

/** x with P(X <= x) = p of Student's t, p >= 0.5, through F with 1 and df degrees of freedom. */
export const tQuantile = (p: number, df: number): number => Math.sqrt(fQuantile(2 * p - 1, 1, df));
