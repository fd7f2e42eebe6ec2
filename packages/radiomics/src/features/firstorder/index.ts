import { log2 } from '@sentinode/core';
import { orderStatistics } from '../../kernels/order-statistics.ts';
import { pairwiseTotal } from '../../kernels/pairwise-sum.ts';
import { EPSILON, type FeatureClass, type FeatureValue, type Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';

/** Parts of the values below each percentile that is asked for, and whole numbers for the ends. */
const PARTS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** Percentiles at `PARTS`, linear between order statistics. */
function percentiles(values: Float64Array): number[] {
  const last = values.length - 1;
  const places = PARTS.map((part) => last * part);
  const around = orderStatistics(
    values,
    places.flatMap((place) => [Math.floor(place), Math.min(last, Math.floor(place) + 1)]),
  );
  return places.map((place, k) => {
    const t = place - Math.floor(place);
    const a = around[2 * k]!;
    const b = around[2 * k + 1]!;
    return t < 0.5 ? a + (b - a) * t : b - (b - a) * (1 - t);
  });
}

/** The values from one bound to another. */
function within(values: Float64Array, low: number, high: number): Float64Array {
  const found = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value >= low && value <= high) found[count++] = value;
  }
  return found.subarray(0, count);
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
  const [minimum, p10, p25, median, p75, p90, maximum] = percentiles(values) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const terms = new Float64Array(n);
  const mean = pairwiseTotal(values) / n;
  const [m2, m3, m4] = centralMoments(values, mean, terms);
  for (let i = 0; i < n; i++) {
    const shifted = values[i]! + settings.voxelArrayShift;
    terms[i] = shifted * shifted;
  }
  const energy = pairwiseTotal(terms);
  const occupied = new Float64Array(volume.count + 1);
  const { voxels, levels } = volume;
  for (let v = 0; v < voxels.length; v++) occupied[levels[voxels[v]!]!]! += 1;
  let entropy = 0;
  let uniformity = 0;
  for (let level = 1; level <= volume.count; level++) {
    const p = occupied[level]! / n;
    entropy -= p * log2(p + EPSILON);
    uniformity += p * p;
  }
  const robust = within(values, p10, p90);
  const all: Record<string, FeatureValue> = {
    '10Percentile': p10,
    '90Percentile': p90,
    Energy: energy,
    Entropy: entropy,
    InterquartileRange: p75 - p25,
    Kurtosis: m2 === 0 ? 0 : m4 / (m2 * m2),
    Maximum: maximum,
    MeanAbsoluteDeviation: meanAbsoluteDeviation(values, terms),
    Mean: mean,
    Median: median,
    Minimum: minimum,
    Range: maximum - minimum,
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
