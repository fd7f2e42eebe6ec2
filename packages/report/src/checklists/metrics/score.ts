import type { Printed } from '../../printed.ts';
import { decimal } from '../../text/numbers.ts';
import type { Answer } from '../checklist.ts';

/** An item of the score: met, not met, or for a human to judge. */
export type Verdict = { readonly answer: Answer; readonly met: boolean | null };

export interface ScoredItem {
  readonly id: string;
  readonly section: string;
  readonly asks: string;
  /** Ten-thousandths; all weights add up to 10,000. 0 for a condition. */
  readonly weight: number;
  readonly verdict: (printed: Printed) => Verdict;
}

/** What the items add up to, in ten-thousandths. */
export interface Score {
  /** Weight of the items that this run shows to be met. */
  readonly met: number;
  /** Weight of the items that a human must judge. */
  readonly open: number;
  /** Weight of all items that apply. */
  readonly applicable: number;
}

/** Adds up the weights; items whose condition is not given are left out of all sums. */
export function scoreOf(items: readonly ScoredItem[], printed: Printed): Score {
  let met = 0;
  let open = 0;
  let applicable = 0;
  for (const { verdict, weight } of items) {
    const { answer, met: isMet } = verdict(printed);
    if (answer.status === 'not applicable') continue;
    applicable += weight;
    if (isMet === true) met += weight;
    if (isMet === null) open += weight;
  }
  return { met, open, applicable };
}

/** The score as a range: what this run shows, and what it would be if a human found every open item met. */
export function scoreText(items: readonly ScoredItem[], printed: Printed): string {
  const { met, open, applicable } = scoreOf(items, printed);
  const share = (weight: number): string => `${decimal((100 * weight) / applicable, 1)} %`;
  return `Score: ${share(met)} of the weight that applies is shown to be met by this run; ${share(open)} is left to a human, so the score lies between ${share(met)} and ${share(met + open)}.`;
}
