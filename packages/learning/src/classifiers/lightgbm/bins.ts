import { nextUp, ZERO_THRESHOLD } from './constants.ts';

/** How LightGBM cuts a column into bins. Bin b holds values up to upperBounds[b]; the last bound is infinite. */
export interface BinnedColumn {
  readonly upperBounds: Float64Array;
  /** Bin of every training row. */
  readonly bins: Uint16Array;
  /** Bin whose histogram entry LightGBM computes as the rest, not by adding up. */
  readonly restBin: number;
  readonly smallest: number;
  readonly largest: number;
}

export interface BinLimits {
  readonly maxBin: number;
  readonly minDataInBin: number;
  /** Rows that both sides of some cut must have for the column to be of use; 0: no filter. */
  readonly minSplitData: number;
}

/** A bin this full is the rest bin even when it is not that of zero. */
const SPARSE_SHARE = 0.7;

/** Bins of a column, or undefined where no split is possible (LightGBM's trivial feature). */
export function binColumn(column: Float64Array, limits: BinLimits): BinnedColumn | undefined {
  const { values, counts } = distinctValues(column);
  const bounds = Float64Array.from(boundsAroundZero(values, counts, column.length, limits));
  if (bounds.length <= 1) return undefined;
  const inBin = countByBin(values, counts, bounds);
  if (limits.minSplitData > 0 && !canSplit(inBin, column.length, limits.minSplitData)) return undefined;
  const zeroBin = binOf(0, bounds);
  const fullest = inBin.indexOf(Math.max(...inBin));
  const isSparse = inBin[fullest]! / column.length >= SPARSE_SHARE;
  return {
    upperBounds: bounds,
    bins: Uint16Array.from(column, (value) => binOf(value, bounds)),
    restBin: isSparse ? fullest : zeroBin,
    smallest: values[0]!,
    largest: values.at(-1)!,
  };
}

