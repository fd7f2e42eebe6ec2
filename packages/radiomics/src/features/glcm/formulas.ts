import { exp, log2 } from '@sentinode/core';
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
  const px = new Float64Array(count);
  const py = symmetric ? px : new Float64Array(count);
  const sums = new Float64Array(2 * highest + 1);
  const differences = new Float64Array(highest);
  for (let a = 0; a < count; a++) {
    const i = binOf[a + 1]!;
    const end = symmetric ? a + 1 : count;
    for (let b = 0; b < end; b++) {
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      px[a]! += value;
      if (!symmetric || b !== a) py[b]! += value;
      const both = symmetric && b !== a ? 2 * value : value;
      sums[i + j]! += both;
      differences[Math.abs(i - j)]! += both;
    }
  }
  let ux = 0;
  let uy = 0;
  for (let a = 0; a < count; a++) {
    ux += binOf[a + 1]! * px[a]!;
    uy += binOf[a + 1]! * py[a]!;
  }
  let autocorrelation = 0;
  let covariance = 0;
  let energy = 0;
  let entropy = 0;
  let hxy1 = 0;
  let hxy2 = 0;
  let maximum = 0;
  let vx = 0;
  let vy = 0;
  for (let a = 0; a < count; a++) {
    if (px[a] === 0 && py[a] === 0) continue;
    const i = binOf[a + 1]!;
    const di = i - ux;
    vx += di * di * px[a]!;
    vy += (i - uy) * (i - uy) * py[a]!;
    const end = symmetric ? a + 1 : count;
    for (let b = 0; b < end; b++) {
      const product = px[a]! * py[b]!;
      if (product === 0) continue;
      const logProduct = log2(product + EPSILON);
      const times = symmetric && b !== a ? 2 : 1;
      hxy2 -= times * product * logProduct;
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      const both = times * value;
      autocorrelation += i * j * both;
      covariance += di * (j - uy) * both;
      energy += value * both;
      entropy -= both * log2(value + EPSILON);
      hxy1 -= both * logProduct;
      if (value > maximum) maximum = value;
    }
  }
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
