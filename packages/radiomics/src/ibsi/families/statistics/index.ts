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

/** Intensity-based statistics of the intensity mask. */
export const statistics = {
  name: 'statistics',
  title: 'Intensity-based statistics',
  code: 'UHIW',
  aggregations: [],
  baseOnly: false,
  compute,
  features: [
    { tag: 'stat_mean', code: 'Q4LE', title: 'Mean', formula: 'mu = sum X / Nv' },
    { tag: 'stat_var', code: 'ECT3', title: 'Variance', formula: 'sum (X - mu)^2 / Nv' },
    { tag: 'stat_skew', code: 'KE2A', title: 'Skewness', formula: 'm3 / m2^1.5; 0 where m2 is 0' },
    { tag: 'stat_kurt', code: 'IPH6', title: '(Excess) kurtosis', formula: 'm4 / m2^2 - 3; 0 where m2 is 0' },
    { tag: 'stat_median', code: 'Y12H', title: 'Median', formula: 'P50' },
    { tag: 'stat_min', code: '1GSF', title: 'Minimum', formula: 'min X' },
    {
      tag: 'stat_p10',
      code: 'QG58',
      title: '10th percentile',
      formula: 'P10, linear between order statistics',
    },
    { tag: 'stat_p90', code: '8DWT', title: '90th percentile', formula: 'P90' },
    { tag: 'stat_max', code: '84IY', title: 'Maximum', formula: 'max X' },
    { tag: 'stat_iqr', code: 'SALO', title: 'Interquartile range', formula: 'P75 - P25' },
    { tag: 'stat_range', code: '2OJQ', title: 'Range', formula: 'max X - min X' },
    { tag: 'stat_mad', code: '4FUA', title: 'Mean absolute deviation', formula: 'mean |X - mu|' },
    {
      tag: 'stat_rmad',
      code: '1128',
      title: 'Robust mean absolute deviation',
      formula: 'mean |X - mean| over X from P10 to P90',
    },
    { tag: 'stat_medad', code: 'N72L', title: 'Median absolute deviation', formula: 'mean |X - P50|' },
    { tag: 'stat_cov', code: '7TET', title: 'Coefficient of variation', formula: 'sqrt(m2) / mu' },
    {
      tag: 'stat_qcod',
      code: '9S40',
      title: 'Quartile coefficient of dispersion',
      formula: '(P75 - P25) / (P75 + P25)',
    },
    { tag: 'stat_energy', code: 'N8CA', title: 'Energy', formula: 'sum X^2' },
    { tag: 'stat_rms', code: '5ZWQ', title: 'Root mean square', formula: 'sqrt(sum X^2 / Nv)' },
  ],
} satisfies IbsiFamily;
