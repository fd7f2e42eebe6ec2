import { exp, log2 } from '@sentinode/core';
import { EPSILON } from '../feature-class.ts';
import { maximalCorrelation } from './maximal-correlation.ts';

/** Features of one probability matrix; NaN where the reference gives none. */
export function glcmFeatures(
  p: Float64Array,
  binOf: Float64Array,
  count: number,
  highest: number,
  levelsOfRegion: number,
  withMcc: boolean,
): Record<string, number> {
  const px = new Float64Array(count);
  const py = new Float64Array(count);
  const sums = new Float64Array(2 * highest + 1);
  const differences = new Float64Array(highest);
  let ux = 0;
  let uy = 0;
  for (let a = 0; a < count; a++) {
    const i = binOf[a + 1]!;
    for (let b = 0; b < count; b++) {
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      px[a]! += value;
      py[b]! += value;
      sums[i + j]! += value;
      differences[Math.abs(i - j)]! += value;
      ux += i * value;
      uy += j * value;
    }
  }
  let autocorrelation = 0;
  let tendency = 0;
  let shade = 0;
  let prominence = 0;
  let contrast = 0;
  let covariance = 0;
  let energy = 0;
  let entropy = 0;
  let hxy1 = 0;
  let hxy2 = 0;
  let maximum = 0;
  let sumSquares = 0;
  let vx = 0;
  let vy = 0;
  for (let a = 0; a < count; a++) {
    const i = binOf[a + 1]!;
    for (let b = 0; b < count; b++) {
      const product = px[a]! * py[b]!;
      if (product === 0) continue;
      const logProduct = log2(product + EPSILON);
      hxy2 -= product * logProduct;
      const value = p[a * count + b]!;
      if (value === 0) continue;
      const j = binOf[b + 1]!;
      const s = i + j - ux - uy;
      const di = i - ux;
      const dj = j - uy;
      autocorrelation += i * j * value;
      tendency += s * s * value;
      shade += s * s * s * value;
      prominence += s * s * s * s * value;
      contrast += (i - j) * (i - j) * value;
      covariance += di * dj * value;
      vx += di * di * value;
      vy += dj * dj * value;
      sumSquares += di * di * value;
      energy += value * value;
      entropy -= value * log2(value + EPSILON);
      hxy1 -= value * logProduct;
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
  let sumAverage = 0;
  let sumEntropy = 0;
  for (let k = 2; k < sums.length; k++) {
    const value = sums[k]!;
    if (value === 0) continue;
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
    SumSquares: sumSquares,
  };
}
