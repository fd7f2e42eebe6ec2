import type { FeatureVector } from '../feature-vector.ts';
import { illConditioned } from './ill-conditioned.ts';

/** How a vector compares with the reference's values of the same names. */
export interface Comparison {
  readonly count: number;
  /** Largest relative difference of the values that no floor excuses. */
  readonly largest: number;
  readonly largestName: string;
  /** Values that differ by more than the relative tolerance and are excused by a floor. */
  readonly onFloor: number;
  /** One sentence for each value that is wrong. */
  readonly outside: readonly string[];
}

/** Values as JSON holds them: null is NaN, infinities are texts. */
export type ExpectedFeatures = Readonly<Record<string, number | string | null>>;

/** Compares value by value, relative to the reference; a value that the reference has not must be undefined here. */
export function compareFeatures(
  vector: FeatureVector,
  expected: ExpectedFeatures,
  relative: number,
): Comparison {
  let largest = 0;
  let largestName = '';
  let onFloor = 0;
  const outside: string[] = [];
  vector.names.forEach((name, at) => {
    const got = vector.values[at]!;
    const wanted = expected[name];
    if (typeof wanted !== 'number') {
      if (!Number.isNaN(got)) outside.push(`${name}: ${got} for ${wanted}`);
      return;
    }
    const absolute = Math.abs(got - wanted);
    const difference = absolute === 0 ? 0 : absolute / Math.abs(wanted);
    if (!(difference <= relative)) {
      const floor = illConditioned.find(
        ({ feature, below = Number.POSITIVE_INFINITY }) => feature.test(name) && Math.abs(wanted) < below,
      );
      if (floor !== undefined && absolute <= floor.absolute) onFloor++;
      else outside.push(`${name}: ${got} for ${wanted}`);
    } else if (difference > largest) {
      largest = difference;
      largestName = name;
    }
  });
  return { count: vector.names.length, largest, largestName, onFloor, outside };
}
