import type { DualProblem } from './dual-problem.ts';
import { polish } from './polish.ts';

/** Curvature below which a pair of rows counts as parallel (Fan, Chen & Lin 2005). */
const TAU = 1e-12;
/** Pairs between two moves of all free rows at once, per row. */
const PAIRS_PER_ROW = 100;

export interface DualSolution {
  readonly alphas: Float64Array;
  readonly intercept: number;
  readonly iterations: number;
  /** Largest violation of the optimality conditions, in units of the decision value. */
  readonly violation: number;
}

/**
 * Minimises a'Qa/2 - sum a with 0 <= a <= bounds and y'a = 0 by sequential minimal optimisation: the pair is the row
 * that violates most and, of the others, the one that promises the largest gain (working set selection of second order,
 * Fan, Chen & Lin, JMLR 2005). Now and then all free rows move at once. Ends when the violation is below `tolerance`.
 */
export function solveDual(problem: DualProblem, tolerance: number, maxIterations: number): DualSolution {
  const { signs, bounds, kernels, diagonal } = problem;
  const n = signs.length;
  const pairsBetween = PAIRS_PER_ROW * n;
  const alphas = new Float64Array(n);
  // y x gradient with sign turned: -y_i G_i, what both sides of the pair are compared by
  const slopes = Float64Array.from(signs);
  let iterations = 0;
  let violation = Number.POSITIVE_INFINITY;
  for (; iterations < maxIterations; iterations++) {
    if (iterations > 0 && iterations % pairsBetween === 0) polish(problem, alphas, slopes);
    let i = -1;
    let highest = Number.NEGATIVE_INFINITY;
    for (let t = 0; t < n; t++) {
      const canRise = signs[t] === 1 ? alphas[t]! < bounds[t]! : alphas[t]! > 0;
      if (canRise && slopes[t]! > highest) {
        highest = slopes[t]!;
        i = t;
      }
    }
    if (i < 0) {
      violation = 0;
      break;
    }
    const rowI = kernels[i]!;
    let j = -1;
    let lowest = Number.POSITIVE_INFINITY;
    let bestGain = 0;
    const own = diagonal[i]!;
    for (let t = 0; t < n; t++) {
      const canFall = signs[t] === 1 ? alphas[t]! > 0 : alphas[t]! < bounds[t]!;
      if (!canFall) continue;
      const slope = slopes[t]!;
      if (slope < lowest) lowest = slope;
      const gap = highest - slope;
      if (gap > 0) {
        const curvature = own + diagonal[t]! - 2 * rowI[t]!;
        const gain = (gap * gap) / (curvature > 0 ? curvature : TAU);
        if (gain > bestGain) {
          bestGain = gain;
          j = t;
        }
      }
    }
    violation = highest - lowest;
    if (violation < tolerance || j < 0) break;
    const rowJ = kernels[j]!;
    const curvature = own + diagonal[j]! - 2 * rowI[j]!;
    const step = (highest - slopes[j]!) / (curvature > 0 ? curvature : TAU);
    const oldI = alphas[i]!;
    const oldJ = alphas[j]!;
    movePair(alphas, bounds, i, j, signs[i]! * step, signs[i] === signs[j]);
    const moved = signs[i]! * (alphas[i]! - oldI);
    const movedJ = signs[j]! * (alphas[j]! - oldJ);
    for (let t = 0; t < n; t++) slopes[t]! -= moved * rowI[t]! + movedJ * rowJ[t]!;
  }
  return { alphas, intercept: interceptOf(signs, bounds, alphas, slopes), iterations, violation };
}

/**
 * Changes alpha i by `change` and alpha j so that their sum (same outcome) or difference (other outcome) stays, as far as
 * the box allows. The sum or difference itself sets the other alpha at a bound: with rounding, a row at its bound would
 * pass for one between, which settles the intercept.
 */
function movePair(
  alphas: Float64Array,
  bounds: Float64Array,
  i: number,
  j: number,
  change: number,
  isSame: boolean,
): void {
  const before = alphas[i]!;
  const kept = isSame ? before + alphas[j]! : before - alphas[j]!;
  // what alpha j is for a value of alpha i, and the other way round
  const partner = (value: number): number => (isSame ? kept - value : value - kept);
  const own = (value: number): number => (isSame ? kept - value : kept + value);
  let nextI = before + change;
  let nextJ = isSame ? alphas[j]! - change : alphas[j]! + change;
  if (nextI > bounds[i]!) {
    nextI = bounds[i]!;
    nextJ = partner(nextI);
  } else if (nextI < 0) {
    nextI = 0;
    nextJ = partner(0);
  }
  if (nextJ > bounds[j]!) {
    nextJ = bounds[j]!;
    nextI = own(nextJ);
  } else if (nextJ < 0) {
    nextJ = 0;
    nextI = own(0);
  }
  alphas[i] = nextI;
  alphas[j] = nextJ;
}

/** Mean slope of the rows between their bounds; where there are none, the middle of what the others allow. */
function interceptOf(
  signs: Int8Array,
  bounds: Float64Array,
  alphas: Float64Array,
  slopes: Float64Array,
): number {
  let free = 0;
  let sum = 0;
  let upper = Number.POSITIVE_INFINITY;
  let lower = Number.NEGATIVE_INFINITY;
  for (let t = 0; t < signs.length; t++) {
    const slope = slopes[t]!;
    const isLow = alphas[t]! <= 0;
    const isHigh = alphas[t]! >= bounds[t]!;
    if (!isLow && !isHigh) {
      free++;
      sum += slope;
    } else if (isLow === (signs[t] === 1)) {
      lower = Math.max(lower, slope);
    } else {
      upper = Math.min(upper, slope);
    }
  }
  return free > 0 ? sum / free : (upper + lower) / 2;
}
