import { createRandom } from '@sentinode/core';

/** The other side's time over ours: geometric mean of the rounds, and the percentile interval of 2,000 bootstraps of them. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

export function ratioOf(theirs: readonly number[], own: readonly number[]): Ratio {
  const logs = theirs.map((value, round) => Math.log(value / own[round]!));
  const random = createRandom(1);
  const means = Array.from({ length: 2_000 }, () => {
    let sum = 0;
    for (let k = 0; k < logs.length; k++) sum += logs[Math.floor(random.uniform() * logs.length)]!;
    return sum / logs.length;
  }).sort((a, b) => a - b);
  const middle = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  return { ratio: Math.exp(middle), low: Math.exp(means[49]!), high: Math.exp(means[1949]!) };
}

export const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

export const shown = ({ ratio, low, high }: Ratio): string =>
  `${ratio.toFixed(1)} (${low.toFixed(1)}–${high.toFixed(1)})`;

/** Relative, with a floor under which a value is rounding of a sum. */
export const difference = (a: number, b: number): number =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) ? 0 : Math.abs(a - b) / Math.max(Math.abs(b), 1e-6);
export const TOLERANCE = 1e-9;
