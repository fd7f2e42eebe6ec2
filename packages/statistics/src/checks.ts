import { SentinodeError } from '@sentinode/core';

/** Outcomes as statistics takes them: 1 is the event. */
export type Outcomes = ArrayLike<0 | 1>;

/** @throws `length-mismatch`, `not-finite` */
export function checkScores(scores: ArrayLike<number>, outcomes: Outcomes): void {
  if (scores.length !== outcomes.length) {
    throw new SentinodeError(
      'length-mismatch',
      `${scores.length} scores and ${outcomes.length} outcomes were given; each case needs both.`,
    );
  }
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]!))
      throw new SentinodeError(
        'not-finite',
        `Score ${i + 1} is ${scores[i]}; only finite numbers can be evaluated.`,
      );
  }
}

/** Number of events. @throws `one-class` when there are none or only events */
export function countEvents(outcomes: Outcomes): number {
  let events = 0;
  for (let i = 0; i < outcomes.length; i++) events += outcomes[i]!;
  if (events === 0 || events === outcomes.length) {
    throw new SentinodeError(
      'one-class',
      `${events} of ${outcomes.length} cases have the event; both outcomes are needed.`,
    );
  }
  return events;
}

/** @throws `probability-range` */
export function checkProbabilities(probabilities: ArrayLike<number>): void {
  for (let i = 0; i < probabilities.length; i++) {
    if (!(probabilities[i]! >= 0 && probabilities[i]! <= 1)) {
      throw new SentinodeError(
        'probability-range',
        `Value ${i + 1} is ${probabilities[i]}; a probability lies between 0 and 1.`,
      );
    }
  }
}
