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

/** Best cut of a column: rows in bins up to `bin` go left. */
export interface HistogramCut {
  bin: number;
  /** Improvement beyond `minGain`. */
  gain: number;
  leftGradient: number;
  /** With the small number that keeps it above zero. */
  leftHessian: number;
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

/** A leaf's hessian as the search sees it. */
export const searchedHessian = (hessian: number): number => hessian + 2 * EPSILON;

/**
 * Best cut of one column of a leaf, looked for from the highest bin down as LightGBM does without missing values; of
 * equal gains the highest cut stays. Rows of a side are estimated from its hessian, also as LightGBM does.
 * @param histogram gradient and hessian sums of bin b at 2 (offset + b) and one further
 * @param cut receives the best cut
 * @returns whether any cut gained; if not, the leaf's children need not look at the column
 */
export function searchColumn(
  histogram: Float64Array,
  offset: number,
  bins: number,
  leaf: LeafSums,
  limits: SplitLimits,
  cut: HistogramCut,
): boolean {
  const { minRows, minHessian, l1, l2, minGain } = limits;
  const { rows, gradient } = leaf;
  const hessian = searchedHessian(leaf.hessian);
  const threshold = gainOf(gradient, hessian, l1, l2) + minGain;
  const rowsPerHessian = rows / hessian;
  let rightGradient = 0;
  let rightHessian = EPSILON;
  let rightRows = 0;
  let bestGain = threshold;
  cut.bin = -1;
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
    if (gain > bestGain) {
      bestGain = gain;
      cut.bin = bin - 1;
      cut.leftGradient = leftGradient;
      cut.leftHessian = leftHessian;
    }
  }
  cut.gain = bestGain - threshold;
  return cut.bin >= 0;
}
