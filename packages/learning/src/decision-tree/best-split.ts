import { isSeparable, type SortedColumns } from './sorted-columns.ts';

/** How a split is rated, by the sums of weights w and of weighted targets s on both sides. */
export type Criterion = 'friedman_mse' | 'squared_error' | 'gini';

/** A split of a node: rows with a value up to the threshold go left. */
export interface Split {
  readonly feature: number;
  readonly threshold: number;
  /** Rows that go left. */
  readonly count: number;
  /** The criterion's own rating; larger is better. */
  readonly rating: number;
  /** Whether another split, of this or another column, is as good, so that the order of looking decided. */
  readonly isTied: boolean;
}

export interface SplitLimits {
  readonly criterion: Criterion;
  readonly minSamplesLeaf: number;
  readonly minWeightLeaf: number;
}

/** Ratings that differ by less are equal but for rounding; of such in two columns the column looked at first stays. */
const TIE = 1e-14;
/** Cuts this far below the best so far are passed over without a division. */
const FLOOR = 1e-9;

/**
 * Best split of the rows at [start, end) of every column's order. Columns are looked at in the order of `candidates`,
 * cuts from the lowest up; of equally good splits the first is kept, which is the lowest column and then the lowest
 * threshold when `candidates` ascend. Within a column sums and ratings are computed in scikit-learn's order of
 * operations, so that cuts which differ by rounding alone compare as they do there.
 * @param hasUnitWeights every row in use has weight 1
 */
export function findBestSplit(
  sorted: SortedColumns,
  order: Int32Array,
  [start, end]: readonly [number, number],
  candidates: ArrayLike<number>,
  weight: Float64Array,
  weighted: Float64Array,
  hasUnitWeights: boolean,
  limits: SplitLimits,
): Split | undefined {
  const { rows: n, values, isDistinct } = sorted;
  const totals: Totals = { weight: 0, target: 0, rest: 0 };
  for (let i = start; i < end; i++) {
    const row = order[i]!;
    totals.weight += weight[row]!;
    totals.target += weighted[row]!;
    totals.rest += weight[row]! - weighted[row]!;
  }
  const cut: Cut = { count: 0, rating: 0, isTied: false, floor: -1 };
  let best: { feature: number; count: number; rating: number } | undefined;
  let isTied = false;
  for (let c = 0; c < candidates.length; c++) {
    const j = candidates[c]!;
    if (hasUnitWeights && isDistinct[j] === 1 && limits.criterion !== 'gini')
      findBestCutOfDistinct(cut, order, j * n + start, end - start, weighted, totals.target, limits);
    else findBestCut(cut, values, order, j * n, start, end, weight, weighted, totals, limits);
    if (cut.count === 0) continue;
    const tolerance = toleranceOf(cut.rating, totals.weight, limits.criterion);
    if (best === undefined || cut.rating > best.rating + tolerance) {
      best = { feature: j, count: cut.count, rating: cut.rating };
      isTied = cut.isTied;
      cut.floor = cut.rating * (1 - FLOOR);
    } else if (cut.rating >= best.rating - tolerance) isTied = true;
  }
  if (best === undefined) return undefined;
  const at = best.feature * n + start + best.count;
  const below = values[best.feature * n + order[at - 1]!]!;
  const above = values[best.feature * n + order[at]!]!;
  const middle = below / 2 + above / 2;
  return { ...best, threshold: middle === above ? below : middle, isTied };
}

/** Sums of a node: weights, weighted targets, and weights less weighted targets (the other class with gini). */
interface Totals {
  weight: number;
  target: number;
  rest: number;
}

/** Gini rates by impurity, which is near zero for a good split; its rounding is that of the weights. */
const toleranceOf = (rating: number, weight: number, criterion: Criterion): number =>
  TIE * (criterion === 'gini' ? weight : rating);

/** Best cut of one column: rows on the left (0 when there is no cut), its rating, whether another cut is as good. */
interface Cut {
  count: number;
  rating: number;
  isTied: boolean;
  /** Ratings below this cannot matter any more (not used with gini). */
  floor: number;
}

