import { type Random, SentinodeError } from '@sentinode/core';

/** Rows of one person or hospital. */
interface Group {
  readonly rows: number[];
  readonly counts: readonly [number, number];
}

function groupsOf(outcomes: readonly (0 | 1)[], groups: readonly string[]): Group[] {
  const rows = new Map<string, number[]>();
  groups.forEach((name, row) => {
    const known = rows.get(name);
    if (known === undefined) rows.set(name, [row]);
    else known.push(row);
  });
  return [...rows.values()].map((own) => {
    const events = own.filter((row) => outcomes[row] === 1).length;
    return { rows: own, counts: [own.length - events, events] };
  });
}

/**
 * Test rows of each fold; the rows of a group are never parted, and outcomes are shared out as evenly as the groups
 * allow. Groups are dealt from the largest, those of the same size in random order, each to the fold where the spread
 * of outcome shares over folds becomes smallest (the fold with the fewest rows on ties).
 * @throws SentinodeError `too-few-rows` when there are fewer groups than folds, or a fold gets no row
 */
export function groupedKFold(
  outcomes: readonly (0 | 1)[],
  groups: readonly string[],
  folds: number,
  random: Random,
): number[][] {
  const all = random.shuffle(groupsOf(outcomes, groups)).sort((a, b) => b.rows.length - a.rows.length);
  if (all.length < folds) {
    throw new SentinodeError(
      'too-few-rows',
      `${folds} folds need at least ${folds} persons; there are ${all.length}.`,
      { field: 'resampling' },
    );
  }
  const events = outcomes.filter((outcome) => outcome === 1).length;
  const totals = [Math.max(1, outcomes.length - events), Math.max(1, events)];
  const counts = Array.from({ length: folds }, () => [0, 0]);
  const test: number[][] = Array.from({ length: folds }, () => []);
  for (const group of all) {
    let best = 0;
    let smallest = Number.POSITIVE_INFINITY;
    for (let fold = 0; fold < folds; fold++) {
      const spread = spreadWith(counts, fold, group.counts, totals);
      const better = spread < smallest - 1e-12;
      const tied = Math.abs(spread - smallest) <= 1e-12 && test[fold]!.length < test[best]!.length;
      if (better || tied) {
        best = fold;
        smallest = spread;
      }
    }
    test[best]!.push(...group.rows);
    counts[best]![0]! += group.counts[0];
    counts[best]![1]! += group.counts[1];
  }
  if (test.some((rows) => rows.length === 0)) {
    throw new SentinodeError('too-few-rows', `The groups cannot be shared out to ${folds} folds.`, {
      field: 'resampling',
    });
  }
  return test.map((rows) => rows.sort((a, b) => a - b));
}

/** Sum over outcomes of the variance over folds of the share of that outcome, were the group added to one fold. */
function spreadWith(
  counts: readonly (readonly number[])[],
  fold: number,
  added: readonly [number, number],
  totals: readonly number[],
): number {
  let spread = 0;
  for (let which = 0; which < 2; which++) {
    const shares = counts.map(
      (own, index) => (own[which]! + (index === fold ? added[which]! : 0)) / totals[which]!,
    );
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    spread += shares.reduce((sum, share) => sum + (share - mean) * (share - mean), 0) / shares.length;
  }
  return spread;
}

/** One fold per group (leave one centre out), groups in the order of their first row. */
export function leaveOneGroupOut(groups: readonly string[]): { group: string; test: number[] }[] {
  const names = [...new Set(groups)];
  if (names.length < 2) {
    throw new SentinodeError(
      'too-few-rows',
      `Leaving one centre out needs at least two centres; there is ${names.length === 0 ? 'none' : `only "${names[0]}"`}.`,
      { field: 'resampling.outer' },
    );
  }
  return names.map((group) => ({
    group,
    test: groups.flatMap((name, row) => (name === group ? [row] : [])),
  }));
}
