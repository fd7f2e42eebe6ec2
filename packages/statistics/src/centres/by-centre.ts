import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { chiSquareUpper, normalQuantile } from '../distributions/index.ts';
import { proportion } from '../proportions/proportion.ts';
import type { AucResult, Proportion } from '../results.ts';
import { auc } from '../roc/auc.ts';

/** One centre; without both outcomes it has no AUC. */
export interface CentreRow {
  readonly centre: string;
  readonly n: number;
  readonly events: number;
  readonly eventShare: Proportion;
  readonly auc: AucResult | null;
  /** Mean score minus share of events, for probabilities a crude calibration; null otherwise. */
  readonly meanMinusObserved: number | null;
}

/** Discrimination by centre, within centres, and over all cases. */
export interface ByCentre {
  readonly centres: readonly CentreRow[];
  /** All pairs of cases, whatever their centre. */
  readonly pooled: AucResult;
  /**
   * Pairs within a centre only: AUCs weighted by their number of pairs, which a difference in event share between
   * centres cannot inflate. null when no centre has both outcomes.
   */
  readonly within: {
    readonly auc: number;
    readonly ci: readonly [number, number] | null;
    readonly centres: number;
    readonly pairs: number;
    readonly method: string;
  } | null;
  /** Cochran's Q of the AUCs of centres with a variance; null with fewer than two. */
  readonly heterogeneity: {
    readonly q: number;
    readonly df: number;
    readonly p: number;
    /** Share of the variation that is not chance. */
    readonly i2: number;
  } | null;
  readonly n: number;
  readonly events: number;
}

/** @throws SentinodeError `length-mismatch`, `not-finite`, `one-class` over all cases */
export function byCentre(
  scores: ArrayLike<number>,
  outcomes: Outcomes,
  centres: readonly string[],
  level = 0.95,
): ByCentre {
  checkScores(scores, outcomes);
  const events = countEvents(outcomes);
  const probabilities = Array.from(scores).every((score) => score >= 0 && score <= 1);
  const names = [...new Set(centres)].sort();
  const rows = names.map((centre): CentreRow => {
    const members = centres.flatMap((name, i) => (name === centre ? [i] : []));
    const ownScores = members.map((i) => scores[i]!);
    const ownOutcomes = members.map((i) => outcomes[i]!);
    const own = ownOutcomes.filter((outcome) => outcome === 1).length;
    const sum = ownScores.reduce((a, b) => a + b, 0);
    return {
      centre,
      n: members.length,
      events: own,
      eventShare: proportion(own, members.length),
      auc: own === 0 || own === members.length ? null : auc(ownScores, ownOutcomes, level),
      meanMinusObserved: probabilities ? (sum - own) / members.length : null,
    };
  });
  const usable = rows.filter((row) => row.auc !== null).map((row) => ({ ...row, auc: row.auc! }));
  return {
    centres: rows,
    pooled: auc(scores, outcomes, level),
    within: withinCentres(usable, level),
    heterogeneity: heterogeneity(usable.map((row) => row.auc)),
    n: outcomes.length,
    events,
  };
}

function withinCentres(
  rows: readonly { readonly n: number; readonly events: number; readonly auc: AucResult }[],
  level: number,
): ByCentre['within'] {
  if (rows.length === 0) return null;
  const pairsOf = ({ n, events }: { n: number; events: number }): number => events * (n - events);
  const pairs = rows.reduce((sum, row) => sum + pairsOf(row), 0);
  let value = 0;
  let spread = 0;
  for (const row of rows) {
    const weight = pairsOf(row) / pairs;
    value += weight * row.auc.auc;
    spread += weight * weight * (row.auc.variance ?? Number.NaN);
  }
  const half = normalQuantile(1 - (1 - level) / 2) * Math.sqrt(spread);
  const known = Number.isFinite(spread);
  return {
    auc: value,
    ci: known ? [Math.max(0, value - half), Math.min(1, value + half)] : null,
    centres: rows.length,
    pairs,
    method: known
      ? 'AUCs of centres weighted by pairs, DeLong variances'
      : 'AUCs of centres weighted by pairs; no interval: a centre has a single case of an outcome',
  };
}

function heterogeneity(results: readonly AucResult[]): ByCentre['heterogeneity'] {
  const used = results.filter((one) => one.variance !== null && one.variance > 0);
  if (used.length < 2) return null;
  const weights = used.map((one) => 1 / one.variance!);
  const total = weights.reduce((a, b) => a + b, 0);
  const mean = used.reduce((sum, one, k) => sum + weights[k]! * one.auc, 0) / total;
  const q = used.reduce((sum, one, k) => sum + weights[k]! * (one.auc - mean) * (one.auc - mean), 0);
  const df = used.length - 1;
  return { q, df, p: chiSquareUpper(q, df), i2: q > 0 ? Math.max(0, (q - df) / q) : 0 };
}
