import { log2 } from '@sentinode/core';
import { pairwiseTotal } from '../../kernels/pairwise-sum.ts';
import { EPSILON, type FeatureClass, type FeatureValue, type Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';

function percentile(sorted: Float64Array, q: number): number {
  const position = (sorted.length - 1) * q;
  const low = Math.floor(position);
  const high = Math.min(sorted.length - 1, low + 1);
  const t = position - low;
  const a = sorted[low]!;
  const b = sorted[high]!;
  return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
}

/** @param terms work space of the length of the values */
function meanAbsoluteDeviation(values: Float64Array, terms: Float64Array): number {
  const n = values.length;
  const mean = pairwiseTotal(values) / n;
  for (let i = 0; i < n; i++) terms[i] = Math.abs(values[i]! - mean);
  return pairwiseTotal(terms, n) / n;
}

/** Means of the powers 2, 3 and 4 of the distance from the mean. */
function centralMoments(values: Float64Array, mean: number, terms: Float64Array): [number, number, number] {
  const n = values.length;
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const d = values[i]! - mean;
    distances[i] = d;
    terms[i] = d * d;
  }
  const second = pairwiseTotal(terms) / n;
  for (let i = 0; i < n; i++) terms[i]! *= distances[i]!;
  const third = pairwiseTotal(terms) / n;
  for (let i = 0; i < n; i++) terms[i] = distances[i]! * distances[i]! * (distances[i]! * distances[i]!);
  return [second, third, pairwiseTotal(terms) / n];
}

function compute(
  { values, volume, spacing, settings }: Region,
  wanted: readonly string[],
): Record<string, FeatureValue> {
  const n = values.length;
  const sorted = new Float64Array(values).sort();
  const terms = new Float64Array(n);
  const mean = pairwiseTotal(values) / n;
  const [m2, m3, m4] = centralMoments(values, mean, terms);
  for (let i = 0; i < n; i++) {
    const shifted = values[i]! + settings.voxelArrayShift;
    terms[i] = shifted * shifted;
  }
  const energy = pairwiseTotal(terms);
  const occupied = new Float64Array(volume.count + 1);
  for (const position of volume.voxels) occupied[volume.levels[position]!]! += 1;
  let entropy = 0;
  let uniformity = 0;
  for (let level = 1; level <= volume.count; level++) {
    const p = occupied[level]! / n;
    entropy -= p * log2(p + EPSILON);
    uniformity += p * p;
  }
  const p10 = percentile(sorted, 0.1);
  const p90 = percentile(sorted, 0.9);
  const robust = values.filter((value) => value >= p10 && value <= p90);
  const all: Record<string, FeatureValue> = {
    '10Percentile': p10,
    '90Percentile': p90,
    Energy: energy,
    Entropy: entropy,
    InterquartileRange: percentile(sorted, 0.75) - percentile(sorted, 0.25),
    Kurtosis: m2 === 0 ? 0 : m4 / (m2 * m2),
    Maximum: sorted[n - 1]!,
    MeanAbsoluteDeviation: meanAbsoluteDeviation(values, terms),
    Mean: mean,
    Median: percentile(sorted, 0.5),
    Minimum: sorted[0]!,
    Range: sorted[n - 1]! - sorted[0]!,
    RobustMeanAbsoluteDeviation:
      robust.length === 0
        ? { undefined: 'no voxel lies between the 10th and 90th percentile' }
        : meanAbsoluteDeviation(robust, terms),
    RootMeanSquared: Math.sqrt(energy / n),
    Skewness: m2 === 0 ? 0 : m3 / (m2 * Math.sqrt(m2)),
    StandardDeviation: Math.sqrt(m2),
    TotalEnergy: energy * spacing[0] * spacing[1] * spacing[2],
    Uniformity: uniformity,
    Variance: m2,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Statistics of the grey values in the region. */
export const firstorder = {
  name: 'firstorder',
  onMask: false,
  binned: ['Entropy', 'Uniformity'],
  explanation,
  features: [
    { name: '10Percentile', formula: '10th percentile, linear between order statistics' },
    { name: '90Percentile', formula: '90th percentile' },
    { name: 'Energy', formula: 'sum (x + c)^2, c = voxelArrayShift' },
    { name: 'Entropy', formula: '-sum p log2(p + eps) over occupied bins' },
    { name: 'InterquartileRange', formula: '75th minus 25th percentile' },
    { name: 'Kurtosis', formula: 'm4 / m2^2, not excess; 0 for a flat region' },
    { name: 'Maximum', formula: 'max x' },
    { name: 'MeanAbsoluteDeviation', formula: 'mean |x - mean|' },
    { name: 'Mean', formula: 'mean x' },
    { name: 'Median', formula: '50th percentile' },
    { name: 'Minimum', formula: 'min x' },
    { name: 'Range', formula: 'max x - min x' },
    {
      name: 'RobustMeanAbsoluteDeviation',
      formula: 'mean absolute deviation of the values within the 10th to 90th percentile',
    },
    { name: 'RootMeanSquared', formula: 'sqrt(Energy / n)' },
    { name: 'Skewness', formula: 'm3 / m2^1.5; 0 for a flat region' },
    { name: 'TotalEnergy', formula: 'Energy times voxel volume' },
    { name: 'Uniformity', formula: 'sum p^2 over occupied bins' },
    { name: 'Variance', formula: 'm2, population variance' },
    { name: 'StandardDeviation', formula: 'sqrt(m2); only when asked for by name' },
  ],
  compute,
} satisfies FeatureClass;
