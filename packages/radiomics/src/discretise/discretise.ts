import { SentinodeError } from '@sentinode/core';

/** More grey levels than this are stopped before memory is spent on matrices. */
const MOST_BINS = 10_000;

/** Fixed width of the bins, or a fixed number of them. */
export type Binning = { readonly binWidth: number } | { readonly binCount: number };

/** Grey levels of the region's voxels. */
export interface Discretised {
  /** Bin number from 1 of each value. */
  readonly bins: Uint16Array;
  /** Highest bin number. */
  readonly highest: number;
}

/**
 * Grey levels of values. Fixed width: edges are multiples of the width from 0 (not from the minimum as in IBSI), bins
 * closed below; the lowest value is in bin 1. Fixed count: equal bins between minimum and maximum, the last closed.
 * @throws SentinodeError `too-many-bins`
 */
export function discretise(values: ArrayLike<number>, binning: Binning): Discretised {
  const [minimum, maximum] = rangeOf(values);
  return 'binCount' in binning
    ? fixedCount(values, minimum, maximum, binning.binCount)
    : fixedWidth(values, minimum, maximum, binning.binWidth);
}

/** Lower edge of bin k + 1 and so upper edge of bin k, for k from 0, as {@link discretise} places it. */
export function binEdge(values: ArrayLike<number>, binning: Binning): (k: number) => number {
  const [minimum, maximum] = rangeOf(values);
  return 'binCount' in binning
    ? countedEdge(minimum, maximum, binning.binCount)
    : edgeOfWidth(minimum, binning.binWidth);
}

function rangeOf(values: ArrayLike<number>): [minimum: number, maximum: number] {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    minimum = Math.min(minimum, values[i]!);
    maximum = Math.max(maximum, values[i]!);
  }
  return [minimum, maximum];
}

/** Edges as the reference's arange makes them: low + k * step with the step that rounding leaves. */
function edgeOfWidth(minimum: number, width: number): (k: number) => number {
  const remainder = minimum % width;
  const low = minimum - (remainder !== 0 && remainder < 0 !== width < 0 ? remainder + width : remainder);
  const step = low + width - low;
  return (k) => low + k * step;
}

/** Equal parts of the range; a flat region lies in the middle of one bin, and the last edge is beyond the maximum. */
function countedEdge(minimum: number, maximum: number, count: number): (k: number) => number {
  const flat = minimum === maximum;
  const low = flat ? minimum - 0.5 : minimum;
  const high = flat ? maximum + 0.5 : maximum;
  const step = (high - low) / count;
  return (k) => (k === count ? high + 1 : low + k * step);
}

function fixedWidth(values: ArrayLike<number>, minimum: number, maximum: number, width: number): Discretised {
  const count = Math.floor(maximum / width) - Math.floor(minimum / width) + 1;
  if (!(count <= MOST_BINS)) {
    throw new SentinodeError(
      'too-many-bins',
      `Bin width ${width} gives ${count} grey levels between ${minimum} and ${maximum} in the region; normalise the image or use a bin width of about ${((maximum - minimum) / 32).toPrecision(3)}.`,
      { field: 'setting.binWidth' },
    );
  }
  return binned(values, edgeOfWidth(minimum, width), width, Number.POSITIVE_INFINITY);
}

function fixedCount(values: ArrayLike<number>, minimum: number, maximum: number, count: number): Discretised {
  if (count > MOST_BINS)
    throw new SentinodeError('too-many-bins', `binCount ${count} is more than ${MOST_BINS} grey levels.`, {
      field: 'setting.binCount',
    });
  const edge = countedEdge(minimum, maximum, count);
  return binned(values, edge, count === 1 ? 1 : edge(1) - edge(0), count);
}

/** The bin of each value: guessed from the width, then corrected by the edges as they are rounded. */
function binned(
  values: ArrayLike<number>,
  edge: (k: number) => number,
  width: number,
  count: number,
): Discretised {
  const low = edge(0);
  const bins = new Uint16Array(values.length);
  let highest = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    let k = Math.min(count - 1, Math.max(0, Math.floor((x - low) / width)));
    while (k < count - 1 && edge(k + 1) <= x) k++;
    while (k > 0 && edge(k) > x) k--;
    bins[i] = k + 1;
    if (k + 1 > highest) highest = k + 1;
  }
  return { bins, highest };
}
