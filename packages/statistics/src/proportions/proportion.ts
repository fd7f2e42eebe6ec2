import { normalQuantile } from '../distributions/index.ts';
import type { Proportion } from '../results.ts';

/** Wilson score interval of `count` of `of` (Wilson 1927). */
export function wilsonInterval(count: number, of: number, level = 0.95): [number, number] {
  const z = normalQuantile(1 - (1 - level) / 2);
  const p = count / of;
  const z2 = z * z;
  const centre = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (z / (1 + z2 / of)) * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of));
  return [count === 0 ? 0 : Math.max(0, centre - half), count === of ? 1 : Math.min(1, centre + half)];
}

/** A share with its Wilson interval; undefined (null) when nothing is counted. */
export function proportion(count: number, of: number): Proportion {
  return of === 0
    ? { value: null, ci: null, count, of }
    : { value: count / of, ci: wilsonInterval(count, of), count, of };
}
