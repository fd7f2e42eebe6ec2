import type { Random } from '@sentinode/core';
import type { Outcomes } from '../checks.ts';
import { quantileOfSorted } from '../describe/summary.ts';

/** Resamples of a bootstrap interval where nothing else is said. */
export const RESAMPLES = 2000;

/** Indices of the cases with and without the event. */
export interface Strata {
  readonly events: Uint32Array;
  readonly nonEvents: Uint32Array;
}

export function strataOf(outcomes: Outcomes): Strata {
  const events: number[] = [];
  const nonEvents: number[] = [];
  for (let i = 0; i < outcomes.length; i++) (outcomes[i] === 1 ? events : nonEvents).push(i);
  return { events: Uint32Array.from(events), nonEvents: Uint32Array.from(nonEvents) };
}

/** Draws as many cases as there are, with replacement, within each outcome class; events come first in `drawn`. */
export function drawStratified({ events, nonEvents }: Strata, random: Random, drawn: Uint32Array): void {
  for (let i = 0; i < events.length; i++) drawn[i] = events[random.integer(events.length)]!;
  for (let i = 0; i < nonEvents.length; i++)
    drawn[events.length + i] = nonEvents[random.integer(nonEvents.length)]!;
}

/** Draws as many cases as there are, with replacement, whatever their outcome. */
export function drawSimple(random: Random, drawn: Uint32Array): void {
  for (let i = 0; i < drawn.length; i++) drawn[i] = random.integer(drawn.length);
}

/** Percentile interval (type 7 quantiles); null of nothing. Values that are no numbers must be left out before. */
export function percentileInterval(values: ArrayLike<number>, level = 0.95): [number, number] | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const tail = (1 - level) / 2;
  return [quantileOfSorted(sorted, tail), quantileOfSorted(sorted, 1 - tail)];
}

/** Twice the smaller share of resampled differences on one side of 0 (0 counts on both sides), at most 1. */
export function percentileP(differences: ArrayLike<number>): number {
  let low = 0;
  let high = 0;
  for (let i = 0; i < differences.length; i++) {
    if (differences[i]! <= 0) low++;
    if (differences[i]! >= 0) high++;
  }
  return Math.min(1, (2 * Math.min(low, high)) / differences.length);
}
