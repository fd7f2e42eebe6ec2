import type { ThresholdTarget } from '@sentinode/statistics';
import type { CellValue } from '../study-file/options.ts';

/** Predictions of any tool: which column is the outcome, which are scores, and what is asked of them. */
export interface EvaluateOptions {
  readonly outcome: string;
  /** Value of the outcome column that means the event; never guessed. */
  readonly positive: CellValue;
  readonly scores: readonly string[];
  /** Scores that must be probabilities: a value outside 0 to 1 is an error, not a score to be ranked. */
  readonly probabilities?: readonly string[];
  readonly decimal: '.' | ',';
  readonly na: readonly string[];
  /** Cut-offs by score name; Youden's on these data where none is given. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** Rates that a threshold is sought for. */
  readonly targets?: readonly ThresholdTarget[];
  /** Shares of events for which PPV, NPV and net benefit are given as well. */
  readonly prevalences?: readonly number[];
  /** Limits of risk categories for the NRI; without them it is continuous. */
  readonly categories?: readonly number[];
  /** Column of the centre. */
  readonly centre?: string;
  /** Resamples of every bootstrap interval. */
  readonly resamples?: number;
  readonly seed: number;
}
