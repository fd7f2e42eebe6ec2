import { exp, log1p } from '@sentinode/core';
import gammaln from '@stdlib/math-base-special-gammaln';
import { chiSquareUpper } from '../distributions/index.ts';

export interface McNemar {
  readonly statistic: number;
  readonly df: 1;
  readonly p: number;
  readonly correction: 'none' | 'continuity';
}

/**
 * McNemar's test of paired yes/no answers: b and c are the discordant counts; continuity correction as R's
 * `mcnemar.test` by default. Without discordant pairs p = 1 (R gives no number).
 */
export function mcnemar(b: number, c: number, options: { readonly continuity?: boolean } = {}): McNemar {
  const continuity = options.continuity ?? true;
  const correction = continuity ? 'continuity' : 'none';
  if (b + c === 0) return { statistic: 0, df: 1, p: 1, correction };
  const deviation = Math.abs(b - c) - (continuity && b !== c ? 1 : 0);
  const statistic = (deviation * deviation) / (b + c);
  return { statistic, df: 1, p: chiSquareUpper(statistic, 1), correction };
}

/** Exact two-sided McNemar test: binomial of b among b + c with share 1/2. */
export function mcnemarExact(b: number, c: number): number {
  const n = b + c;
  const least = Math.min(b, c);
  if (b === c) return 1;
  // from the largest term downwards; each is the one above times k / (n - k + 1)
  let term = exp(gammaln(n + 1) - gammaln(least + 1) - gammaln(n - least + 1) + n * log1p(-0.5));
  let tail = 0;
  for (let k = least; k >= 0; k--) {
    tail += term;
    term *= k / (n - k + 1);
  }
  return Math.min(1, 2 * tail);
}
