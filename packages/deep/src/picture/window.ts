import { SentinodeError } from '@sentinode/core';
import type { PictureOptions } from './options.ts';
import type { Picture } from './picture.ts';

/** Grey values that become 0 and 1. */
export interface Window {
  readonly low: number;
  readonly high: number;
}

/** Lowest and highest value. @throws SentinodeError `volume-nan` */
export function range(values: ArrayLike<number>): Window {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < values.length; at++) {
    const value = values[at]!;
    if (!Number.isFinite(value))
      throw new SentinodeError('volume-nan', 'The image holds values that are not finite; replace them.');
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { low, high };
}

/** Percentile of sorted values, interpolated between the nearest two (as numpy's `linear`). */
function percentile(sorted: Float64Array, percent: number): number {
  const position = (percent / 100) * (sorted.length - 1);
  const below = Math.floor(position);
  const share = position - below;
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return share < 0.5 ? low + (high - low) * share : high - (high - low) * (1 - share);
}

/**
 * The window of a slice.
 * @param volume values of the whole volume that the slice is from
 */
export function windowOf(
  slice: Picture,
  volume: ArrayLike<number>,
  { window, percentiles }: PictureOptions,
): Window {
  if (window === 'volume') return range(volume);
  const whole = range(slice.values);
  if (window === 'slice') return whole;
  const sorted = slice.values.slice().sort();
  return { low: percentile(sorted, percentiles[0]), high: percentile(sorted, percentiles[1]) };
}

/** Grey values from 0 to 1, cut at both ends; 0 everywhere where the window has no width. */
export function applyWindow({ width, height, values }: Picture, { low, high }: Window): Picture {
  const scaled = values.map((value) =>
    high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0,
  );
  return { width, height, values: scaled };
}
