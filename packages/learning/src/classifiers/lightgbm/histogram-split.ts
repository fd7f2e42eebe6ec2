import { EPSILON, roundInt } from './constants.ts';

/** What a leaf-wise tree is held to. */
export interface SplitLimits {
  readonly minRows: number;
  readonly minHessian: number;
  readonly l1: number;
  readonly l2: number;
  readonly minGain: number;
}

/** Sums of a leaf. */
export interface LeafSums {
  readonly rows: number;
  readonly gradient: number;
  readonly hessian: number;
}

/** A split of a leaf and what comes of it. */
export interface HistogramSplit {
  readonly feature: number;
  /** Position among the columns in use. */
  readonly column: number;
  /** Rows in bins up to this go left. */
  readonly bin: number;
  /** Improvement beyond `minGain`. */
  readonly gain: number;
  readonly left: SplitSide;
  readonly right: SplitSide;
}

/** Sums of one side, and the value of the leaf that it becomes. */
export interface SplitSide {
  readonly gradient: number;
  readonly hessian: number;
  readonly output: number;
}

const shrunk = (gradient: number, l1: number): number =>
  l1 > 0 ? Math.sign(gradient) * Math.max(0, Math.abs(gradient) - l1) : gradient;

/** Value of a leaf: the Newton step with both penalties. */
export const leafOutput = (gradient: number, hessian: number, { l1, l2 }: SplitLimits): number =>
  -shrunk(gradient, l1) / (hessian + l2);

function gainOf(gradient: number, hessian: number, l1: number, l2: number): number {
  const g = shrunk(gradient, l1);
  return (g * g) / (hessian + l2);
}

/** Best cut of one column, and whether any cut gained at all (else the leaf's children need not look at it). */
export interface ColumnSearch {
  split: Omit<HistogramSplit, 'feature' | 'column'> | undefined;
  isSplittable: boolean;
}

/**
 * Best cut of one column of a leaf, looked for from the highest bin down as LightGBM does without missing values; of
 * equal gains the highest cut stays. Rows of a side are estimated from its hessian, also as LightGBM does.
 * @param histogram gradient and hessian sums of bin b at 2 (offset + b) and one further
 */
export function searchColumn(
  histogram: Float64Array,
  offset: number,
  bins: number,
  { rows, gradient, hessian: rawHessian }: LeafSums,
  limits: SplitLimits,
): ColumnSearch {
  const { minRows, minHessian, l1, l2, minGain } = limits;
  const hessian = rawHessian + 2 * EPSILON;
  const threshold = gainOf(gradient, hessian, l1, l2) + minGain;
  const rowsPerHessian = rows / hessian;
  let rightGradient = 0;
  let rightHessian = EPSILON;
  let rightRows = 0;
  let bestGain = Number.NEGATIVE_INFINITY;
  let bestBin = -1;
  let bestLeftGradient = 0;
  let bestLeftHessian = 0;
  for (let bin = bins - 1; bin >= 1; bin--) {
    const at = 2 * (offset + bin);
    const binHessian = histogram[at + 1]!;
    rightGradient += histogram[at]!;
    rightHessian += binHessian;
    rightRows += roundInt(binHessian * rowsPerHessian);
    if (rightRows < minRows || rightHessian < minHessian) continue;
    if (rows - rightRows < minRows) break;
    const leftHessian = hessian - rightHessian;
    if (leftHessian < minHessian) break;
    const leftGradient = gradient - rightGradient;
    const gain = gainOf(leftGradient, leftHessian, l1, l2) + gainOf(rightGradient, rightHessian, l1, l2);
    if (gain > threshold && gain > bestGain) {
      bestGain = gain;
      bestBin = bin - 1;
      bestLeftGradient = leftGradient;
      bestLeftHessian = leftHessian;
    }
  }
  if (bestBin < 0) return { split: undefined, isSplittable: false };
  const side = (sideGradient: number, sideHessian: number): SplitSide => ({
    gradient: sideGradient,
    hessian: sideHessian - EPSILON,
    output: leafOutput(sideGradient, sideHessian, limits),
  });
  return {
    isSplittable: true,
    split: {
      bin: bestBin,
      gain: bestGain - threshold,
      left: side(bestLeftGradient, bestLeftHessian),
      right: side(gradient - bestLeftGradient, hessian - bestLeftHessian),
    },
  };
}
