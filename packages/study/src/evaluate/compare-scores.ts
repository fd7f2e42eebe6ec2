import type { Random } from '@sentinode/core';
import {
  type BootstrapDifference,
  bootstrapAucDifference,
  type CallComparison,
  compareCalls,
  type DelongResult,
  delongTest,
  holm,
  type Reclassification,
  reclassification,
} from '@sentinode/statistics';
import type { EvaluateOptions } from './options.ts';

/** DeLong's test of two scores, p also corrected for the family of all pairs. */
export interface DelongComparison extends DelongResult {
  readonly a: string;
  readonly b: string;
  readonly pHolm: number;
  /** The family of the correction. */
  readonly family: string;
}

/** What else tells two scores apart. Differences are a - b; reclassification is of a by b. */
export interface ScoreComparison {
  readonly a: string;
  readonly b: string;
  readonly auc: BootstrapDifference;
  /** Calls at the threshold of each. */
  readonly calls: CallComparison;
  /** null unless both are probabilities. */
  readonly reclassification: Reclassification | null;
  /** Without categories: the same as `reclassification` where none are asked for. */
  readonly reclassificationContinuous: Reclassification | null;
}

interface Compared {
  readonly name: string;
  readonly values: Float64Array;
  readonly threshold: number;
}

/** Every pair of scores, in the order given. */
export function compareScores(
  scores: readonly Compared[],
  outcomes: readonly (0 | 1)[],
  options: EvaluateOptions,
  random: Random,
): { delong: DelongComparison[]; comparisons: ScoreComparison[] } {
  const pairs = scores.flatMap((a, i) => scores.slice(i + 1).map((b) => [a, b] as const));
  const tests = pairs.map(([a, b]) => delongTest(a.values, b.values, outcomes));
  const adjusted = holm(tests.map((test) => test.p));
  const probabilities = ({ values }: Compared): boolean => values.every((value) => value >= 0 && value <= 1);
  return {
    delong: pairs.map(([a, b], k) => ({
      a: a.name,
      b: b.name,
      ...tests[k]!,
      pHolm: adjusted[k]!,
      family: `Holm, ${pairs.length} pairs of scores`,
    })),
    comparisons: pairs.map(([a, b]) => {
      const own = random.fork(`${a.name} ${b.name}`);
      const both = probabilities(a) && probabilities(b);
      return {
        a: a.name,
        b: b.name,
        auc: bootstrapAucDifference(a.values, b.values, outcomes, own, options.resamples),
        calls: compareCalls(
          { scores: a.values, threshold: a.threshold },
          { scores: b.values, threshold: b.threshold },
          outcomes,
          own,
          options.resamples,
        ),
        reclassification: both ? reclassification(a.values, b.values, outcomes, options.categories) : null,
        reclassificationContinuous: both ? reclassification(a.values, b.values, outcomes) : null,
      };
    }),
  };
}
