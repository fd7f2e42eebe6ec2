import { log2 } from '@sentinode/core';
import type { EvidenceTable, FeatureValue } from '../../../features/feature-class.ts';
import type { IbsiRegion } from '../../region.ts';
import { distribution } from '../distribution.ts';
import type { IbsiFamily } from '../family.ts';

function compute(region: IbsiRegion): Record<string, FeatureValue> {
  const { bins, highest } = region.discretised();
  const sample = distribution(Float64Array.from(bins));
  const counts = new Float64Array(highest);
  for (const bin of bins) counts[bin - 1]! += 1;
  let entropy = 0;
  let uniformity = 0;
  for (const count of counts) {
    const p = count / bins.length;
    if (p > 0) entropy -= p * log2(p);
    uniformity += p * p;
  }
  const all = { ...sample, mode: mode(counts, sample.mean), entropy, uniformity, ...gradients(counts) };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`ih_${name}`, value]));
}

/** The most frequent grey level; of several the one closest to the mean. */
function mode(counts: Float64Array, mean: number): number {
  let best = 0;
  for (let bin = 1; bin < counts.length; bin++) {
    const [more, equal] = [counts[bin]! > counts[best]!, counts[bin] === counts[best]];
    if (more || (equal && Math.abs(bin + 1 - mean) < Math.abs(best + 1 - mean))) best = bin;
  }
  return best + 1;
}

/** Central differences of the counts, one-sided at the ends; of equal extremes the first. */
function gradients(counts: Float64Array): Record<string, FeatureValue> {
  const names = ['max_grad', 'max_grad_g', 'min_grad', 'min_grad_g'];
  if (counts.length < 2) {
    const reason = { undefined: 'one grey level has no gradient' };
    return Object.fromEntries(names.map((name) => [name, reason]));
  }
  const last = counts.length - 1;
  const gradient = counts.map((count, bin) => {
    if (bin === 0) return counts[1]! - count;
    if (bin === last) return count - counts[bin - 1]!;
    return (counts[bin + 1]! - counts[bin - 1]!) / 2;
  });
  const highest = gradient.reduce((best, value, bin) => (value > gradient[best]! ? bin : best), 0);
  const lowest = gradient.reduce((best, value, bin) => (value < gradient[best]! ? bin : best), 0);
  return {
    max_grad: gradient[highest]!,
    max_grad_g: highest + 1,
    min_grad: gradient[lowest]!,
    min_grad_g: lowest + 1,
  };
}

function histogramTable(region: IbsiRegion): EvidenceTable {
  const { bins, highest } = region.discretised();
  const counts = new Array<number>(highest).fill(0);
  for (const bin of bins) counts[bin - 1]! += 1;
  return {
    title: 'histogram',
    rowTitle: 'grey level',
    columnTitle: '',
    rows: counts.map((_, bin) => bin + 1),
    columns: ['voxels', 'p'],
    values: counts.map((count) => [count, count / bins.length]),
  };
}

/** Histogram of the grey levels of the intensity mask. */
export const intensityHistogram = {
  name: 'intensity-histogram',
  title: 'Intensity histogram',
  code: 'ZVCW',
  aggregations: [],
  baseOnly: false,
  reads: ['discretisation'],
  compute,
  evidence: (region) => [histogramTable(region)],
  features: [
    { tag: 'ih_mean', code: 'X6K6', unit: 'grey level', title: 'Mean', formula: 'mean of the grey levels' },
    { tag: 'ih_var', code: 'CH89', title: 'Variance', formula: 'population variance' },
    { tag: 'ih_skew', code: '88K1', title: 'Skewness', formula: 'm3 / m2^1.5' },
    { tag: 'ih_kurt', code: 'C3I7', title: '(Excess) kurtosis', formula: 'm4 / m2^2 - 3' },
    { tag: 'ih_median', code: 'WIFQ', unit: 'grey level', title: 'Median', formula: 'P50' },
    { tag: 'ih_min', code: '1PR8', unit: 'grey level', title: 'Minimum', formula: 'lowest grey level' },
    { tag: 'ih_p10', code: 'GPMT', unit: 'grey level', title: '10th percentile', formula: 'P10' },
    { tag: 'ih_p90', code: 'OZ0C', unit: 'grey level', title: '90th percentile', formula: 'P90' },
    { tag: 'ih_max', code: '3NCY', unit: 'grey level', title: 'Maximum', formula: 'highest grey level' },
    {
      tag: 'ih_mode',
      code: 'AMMC',
      unit: 'grey level',
      title: 'Mode',
      formula: 'most frequent grey level; of several the closest to the mean',
    },
    { tag: 'ih_iqr', code: 'WR0O', unit: 'grey level', title: 'Interquartile range', formula: 'P75 - P25' },
    { tag: 'ih_range', code: '5Z3W', unit: 'grey level', title: 'Range', formula: 'maximum - minimum' },
    {
      tag: 'ih_mad',
      code: 'D2ZX',
      unit: 'grey level',
      title: 'Mean absolute deviation',
      formula: 'mean |X - mean|',
    },
    {
      tag: 'ih_rmad',
      code: 'WRZB',
      unit: 'grey level',
      title: 'Robust mean absolute deviation',
      formula: 'mean |X - mean| over X from P10 to P90',
    },
    {
      tag: 'ih_medad',
      code: '4RNL',
      unit: 'grey level',
      title: 'Median absolute deviation',
      formula: 'mean |X - P50|',
    },
    { tag: 'ih_cov', code: 'CWYJ', title: 'Coefficient of variation', formula: 'deviation / mean' },
    {
      tag: 'ih_qcod',
      code: 'SLWD',
      title: 'Quartile coefficient of dispersion',
      formula: '(P75 - P25) / (P75 + P25)',
    },
    { tag: 'ih_entropy', code: 'TLU2', title: 'Entropy', formula: '-sum p log2 p' },
    { tag: 'ih_uniformity', code: 'BJ5W', title: 'Uniformity', formula: 'sum p^2' },
    {
      tag: 'ih_max_grad',
      code: '12CE',
      title: 'Maximum histogram gradient',
      formula: 'max H, H central differences of the counts',
    },
    {
      tag: 'ih_max_grad_g',
      code: '8E6O',
      unit: 'grey level',
      title: 'Maximum histogram gradient intensity',
      formula: 'grey level of max H',
    },
    { tag: 'ih_min_grad', code: 'VQB3', title: 'Minimum histogram gradient', formula: 'min H' },
    {
      tag: 'ih_min_grad_g',
      code: 'RHQZ',
      unit: 'grey level',
      title: 'Minimum histogram gradient intensity',
      formula: 'grey level of min H',
    },
  ],
} satisfies IbsiFamily;
