import { createRandom } from '@sentinode/core';
import type { Cohort } from '../results/study-results.ts';

/** A patient as the split sees it. */
export interface SplitRow {
  readonly id: string;
  readonly outcome: 0 | 1;
  /** Person, where several rows belong together; they go to one cohort. */
  readonly group?: string;
}

/**
 * Random split: ceil(test x n) patients go to the validation cohort (as scikit-learn's train_test_split counts).
 * Unstratified, the whole list is shuffled once; stratified, each outcome class is, and the validation places are
 * shared in proportion (largest remainder). The split depends on the seed and the order of the rows only.
 */
export function randomSplit(
  rows: readonly SplitRow[],
  test: number,
  seed: number,
  stratify: boolean,
): Map<string, Cohort> {
  if (rows.some((row) => row.group !== undefined)) return groupedSplit(rows, test, seed, stratify);
  const random = createRandom(seed, 'split');
  const validationCount = Math.ceil(test * rows.length - 1e-9);
  const strata = stratify
    ? [rows.filter((row) => row.outcome === 0), rows.filter((row) => row.outcome === 1)]
    : [rows];
  const places = shareOut(
    validationCount,
    strata.map((stratum) => stratum.length),
  );
  const chosen = new Set<string>();
  strata.forEach((stratum, index) => {
    const shuffled = random.fork(`stratum-${index}`).shuffle(stratum.map((row) => row.id));
    for (const id of shuffled.slice(0, places[index])) chosen.add(id);
  });
  return new Map(rows.map((row) => [row.id, chosen.has(row.id) ? 'validation' : 'training']));
}

/**
 * Split of persons: each is one row whose outcome is that of any of their rows, so that stratification and the share of
 * the validation cohort count persons.
 */
function groupedSplit(
  rows: readonly SplitRow[],
  test: number,
  seed: number,
  stratify: boolean,
): Map<string, Cohort> {
  const persons = new Map<string, 0 | 1>();
  for (const { id, group = id, outcome } of rows)
    persons.set(group, outcome === 1 ? 1 : (persons.get(group) ?? 0));
  const split = randomSplit(
    [...persons].map(([id, outcome]) => ({ id, outcome })),
    test,
    seed,
    stratify,
  );
  return new Map(rows.map(({ id, group = id }) => [id, split.get(group)!]));
}

/** Shares `total` places in proportion to `sizes`; what is left by rounding goes to the largest remainders. */
function shareOut(total: number, sizes: readonly number[]): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (all === 0 ? 0 : (total * size) / all));
  const shares = exact.map(Math.floor);
  const order = exact
    .map((value, index) => ({ index, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = total - shares.reduce((sum, share) => sum + share, 0);
  for (const { index } of order) {
    if (left <= 0) break;
    shares[index]! += 1;
    left -= 1;
  }
  return shares;
}
