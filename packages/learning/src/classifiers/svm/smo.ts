/** Curvature below which a pair of rows counts as parallel (Fan, Chen & Lin 2005). */
const TAU = 1e-12;

/** What the dual problem is made of. */
export interface DualProblem {
  /** 1 or -1 for each row. */
  readonly signs: Int8Array;
  /** Largest alpha of each row: C times its class weight. */
  readonly bounds: Float64Array;
  /** Kernel of each row with all rows. */
  readonly kernels: readonly Float32Array[];
  readonly diagonal: Float64Array;
}

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
 * Fan, Chen & Lin, JMLR 2005). Ends when the violation is below `tolerance`.
 */
export function solveDual(
  { signs, bounds, kernels, diagonal }: DualProblem,
  tolerance: number,
  maxIterations: number,
): DualSolution {
  const n = signs.length;
  const alphas = new Float64Array(n);
  // y x gradient with sign turned: -y_i G_i, what both sides of the pair are compared by
  const slopes = Float64Array.from(signs);
  let iterations = 0;
  let violation = Number.POSITIVE_INFINITY;
  for (; iterations < maxIterations; iterations++) {
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
    // y_i alpha_i rises by `step` and y_j alpha_j falls by it, as far as the box allows
    let step = (highest - slopes[j]!) / (curvature > 0 ? curvature : TAU);
    const roomI = signs[i] === 1 ? bounds[i]! - alphas[i]! : alphas[i]!;
    const roomJ = signs[j] === 1 ? alphas[j]! : bounds[j]! - alphas[j]!;
    step = Math.min(step, roomI, roomJ);
    alphas[i] = step === roomI ? (signs[i] === 1 ? bounds[i]! : 0) : alphas[i]! + signs[i]! * step;
    alphas[j] = step === roomJ ? (signs[j] === 1 ? 0 : bounds[j]!) : alphas[j]! - signs[j]! * step;
    for (let t = 0; t < n; t++) slopes[t]! -= step * (rowI[t]! - rowJ[t]!);
  }
  return { alphas, intercept: interceptOf(signs, bounds, alphas, slopes), iterations, violation };
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
