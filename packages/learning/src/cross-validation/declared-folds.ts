import { type Random, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import { groupedKFold } from './grouped-k-fold.ts';
import { kFold } from './k-fold.ts';
import { stratifiedKFold } from './stratified-k-fold.ts';

/** How a step or classifier shares its training rows out to inner folds. */
export const splitOption = z
  .enum(['stratified-shuffled', 'stratified', 'k-fold'])
  .describe(
    'stratified-shuffled draws from the seed; stratified and k-fold are unshuffled as in scikit-learn',
  );

/**
 * Test rows of inner folds. Rows of one patient (ids that come again: augmentation, bootstrap) are never parted; their
 * folds are drawn, whatever the split. Where the rarer outcome has fewer rows than there are folds, stratified folds are as many
 * as it has rows, and `notes` says so.
 * @throws SentinodeError `too-few-rows`, `one-class` (a fold would leave one outcome only to learn from)
 */
export function declaredFolds(
  outcomes: readonly (0 | 1)[],
  folds: number,
  split: z.output<typeof splitOption>,
  random: Random,
  notes: string[],
  field: string,
  ids?: readonly string[],
): number[][] {
  const n = outcomes.length;
  if (ids !== undefined && new Set(ids).size < n) {
    const patients = (outcome: 0 | 1): number =>
      new Set(ids.filter((_, row) => outcomes[row] === outcome)).size;
    const possible = Math.min(folds, patients(0), patients(1));
    if (possible >= 2) return groupedKFold(outcomes, ids, possible, random);
  }
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  const rarer = Math.min(events, n - events);
  if (rarer < 2)
    throw new SentinodeError(
      'too-few-rows',
      `Folds inside the training rows need at least 2 patients of each outcome; the rarer outcome has ${rarer}.`,
      { field },
    );
  if (split === 'k-fold') {
    if (folds > n)
      throw new SentinodeError(
        'too-few-rows',
        `${folds} folds need at least as many patients; there are ${n}.`,
        {
          field,
        },
      );
    const tests = kFold(n, folds);
    const leavesOne = tests.some((test) => {
      const tested = test.filter((row) => outcomes[row] === 1).length;
      return tested === events || test.length - tested === n - events;
    });
    if (leavesOne)
      throw new SentinodeError(
        'one-class',
        'A fold in row order leaves one outcome only to learn from; use stratified folds.',
        { field },
      );
    return tests;
  }
  const possible = Math.min(folds, rarer);
  if (possible < folds)
    notes.push(`${possible} folds instead of ${folds}: the rarer outcome has ${rarer} patients`);
  return stratifiedKFold(outcomes, possible, split === 'stratified' ? undefined : random);
}

/** Rows that are not in the test rows, ascending. */
export function rowsOutside(test: readonly number[], n: number): number[] {
  const isTest = new Uint8Array(n);
  for (const row of test) isTest[row] = 1;
  const rest: number[] = [];
  for (let row = 0; row < n; row++) if (isTest[row] === 0) rest.push(row);
  return rest;
}