function findBestCut(
  cut: Cut,
  values: Float32Array,
  order: Int32Array,
  base: number,
  start: number,
  end: number,
  weight: Float64Array,
  weighted: Float64Array,
  totals: Totals,
  { criterion, minSamplesLeaf, minWeightLeaf }: SplitLimits,
): void {
  const isFriedman = criterion === 'friedman_mse';
  const isGini = criterion === 'gini';
  const from = base + start;
  const length = end - start;
  cut.count = 0;
  cut.rating = Number.NEGATIVE_INFINITY;
  cut.isTied = false;
  let value = values[base + order[from]!]!;
  if (!isSeparable(value, values[base + order[base + end - 1]!]!)) return;
  let w = 0;
  let s = 0;
  let o = 0;
  let summed = 0;
  for (let k = 1; k < length; k++) {
    const previous = value;
    value = values[base + order[from + k]!]!;
    if (!isSeparable(previous, value)) continue;
    if (k < minSamplesLeaf || length - k < minSamplesLeaf) continue;
    if (k - summed <= length - k) {
      for (let i = from + summed; i < from + k; i++) {
        const row = order[i]!;
        w += weight[row]!;
        s += weighted[row]!;
        if (isGini) o += weight[row]! - weighted[row]!;
      }
    } else {
      w = totals.weight;
      s = totals.target;
      o = totals.rest;
      for (let i = from + length - 1; i >= from + k; i--) {
        const row = order[i]!;
        w -= weight[row]!;
        s -= weighted[row]!;
        o -= weight[row]! - weighted[row]!;
      }
    }
    summed = k;
    const wr = totals.weight - w;
    if (w < minWeightLeaf || wr < minWeightLeaf) continue;
    const sr = totals.target - s;
    let rating: number;
    if (isFriedman) {
      const difference = wr * s - w * sr;
      const square = difference * difference;
      if (square < cut.floor * (w * wr)) continue;
      rating = square / (w * wr);
    } else if (isGini) {
      const or = totals.rest - o;
      const left = 1 - (o * o + s * s) / (w * w);
      const right = 1 - (or * or + sr * sr) / (wr * wr);
      rating = -wr * right - w * left;
    } else rating = (s * s) / w + (sr * sr) / wr;
    const tolerance = toleranceOf(rating, totals.weight, criterion);
    if (rating > cut.rating) {
      cut.isTied = rating <= cut.rating + tolerance;
      cut.rating = rating;
      cut.count = k;
    } else if (rating >= cut.rating - tolerance) cut.isTied = true;
  }
}

/** The same for rows of weight 1 and a column in which every value differs: sums of weights are numbers of rows. */
function findBestCutOfDistinct(
  cut: Cut,
  order: Int32Array,
  from: number,
  length: number,
  target: Float64Array,
  total: number,
  { criterion, minSamplesLeaf, minWeightLeaf }: SplitLimits,
): void {
  const isFriedman = criterion === 'friedman_mse';
  const least = Math.max(minSamplesLeaf, Math.ceil(minWeightLeaf));
  const { floor } = cut;
  let best = Number.NEGATIVE_INFINITY;
  let count = 0;
  let isTied = false;
  let s = 0;
  for (let k = 1; k <= length - least; k++) {
    s += target[order[from + k - 1]!]!;
    if (k < least) continue;
    const right = length - k;
    const sr = total - s;
    let rating: number;
    if (isFriedman) {
      const difference = right * s - k * sr;
      const square = difference * difference;
      if (square < floor * (k * right)) continue;
      rating = square / (k * right);
    } else rating = (s * s) / k + (sr * sr) / right;
    if (rating > best) {
      isTied = rating <= best * (1 + TIE);
      best = rating;
      count = k;
    } else if (rating >= best * (1 - TIE)) isTied = true;
  }
  cut.rating = best;
  cut.count = count;
  cut.isTied = isTied;
}
