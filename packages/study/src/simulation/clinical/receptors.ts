import type { Random } from '@sentinode/core';

/** Receptor status of one patient; true is positive. */
export interface Receptors {
  readonly er: boolean;
  readonly pr: boolean;
}

/** Index of the subtype in Table 1. */
const HR_POSITIVE = 0;
const HER2_POSITIVE = 1;
const TRIPLE_NEGATIVE = 2;

/**
 * ER and PR that agree with the subtype: triple-negative tumours lack both, HR+/HER2- tumours have at least one,
 * HER2+ tumours may have either. The wanted numbers of negatives are met as far as that allows (at the published
 * margins always).
 */
export function assignReceptors(
  subtypes: readonly number[],
  wanted: { readonly erNegative: number; readonly prNegative: number },
  random: Random,
): Receptors[] {
  // ER-negative: all triple-negative tumours, then mostly HER2+ ones, seldom HR+/HER2- (which are PR-positive then).
  const erNegative = lowest(
    subtypes.map((subtype) =>
      subtype === TRIPLE_NEGATIVE ? -1 : random.uniform() + (subtype === HR_POSITIVE ? 0.96 : 0),
    ),
    Math.max(wanted.erNegative, subtypes.filter((subtype) => subtype === TRIPLE_NEGATIVE).length),
  );
  const forbidden = subtypes.map((subtype, i) => subtype === HR_POSITIVE && erNegative[i]!);
  const allowed = forbidden.filter((out) => !out).length;
  const forced = subtypes.filter((subtype) => subtype === TRIPLE_NEGATIVE).length;
  const prNegative = lowest(
    subtypes.map((subtype, i) => {
      if (subtype === TRIPLE_NEGATIVE) return -2;
      if (forbidden[i]) return 9;
      return random.uniform() - (subtype === HER2_POSITIVE && erNegative[i] ? 0.8 : 0);
    }),
    Math.min(allowed, Math.max(wanted.prNegative, forced)),
  );
  return subtypes.map((_, i) => ({ er: !erNegative[i], pr: !prNegative[i] }));
}

/** Marks the `count` lowest scores. */
function lowest(scores: readonly number[], count: number): boolean[] {
  const order = scores.map((_, index) => index).sort((a, b) => scores[a]! - scores[b]! || a - b);
  const marked = new Array<boolean>(scores.length).fill(false);
  for (const index of order.slice(0, count)) marked[index] = true;
  return marked;
}
