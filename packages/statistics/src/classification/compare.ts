import type { Random } from '@sentinode/core';
import { percentileInterval, percentileP, RESAMPLES } from '../bootstrap/resampling.ts';
import { checkScores, countEvents, type Outcomes } from '../checks.ts';
import { type McNemar, mcnemar, mcnemarExact } from '../tests/mcnemar.ts';
import { type ConfusionCounts, f1Score } from './confusion.ts';

/** Difference a - b of one rate, percentile interval of a paired stratified bootstrap. */
export interface RateDifference {
  /** null when a rate is undefined. */
  readonly difference: number | null;
  readonly ci: readonly [number, number] | null;
  readonly p: number | null;
}

const rates = {
  accuracy: ({ tp, fp, fn, tn }: ConfusionCounts) => (tp + tn) / (tp + fp + fn + tn),
  sensitivity: ({ tp, fn }: ConfusionCounts) => tp / (tp + fn),
  specificity: ({ fp, tn }: ConfusionCounts) => tn / (fp + tn),
  ppv: ({ tp, fp }: ConfusionCounts) => tp / (tp + fp),
  npv: ({ fn, tn }: ConfusionCounts) => tn / (fn + tn),
  f1: (counts: ConfusionCounts) => f1Score(counts) ?? Number.NaN,
};
type Rate = keyof typeof rates;
const names = Object.keys(rates) as Rate[];

/** Two rules on the same cases: differences of all rates, and McNemar's tests on the discordant calls. */
export interface CallComparison {
  readonly differences: Readonly<Record<Rate, RateDifference>>;
  /** Exact McNemar tests: of right calls, of calls among events, among non-events. `b`: only the first is right. */
  readonly mcnemar: {
    readonly accuracy: McNemarPair;
    readonly sensitivity: McNemarPair;
    readonly specificity: McNemarPair;
  };
  readonly n: number;
  readonly events: number;
  readonly method: string;
}

interface McNemarPair {
  readonly b: number;
  readonly c: number;
  readonly exact: number;
  readonly corrected: McNemar;
}

/**
 * Compares the calls of two scores at a threshold each (positive if score >= threshold).
 * @throws SentinodeError `one-class`, `not-finite`, `length-mismatch`
 */
export function compareCalls(
  a: { readonly scores: ArrayLike<number>; readonly threshold: number },
  b: { readonly scores: ArrayLike<number>; readonly threshold: number },
  outcomes: Outcomes,
  random: Random,
  resamples = RESAMPLES,
): CallComparison {
  checkScores(a.scores, outcomes);
  checkScores(b.scores, outcomes);
  const events = countEvents(outcomes);
  // cases of the four pairs of calls (a, b): ++, +-, -+, --; resampling within a class draws from these
  const cells = { event: [0, 0, 0, 0], none: [0, 0, 0, 0] };
  for (let i = 0; i < outcomes.length; i++) {
    const cell = (a.scores[i]! >= a.threshold ? 0 : 2) + (b.scores[i]! >= b.threshold ? 0 : 1);
    cells[outcomes[i] === 1 ? 'event' : 'none'][cell]!++;
  }
  const counts = (event: readonly number[], none: readonly number[]): [ConfusionCounts, ConfusionCounts] => [
    {
      tp: event[0]! + event[1]!,
      fn: event[2]! + event[3]!,
      fp: none[0]! + none[1]!,
      tn: none[2]! + none[3]!,
    },
    {
      tp: event[0]! + event[2]!,
      fn: event[1]! + event[3]!,
      fp: none[0]! + none[2]!,
      tn: none[1]! + none[3]!,
    },
  ];
  const differenceOf = ([first, second]: [ConfusionCounts, ConfusionCounts], name: Rate): number =>
    rates[name](first) - rates[name](second);
  const resampled = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Rate, number[]>;
  for (let r = 0; r < resamples; r++) {
    const drawn = counts(drawCells(cells.event, random), drawCells(cells.none, random));
    for (const name of names) {
      const value = differenceOf(drawn, name);
      if (Number.isFinite(value)) resampled[name].push(value);
    }
  }
  const observed = counts(cells.event, cells.none);
  const differences = Object.fromEntries(
    names.map((name) => {
      const value = differenceOf(observed, name);
      const defined = Number.isFinite(value);
      return [
        name,
        {
          difference: defined ? value : null,
          ci: defined ? percentileInterval(resampled[name]) : null,
          p: defined && resampled[name].length > 0 ? percentileP(resampled[name]) : null,
        },
      ];
    }),
  ) as Record<Rate, RateDifference>;
  const pair = (b: number, c: number): McNemarPair => ({
    b,
    c,
    exact: mcnemarExact(b, c),
    corrected: mcnemar(b, c),
  });
  const { event, none } = cells;
  return {
    differences,
    mcnemar: {
      accuracy: pair(event[1]! + none[2]!, event[2]! + none[1]!),
      sensitivity: pair(event[1]!, event[2]!),
      specificity: pair(none[2]!, none[1]!),
    },
    n: outcomes.length,
    events,
    method: `percentile intervals of ${resamples} paired resamples, stratified by outcome; p = twice the smaller share beyond 0; exact McNemar`,
  };
}

function drawCells(cells: readonly number[], random: Random): number[] {
  const total = cells[0]! + cells[1]! + cells[2]! + cells[3]!;
  const drawn = [0, 0, 0, 0];
  for (let i = 0; i < total; i++) {
    let at = random.integer(total);
    let cell = 0;
    while (at >= cells[cell]!) at -= cells[cell++]!;
    drawn[cell]!++;
  }
  return drawn;
}