/** Bin of a value: the first whose upper bound is not below it. */
export function binOf(value: number, bounds: Float64Array): number {
  let low = 0;
  let high = bounds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= bounds[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Distinct values with their counts. Neighbouring doubles count as one value (the larger); values at zero are counted
 * apart, and between the last negative and the first positive value zero always has an entry, be it empty.
 */
function distinctValues(column: Float64Array): { values: number[]; counts: number[] } {
  const sorted = column.filter((value) => Math.abs(value) > ZERO_THRESHOLD).sort();
  const zeros = column.length - sorted.length;
  const values: number[] = [];
  const counts: number[] = [];
  const push = (value: number, count: number): void => {
    values.push(value);
    counts.push(count);
  };
  if (sorted.length === 0 || (sorted[0]! > 0 && zeros > 0)) push(0, zeros);
  sorted.forEach((value, i) => {
    const before = sorted[i - 1];
    // the first comparison only spares the second, which is slow
    if (before !== undefined && value - before <= 1e-15 * Math.abs(before) && value <= nextUp(before)) {
      values[values.length - 1] = value;
      counts[counts.length - 1]!++;
      return;
    }
    if (before !== undefined && before < 0 && value > 0) push(0, zeros);
    push(value, 1);
  });
  if (sorted.length > 0 && sorted.at(-1)! < 0 && zeros > 0) push(0, zeros);
  return { values, counts };
}

/** Upper bounds with a bin of its own for zero: negative and positive values share the other bins by their number. */
function boundsAroundZero(
  values: readonly number[],
  counts: readonly number[],
  total: number,
  { maxBin, minDataInBin }: BinLimits,
): number[] {
  const sum = (from: number, to: number): number => {
    let count = 0;
    for (let i = from; i < to; i++) count += counts[i]!;
    return count;
  };
  const firstNotNegative = values.findIndex((value) => value > -ZERO_THRESHOLD);
  const negativeEnd = firstNotNegative < 0 ? values.length : firstNotNegative;
  const firstPositive = values.findIndex((value, i) => i >= negativeEnd && value > ZERO_THRESHOLD);
  const positiveStart = firstPositive < 0 ? values.length : firstPositive;
  const negative = sum(0, negativeEnd);
  const zeros = sum(negativeEnd, positiveStart);
  const bounds: number[] = [];
  if (negativeEnd > 0 && maxBin > 1) {
    const share = Math.max(1, Math.trunc((negative / (total - zeros)) * (maxBin - 1)));
    bounds.push(
      ...greedyBounds(
        values.slice(0, negativeEnd),
        counts.slice(0, negativeEnd),
        share,
        negative,
        minDataInBin,
      ),
    );
    bounds[bounds.length - 1] = -ZERO_THRESHOLD;
  }
  const left = maxBin - 1 - bounds.length;
  if (positiveStart < values.length && left > 0) {
    const positive = sum(positiveStart, values.length);
    bounds.push(
      ZERO_THRESHOLD,
      ...greedyBounds(values.slice(positiveStart), counts.slice(positiveStart), left, positive, minDataInBin),
    );
  } else bounds.push(Number.POSITIVE_INFINITY);
  return bounds;
}

/**
 * Bounds between distinct values: one bin per value where there are few values, else bins of about the same number of
 * rows, where a value with more rows than that has its own.
 */
function greedyBounds(
  values: readonly number[],
  counts: readonly number[],
  maxBin: number,
  total: number,
  minDataInBin: number,
): number[] {
  const bounds: number[] = [];
  const add = (below: number, above: number): boolean => {
    const bound = nextUp((below + above) / 2);
    if (bounds.length > 0 && bound <= nextUp(bounds.at(-1)!)) return false;
    bounds.push(bound);
    return true;
  };
  if (values.length <= maxBin) {
    let inBin = 0;
    for (let i = 0; i < values.length - 1; i++) {
      inBin += counts[i]!;
      if (inBin >= minDataInBin && add(values[i]!, values[i + 1]!)) inBin = 0;
    }
  } else
    for (const [below, above] of cutEvenly(values, counts, maxBin, total, minDataInBin)) add(below, above);
  bounds.push(Number.POSITIVE_INFINITY);
  return bounds;
}

/** Pairs of neighbouring values between which bins of about the same size end. */
function cutEvenly(
  values: readonly number[],
  counts: readonly number[],
  maxBin: number,
  total: number,
  minDataInBin: number,
): [number, number][] {
  const limit = Math.max(1, Math.min(maxBin, Math.trunc(total / minDataInBin)));
  let size = total / limit;
  const isBig = counts.map((count) => count >= size);
  let restBins = limit;
  let restRows = total;
  counts.forEach((count, i) => {
    if (!isBig[i]) return;
    restBins--;
    restRows -= count;
  });
  size = restRows / restBins;
  const cuts: [number, number][] = [];
  let inBin = 0;
  for (let i = 0; i < values.length - 1; i++) {
    if (!isBig[i]) restRows -= counts[i]!;
    inBin += counts[i]!;
    const endsBeforeBig = isBig[i + 1] && inBin >= Math.max(1, size * 0.5);
    if (!isBig[i] && !(inBin >= size) && !endsBeforeBig) continue;
    cuts.push([values[i]!, values[i + 1]!]);
    if (cuts.length >= limit - 1) break;
    inBin = 0;
    if (!isBig[i]) {
      restBins--;
      size = restRows / restBins;
    }
  }
  return cuts;
}

function countByBin(values: readonly number[], counts: readonly number[], bounds: Float64Array): number[] {
  const inBin = new Array<number>(bounds.length).fill(0);
  let bin = 0;
  values.forEach((value, i) => {
    while (value > bounds[bin]! && bin < bounds.length - 1) bin++;
    inBin[bin]! += counts[i]!;
  });
  return inBin;
}

/** Whether some cut leaves enough rows on both sides. */
function canSplit(inBin: readonly number[], total: number, least: number): boolean {
  let below = 0;
  return inBin.slice(0, -1).some((count) => {
    below += count;
    return below >= least && total - below >= least;
  });
}
