import { exp, log2 } from '@sentinode/core';
import { jointSums } from '../../kernels/texture/index.ts';
import { EPSILON } from '../feature-class.ts';
import { maximalCorrelation } from './maximal-correlation.ts';

/**
 * Features of one probability matrix; NaN where the reference gives none.
 * @param p count x count, row by row; @param binOf bin of each level, from 1; @param highest highest bin
 * @param symmetric whether p equals its transpose: one half is visited then, and counted twice
 */
export function glcmFeatures(
  p: Float64Array,
  binOf: Float64Array,
  count: number,
  highest: number,
  levelsOfRegion: number,
  withMcc: boolean,
  symmetric: boolean,
): Record<string, number> {
  const { px, py, sums, differences, ux, uy, vx, vy, ...joint } = jointSums(
    p,
    binOf,
    count,
    highest,
    symmetric,
  );
  const { autocorrelation, covariance, energy, entropy, hxy1, hxy2, maximum } = joint;
  const marginEntropy = (margin: Float64Array): number =>
    margin.reduce((sum, value) => (value === 0 ? sum : sum - value * log2(value + EPSILON)), 0);
  const sx = Math.sqrt(vx);
  const sy = Math.sqrt(vy);
  let differenceAverage = 0;
  for (let k = 0; k < highest; k++) differenceAverage += k * differences[k]!;
  let differenceEntropy = 0;
  let differenceVariance = 0;
  let id = 0;
  let idn = 0;
  let idm = 0;
  let idmn = 0;
  let inverseVariance = 0;
  for (let k = 0; k < highest; k++) {
    const value = differences[k]!;
    if (value === 0) continue;
    differenceEntropy -= value * log2(value + EPSILON);
    differenceVariance += (k - differenceAverage) * (k - differenceAverage) * value;
    id += value / (1 + k);
    idn += value / (1 + k / highest);
    idm += value / (1 + k * k);
    idmn += value / (1 + (k * k) / (highest * highest));
    if (k > 0) inverseVariance += value / (k * k);
  }
  let contrast = 0;
  for (let k = 1; k < highest; k++) contrast += k * k * differences[k]!;
  let sumAverage = 0;
  let sumEntropy = 0;
  let tendency = 0;
  let shade = 0;
  let prominence = 0;
  for (let k = 2; k < sums.length; k++) {
    const value = sums[k]!;
    if (value === 0) continue;
    const s = k - ux - uy;
    const squared = s * s * value;
    tendency += squared;
    shade += s * squared;
    prominence += s * s * squared;
    sumAverage += k * value;
    sumEntropy -= value * log2(value + EPSILON);
  }
  const largestEntropy = Math.max(marginEntropy(px), marginEntropy(py));
  return {
    Autocorrelation: autocorrelation,
    JointAverage: ux,
    ClusterProminence: prominence,
    ClusterShade: shade,
    ClusterTendency: tendency,
    Contrast: contrast,
    Correlation: sx * sy === 0 ? 1 : covariance / (sx * sy + EPSILON),
    DifferenceAverage: differenceAverage,
    DifferenceEntropy: differenceEntropy,
    DifferenceVariance: differenceVariance,
    JointEnergy: energy,
    JointEntropy: entropy,
    Imc1: largestEntropy === 0 ? 0 : (entropy - hxy1) / largestEntropy,
    Imc2: hxy2 === entropy ? 0 : Math.sqrt(1 - exp(-2 * (hxy2 - entropy))),
    Idm: idm,
    MCC: withMcc ? maximalCorrelation(p, px, py, levelsOfRegion) : Number.NaN,
    Idmn: idmn,
    Id: id,
    Idn: idn,
    InverseVariance: inverseVariance,
    MaximumProbability: maximum,
    SumAverage: sumAverage,
    SumEntropy: sumEntropy,
    SumSquares: vx,
  };
}
