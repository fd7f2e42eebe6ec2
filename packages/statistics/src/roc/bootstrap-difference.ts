import type { Random } from '@sentinode/core';
import {
  drawStratified,
  percentileInterval,
  percentileP,
  RESAMPLES,
  strataOf,
} from '../bootstrap/resampling.ts';
import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { standardDeviation } from '../describe/summary.ts';
import { normalTwoSided } from '../distributions/index.ts';
import type { ScoredCases } from './delong.ts';

/** A difference of two AUCs with its bootstrap distribution summarised in the two ways in use. */
export interface BootstrapDifference {
  readonly difference: number;
  readonly resamples: number;
  readonly sampling: 'stratified by outcome, paired' | 'stratified by outcome, unpaired';
  readonly normal: { readonly definition: string; readonly statistic: number | null; readonly p: number };
  readonly percentile: {
    readonly definition: string;
    readonly ci: readonly [number, number];
    readonly p: number;
  };
}

/** Place of each score among the distinct scores, ascending. */
export function places(scores: ArrayLike<number>): { place: Uint32Array; distinct: number } {
  const sorted = [...new Set(Array.from(scores))].sort((a, b) => a - b);
  const index = new Map(sorted.map((value, k) => [value, k]));
  return { place: Uint32Array.from(scores, (value) => index.get(value)!), distinct: sorted.length };
}

/** AUC of any cases drawn from those given, in time proportional to their number; `drawn` holds the events first. */
export function resampledAuc(scores: ArrayLike<number>): (drawn: Uint32Array, events: number) => number {
  const { place, distinct } = places(scores);
  const positives = new Float64Array(distinct);
  const negatives = new Float64Array(distinct);
  return (drawn, events) => {
    positives.fill(0);
    negatives.fill(0);
    for (let i = 0; i < events; i++) positives[place[drawn[i]!]!]!++;
    for (let i = events; i < drawn.length; i++) negatives[place[drawn[i]!]!]!++;
    let below = 0;
    let wins = 0;
    for (let k = 0; k < distinct; k++) {
      wins += positives[k]! * (below + negatives[k]! / 2);
      below += negatives[k]!;
    }
    return wins / (events * (drawn.length - events));
  };
}

/** Both definitions of p from one set of resampled differences. */
export function summariseDifferences(
  difference: number,
  resampled: Float64Array,
  sampling: BootstrapDifference['sampling'],
): BootstrapDifference {
  const sd = standardDeviation(resampled);
  const statistic = sd > 0 ? difference / sd : difference === 0 ? 0 : null;
  return {
    difference,
    resamples: resampled.length,
    sampling,
    normal: {
      definition: 'D = difference / SD of the resampled differences, two-sided normal p (pROC)',
      statistic,
      p: statistic === null ? 0 : normalTwoSided(statistic),
    },
    percentile: {
      definition:
        'percentile interval (type 7); p = twice the smaller share of resampled differences beyond 0',
      ci: percentileInterval(resampled)!,
      p: percentileP(resampled),
    },
  };
}

/**
 * Bootstrap test of two AUCs on the same cases: cases are drawn within each outcome class, the same for both scores
 * (pROC `roc.test(method = "bootstrap")`, stratified, 2,000).
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function bootstrapAucDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  outcomes: Outcomes,
  random: Random,
  resamples = RESAMPLES,
): BootstrapDifference {
  checkScores(a, outcomes);
  checkScores(b, outcomes);
  const events = countEvents(outcomes);
  const strata = strataOf(outcomes);
  const [aucA, aucB] = [resampledAuc(a), resampledAuc(b)];
  const drawn = new Uint32Array(outcomes.length);
  drawn.set(strata.events);
  drawn.set(strata.nonEvents, events);
  const difference = aucA(drawn, events) - aucB(drawn, events);
  const resampled = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) {
    drawStratified(strata, random, drawn);
    resampled[r] = aucA(drawn, events) - aucB(drawn, events);
  }
  return summariseDifferences(difference, resampled, 'stratified by outcome, paired');
}

/** The same for two groups of cases, each drawn on its own (training minus validation AUC, for example). */
export function bootstrapAucDifferenceUnpaired(
  a: ScoredCases,
  b: ScoredCases,
  random: Random,
  resamples = RESAMPLES,
): BootstrapDifference {
  const [first, second] = [a, b].map(({ scores, outcomes }) => {
    checkScores(scores, outcomes);
    const events = countEvents(outcomes);
    const strata = strataOf(outcomes);
    const drawn = Uint32Array.of(...strata.events, ...strata.nonEvents);
    const auc = resampledAuc(scores);
    return {
      observed: auc(drawn, events),
      next: (): number => {
        drawStratified(strata, random, drawn);
        return auc(drawn, events);
      },
    };
  }) as [{ observed: number; next: () => number }, { observed: number; next: () => number }];
  const resampled = new Float64Array(resamples);
  for (let r = 0; r < resamples; r++) resampled[r] = first.next() - second.next();
  return summariseDifferences(first.observed - second.observed, resampled, 'stratified by outcome, unpaired');
}
