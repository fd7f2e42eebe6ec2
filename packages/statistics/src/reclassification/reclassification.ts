import { checkProbabilities, checkScores, countEvents, type Outcomes } from '../checks.ts';
import { mean, variance } from '../describe/summary.ts';
import { normalQuantile, normalTwoSided } from '../distributions/index.ts';

/** An improvement with its error, test and 95 % interval. */
export interface Improvement {
  readonly value: number;
  readonly se: number;
  readonly z: number | null;
  readonly p: number | null;
  readonly ci: readonly [number, number];
}

/** Reclassification of a new model against an old one on the same cases. */
export interface Reclassification {
  readonly nri: Improvement;
  /** Part of the NRI that comes from the events, and from the others. */
  readonly nriEvents: Improvement;
  readonly nriNonEvents: Improvement;
  /** Integrated discrimination improvement: gain in the difference of mean probabilities. */
  readonly idi: Improvement;
  readonly n: number;
  readonly events: number;
  readonly method: string;
  /** What the literature holds against these measures; to be printed with them. */
  readonly caution: string;
}

const CAUTION =
  'NRI and IDI can be positive for a useless addition when a model is miscalibrated or was fitted on the same cases (Hilden & Gerds 2014; Pepe 2015), and the normal p of both is unreliable for nested models (Kerr 2011): judge an addition by the likelihood ratio, the difference in AUC and net benefit, and do not test twice.';

/**
 * Net reclassification improvement and integrated discrimination improvement (Pencina 2008, 2011; Hmisc
 * `improveProb`). Without cut-offs the NRI is continuous: any change of probability counts.
 * @param cutoffs ascending limits of risk categories for the categorical NRI; a probability on a limit is above it
 * @throws SentinodeError `length-mismatch`, `not-finite`, `probability-range`, `one-class`
 */
export function reclassification(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  outcomes: Outcomes,
  cutoffs: readonly number[] = [],
): Reclassification {
  for (const probabilities of [before, after]) {
    checkScores(probabilities, outcomes);
    checkProbabilities(probabilities);
  }
  const events = countEvents(outcomes);
  const category = (p: number): number => cutoffs.filter((cutoff) => p >= cutoff).length;
  const moves = { event: { up: 0, down: 0 }, none: { up: 0, down: 0 } };
  const gains: { event: number[]; none: number[] } = { event: [], none: [] };
  for (let i = 0; i < outcomes.length; i++) {
    const kind = outcomes[i] === 1 ? 'event' : 'none';
    const [old, now] = [before[i]!, after[i]!];
    const change = cutoffs.length === 0 ? now - old : category(now) - category(old);
    if (change > 0) moves[kind].up++;
    if (change < 0) moves[kind].down++;
    gains[kind].push(now - old);
  }
  const part = ({ up, down }: { up: number; down: number }, n: number, sign: number): [number, number] => [
    (sign * (up - down)) / n,
    // variance of a difference of two shares of one multinomial
    ((up + down) / n - ((up - down) / n) ** 2) / n,
  ];
  const [ofEvents, varianceEvents] = part(moves.event, events, 1);
  const [ofOthers, varianceOthers] = part(moves.none, outcomes.length - events, -1);
  const spread = (values: number[]): number => (values.length < 2 ? 0 : variance(values) / values.length);
  return {
    nri: improvement(ofEvents + ofOthers, varianceEvents + varianceOthers),
    nriEvents: improvement(ofEvents, varianceEvents),
    nriNonEvents: improvement(ofOthers, varianceOthers),
    idi: improvement(mean(gains.event) - mean(gains.none), spread(gains.event) + spread(gains.none)),
    n: outcomes.length,
    events,
    method:
      cutoffs.length === 0
        ? 'continuous NRI and IDI (Hmisc improveProb)'
        : `NRI over categories divided at ${cutoffs.join(', ')}; IDI`,
    caution: CAUTION,
  };
}

function improvement(value: number, spread: number): Improvement {
  const se = Math.sqrt(Math.max(0, spread));
  const z = se > 0 ? value / se : null;
  const half = normalQuantile(0.975) * se;
  return { value, se, z, p: z === null ? null : normalTwoSided(z), ci: [value - half, value + half] };
}
