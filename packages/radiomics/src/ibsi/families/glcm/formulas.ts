import { exp, log2 } from '@sentinode/core';
import type { SizeMatrix } from '../../../features/size-matrix.ts';

/**
 * Features of one symmetric co-occurrence matrix by tag, undefined for one without entries.
 * @param matrix `levels` i, `sizes` j, `counts` of the pair in both orders
 * @param highest number of grey levels Ng
 */
export function coOccurrenceFeatures(
  { levels, sizes, counts }: SizeMatrix,
  highest: number,
): Record<string, number> | undefined {
  let total = 0;
  for (const n of counts) total += n;
  if (total === 0) return undefined;
  const margin = new Float64Array(highest + 1);
  const sums = new Float64Array(2 * highest + 1);
  const differences = new Float64Array(highest);
  let mean = 0;
  for (let k = 0; k < counts.length; k++) {
    const p = counts[k]! / total;
    const [i, j] = [levels[k]!, sizes[k]!];
    margin[i]! += p;
    sums[i + j]! += p;
    differences[Math.abs(i - j)]! += p;
    mean += i * p;
  }
  const sum = { max: 0, variance: 0, energy: 0, auto: 0, tend: 0, shade: 0, prom: 0, cross: 0 };
  for (let k = 0; k < counts.length; k++) {
    const p = counts[k]! / total;
    const [i, j] = [levels[k]!, sizes[k]!];
    const s = i + j - 2 * mean;
    sum.max = Math.max(sum.max, p);
    sum.variance += (i - mean) * (i - mean) * p;
    sum.energy += p * p;
    sum.auto += i * j * p;
    sum.tend += s * s * p;
    sum.shade += s * s * s * p;
    sum.prom += s * s * s * s * p;
    sum.cross += (i - mean) * (j - mean) * p;
  }
  const joint = entropy(counts.map((n) => n / total));
  const single = entropy(margin);
  // the matrix is symmetric, so both HXY1 and HXY2 are twice the entropy of its margin
  const independent = 2 * single;
  return {
    cm_joint_max: sum.max,
    cm_joint_avg: mean,
    cm_joint_var: sum.variance,
    cm_joint_entr: joint,
    ...differenceFeatures(differences, highest),
    ...sumFeatures(sums),
    cm_energy: sum.energy,
    cm_corr: sum.variance === 0 ? 1 : sum.cross / sum.variance,
    cm_auto_corr: sum.auto,
    cm_clust_tend: sum.tend,
    cm_clust_shade: sum.shade,
    cm_clust_prom: sum.prom,
    cm_info_corr1: single === 0 ? 1 : (joint - independent) / single,
    cm_info_corr2: joint >= independent ? 0 : Math.sqrt(1 - exp(-2 * (independent - joint))),
  };
}

/** -sum p log2 p over the entries that are not 0. */
export function entropy(p: Float64Array): number {
  let sum = 0;
  for (const value of p) if (value > 0) sum -= value * log2(value);
  return sum;
}

function meanAndVariance(p: Float64Array): { mean: number; variance: number } {
  let mean = 0;
  for (let k = 0; k < p.length; k++) mean += k * p[k]!;
  let variance = 0;
  for (let k = 0; k < p.length; k++) variance += (k - mean) * (k - mean) * p[k]!;
  return { mean, variance };
}

function sumFeatures(sums: Float64Array): Record<string, number> {
  const { mean, variance } = meanAndVariance(sums);
  return { cm_sum_avg: mean, cm_sum_var: variance, cm_sum_entr: entropy(sums) };
}

function differenceFeatures(differences: Float64Array, highest: number): Record<string, number> {
  const { mean, variance } = meanAndVariance(differences);
  const sum = { contrast: 0, id: 0, idn: 0, idm: 0, idmn: 0, inverse: 0 };
  for (let k = 0; k < differences.length; k++) {
    const p = differences[k]!;
    sum.contrast += k * k * p;
    sum.id += p / (1 + k);
    sum.idn += p / (1 + k / highest);
    sum.idm += p / (1 + k * k);
    sum.idmn += p / (1 + (k * k) / (highest * highest));
    if (k > 0) sum.inverse += p / (k * k);
  }
  return {
    cm_diff_avg: mean,
    cm_diff_var: variance,
    cm_diff_entr: entropy(differences),
    cm_contrast: sum.contrast,
    cm_dissimilarity: mean,
    cm_inv_diff: sum.id,
    cm_inv_diff_norm: sum.idn,
    cm_inv_diff_mom: sum.idm,
    cm_inv_diff_mom_norm: sum.idmn,
    cm_inv_var: sum.inverse,
  };
}
