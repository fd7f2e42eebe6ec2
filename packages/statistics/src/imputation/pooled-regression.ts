import { exp } from '@sentinode/core';
import type { Outcomes } from '../checks.ts';
import { chiSquareUpper, fUpper } from '../distributions/index.ts';
import { designMatrix, type RegressionTerm } from '../regression/design.ts';
import { linearPredictor } from '../regression/likelihood.ts';
import { fitLogistic, type LogisticFit } from '../regression/logistic.ts';
import type { CoefficientRow } from '../results.ts';
import { type PooledEstimate, pooledTest, poolRubin } from './rubin.ts';

/** A coefficient of completed data sets, pooled. */
export interface PooledCoefficient {
  readonly row: CoefficientRow;
  /** null for an aliased term, and with one data set. */
  readonly pooled: PooledEstimate | null;
}

/**
 * Coefficients of the same logistic regression on completed data sets by Rubin's rules: test and interval by Student's t
 * with the degrees of freedom of Barnard and Rubin, complete ones n minus coefficients (R `mice::pool`). A term that is
 * aliased in one of the data sets has no pooled coefficient; where one of the fits is separated there are no intervals.
 * One data set stays as it is.
 */
export function poolLogistic(
  fits: readonly Pick<LogisticFit, 'rows' | 'n' | 'rank' | 'separated'>[],
): PooledCoefficient[] {
  const first = fits[0]!;
  if (fits.length === 1) return first.rows.map((row) => ({ row, pooled: null }));
  // a coefficient without a maximum in one data set leaves the pooled interval without meaning
  const isSeparated = fits.some(({ separated }) => separated);
  return first.rows.map((row, j): PooledCoefficient => {
    const rows = fits.map((fit) => fit.rows[j]!);
    const named = { term: row.term, variable: row.variable, level: row.level, reference: row.reference };
    if (rows.some(({ coefficient }) => coefficient === null))
      return {
        row: { ...named, coefficient: null, se: null, z: null, p: null, oddsRatio: null, ci: null },
        pooled: null,
      };
    const estimates = rows.map(({ coefficient }) => coefficient!);
    if (rows.some(({ se }) => se === null)) {
      const coefficient = estimates.reduce((sum, value) => sum + value, 0) / estimates.length;
      return {
        row: { ...named, coefficient, oddsRatio: exp(coefficient), se: null, z: null, p: null, ci: null },
        pooled: null,
      };
    }
    const pooled = poolRubin(
      estimates,
      rows.map(({ se }) => se! * se!),
      first.n - first.rank,
    );
    const { se, t, p, ci } = pooledTest(pooled);
    const limits = [exp(ci[0]), exp(ci[1])] as const;
    return {
      row: {
        ...named,
        coefficient: pooled.estimate,
        se,
        z: t,
        p,
        oddsRatio: exp(pooled.estimate),
        ci: limits.every(Number.isFinite) && !isSeparated ? limits : null,
      },
      pooled,
    };
  });
}

/** Pooled likelihood-ratio test of nested models. */
export interface PooledLikelihoodRatio {
  readonly statistic: number;
  readonly df: number;
  /** Denominator degrees of freedom; null for one data set (chi-square) and where nothing varies. */
  readonly df2: number | null;
  readonly p: number | null;
}

/** A model on completed data sets: its terms and fits, one per data set. */
export interface CompletedModel {
  readonly terms: readonly (readonly RegressionTerm[])[];
  readonly fits: readonly LogisticFit[];
}

/** Increases of the variance below this are rounding. */
const NO_INCREASE = 1e-10;

/**
 * Likelihood-ratio test of completed data sets (Meng and Rubin 1992) as R `mice::D3` computes it: the pooled coefficients
 * stand in every data set, the intercept is fitted anew. One data set gives the ordinary test.
 */
export function pooledLikelihoodRatio(
  full: CompletedModel,
  reduced: CompletedModel,
  outcomes: Outcomes,
): PooledLikelihoodRatio {
  const m = full.fits.length;
  const df = full.fits[0]!.rank - reduced.fits[0]!.rank;
  const gap = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, j) => sum + value - b[j]!, 0) / m;
  const deviances = ({ fits }: CompletedModel): number[] => fits.map((fit) => fit.deviance);
  const apart = Math.max(0, gap(deviances(reduced), deviances(full)));
  if (df <= 0) return { statistic: apart, df, df2: null, p: null };
  if (m === 1) return { statistic: apart, df, df2: null, p: chiSquareUpper(apart, df) };
  const together = gap(constrained(reduced, outcomes), constrained(full, outcomes));
  const increase = ((m + 1) / (df * (m - 1))) * (apart - together);
  if (!(increase > NO_INCREASE))
    return {
      statistic: Math.max(0, together) / df,
      df,
      df2: null,
      p: chiSquareUpper(Math.max(0, together), df),
    };
  const statistic = Math.max(0, together / (df * (1 + increase)));
  const v = df * (m - 1);
  const square = (value: number): number => value * value;
  const df2 =
    v > 4
      ? 4 + (v - 4) * square(1 + (1 - 2 / v) / increase)
      : (v * (1 + 1 / df) * square(1 + 1 / increase)) / 2;
  return { statistic, df, df2, p: fUpper(statistic, df, df2) };
}

/** Deviances with the pooled coefficients held fixed. */
function constrained({ terms, fits }: CompletedModel, outcomes: Outcomes): number[] {
  const pooled = Array.from(fits[0]!.coefficients, (_, j) => {
    const values = fits.map((fit) => fit.coefficients[j]!);
    return values.some(Number.isNaN) ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  return terms.map((own) => {
    const design = designMatrix(own, outcomes.length);
    const offset = linearPredictor(
      design.map((column) => column.values),
      pooled,
      outcomes.length,
    );
    return fitLogistic(design.slice(0, 1), outcomes, offset).deviance;
  });
}
