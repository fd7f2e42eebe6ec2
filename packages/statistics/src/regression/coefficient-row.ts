import { exp } from '@sentinode/core';
import { normalQuantile, normalTwoSided } from '../distributions/index.ts';
import type { CoefficientRow } from '../results.ts';
import type { DesignColumn } from './design.ts';

type Described = Pick<CoefficientRow, 'term' | 'variable' | 'level' | 'reference'>;

export const describeColumn = ({ term, variable, level, reference }: DesignColumn): Described => ({
  term,
  variable,
  level,
  reference,
});

/** A coefficient that is a combination of earlier ones. */
export const aliasedRow = (column: DesignColumn): CoefficientRow => ({
  ...describeColumn(column),
  coefficient: null,
  se: null,
  z: null,
  p: null,
  oddsRatio: null,
  ci: null,
});

/** Wald test and 95 % limits of the odds ratio (R `confint.default`, SPSS); no limits where an error is missing. */
export function waldRow(column: DesignColumn, coefficient: number, se: number): CoefficientRow {
  const row = { ...describeColumn(column), coefficient, oddsRatio: exp(coefficient) };
  if (!Number.isFinite(se) || !(se > 0)) return { ...row, se: null, z: null, p: null, ci: null };
  const half = normalQuantile(0.975) * se;
  const z = coefficient / se;
  const ci = [exp(coefficient - half), exp(coefficient + half)] as const;
  return { ...row, se, z, p: normalTwoSided(z), ci: ci.every(Number.isFinite) ? ci : null };
}
