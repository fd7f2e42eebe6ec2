import { quantityTable } from '../../../features/evidence.ts';
import type { FeatureValue } from '../../../features/feature-class.ts';
import type { IbsiRegion } from '../../region.ts';
import { distribution } from '../distribution.ts';
import type { IbsiFamily } from '../family.ts';

function compute({ values }: IbsiRegion): Record<string, FeatureValue> {
  let energy = 0;
  for (const value of values) energy += value * value;
  const all = {
    ...distribution(values),
    energy,
    rms: Math.sqrt(energy / values.length),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [`stat_${name}`, value]));
}

/** Central moments and percentiles of the sample. */
function sampleOf(values: Float64Array): Record<string, number> {
  const { mean, p10, median, p90, iqr } = distribution(values);
  const moment = (power: number): number =>
    values.reduce((sum, value) => sum + wholePower(value - mean, power), 0) / values.length;
  return {
    'Nv, voxels': values.length,
    mu: mean,
    m2: moment(2),
    m3: moment(3),
    m4: moment(4),
    P10: p10,
    P50: median,
    P90: p90,
    'P75 - P25': iqr,
  };
}

/** Intensity-based statistics of the intensity mask. */
export const statistics = {
  name: 'statistics',
  title: 'Intensity-based statistics',
  code: 'UHIW',
  aggregations: [],
  baseOnly: false,
  reads: [],
  compute,
  evidence: ({ values }) => [quantityTable('sample of intensities', sampleOf(values))],
  features: [
    { tag: 'stat_mean', code: 'Q4LE', unit: 'intensity', title: 'Mean', formula: 'mu = sum X / Nv' },
    { tag: 'stat_var', code: 'ECT3', unit: 'intensity^2', title: 'Variance', formula: 'sum (X - mu)^2 / Nv' },
    { tag: 'stat_skew', code: 'KE2A', title: 'Skewness', formula: 'm3 / m2^1.5; 0 where m2 is 0' },
    { tag: 'stat_kurt', code: 'IPH6', title: '(Excess) kurtosis', formula: 'm4 / m2^2 - 3; 0 where m2 is 0' },
    { tag: 'stat_median', code: 'Y12H', unit: 'intensity', title: 'Median', formula: 'P50' },
    { tag: 'stat_min', code: '1GSF', unit: 'intensity', title: 'Minimum', formula: 'min X' },
    {
      tag: 'stat_p10',
      code: 'QG58',
      unit: 'intensity',
      title: '10th percentile',
      formula: 'P10, linear between order statistics',
    },
    { tag: 'stat_p90', code: '8DWT', unit: 'intensity', title: '90th percentile', formula: 'P90' },
    { tag: 'stat_max', code: '84IY', unit: 'intensity', title: 'Maximum', formula: 'max X' },
    { tag: 'stat_iqr', code: 'SALO', unit: 'intensity', title: 'Interquartile range', formula: 'P75 - P25' },
    { tag: 'stat_range', code: '2OJQ', unit: 'intensity', title: 'Range', formula: 'max X - min X' },
    {
      tag: 'stat_mad',
      code: '4FUA',
      unit: 'intensity',
      title: 'Mean absolute deviation',
      formula: 'mean |X - mu|',
    },
    {
      tag: 'stat_rmad',
      code: '1128',
      unit: 'intensity',
      title: 'Robust mean absolute deviation',
      formula: 'mean |X - mean| over X from P10 to P90',
    },
    {
      tag: 'stat_medad',
      code: 'N72L',
      unit: 'intensity',
      title: 'Median absolute deviation',
      formula: 'mean |X - P50|',
    },
    { tag: 'stat_cov', code: '7TET', title: 'Coefficient of variation', formula: 'sqrt(m2) / mu' },
    {
      tag: 'stat_qcod',
      code: '9S40',
      title: 'Quartile coefficient of dispersion',
      formula: '(P75 - P25) / (P75 + P25)',
    },
    { tag: 'stat_energy', code: 'N8CA', unit: 'intensity^2', title: 'Energy', formula: 'sum X^2' },
    {
      tag: 'stat_rms',
      code: '5ZWQ',
      unit: 'intensity',
      title: 'Root mean square',
      formula: 'sqrt(sum X^2 / Nv)',
    },
  ],
} satisfies IbsiFamily;

/** x times itself; the engine's own powers differ in the last bits between engines. */
function wholePower(x: number, power: number): number {
  let product = x;
  for (let k = 1; k < power; k++) product *= x;
  return product;
}
