import { quantityTable } from '../evidence.ts';
import type { EvidenceTable, FeatureExplanation, Region } from '../feature-class.ts';

/** Central moments about the mean, divided by the number of voxels. */
function moments({ values }: Region): Record<string, number> {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: number): number =>
    values.reduce((sum, value) => {
      let product = 1;
      for (let k = 0; k < power; k++) product *= value - mean;
      return sum + product;
    }, 0) / n;
  return { 'n, voxels': n, mean, m2: moment(2), m3: moment(3), m4: moment(4) };
}

function histogram({ volume }: Region): EvidenceTable {
  const { binOf, count, levels, voxels } = volume;
  const found = new Array<number>(count + 1).fill(0);
  for (const at of voxels) found[levels[at]!]! += 1;
  return {
    title: 'histogram of grey levels',
    rowTitle: 'grey level',
    columnTitle: '',
    rows: Array.from(binOf.slice(1)),
    columns: ['voxels', 'p'],
    values: found.slice(1).map((voxel) => [voxel, voxel / voxels.length]),
  };
}

/** The histogram for what is made of grey levels; order and moments for what is made of grey values. */
export const explanation: FeatureExplanation = {
  ibsi: {
    '10Percentile': 'QG58',
    '90Percentile': '8DWT',
    Energy: 'N8CA',
    Entropy: 'TLU2',
    InterquartileRange: 'SALO',
    Kurtosis: 'IPH6',
    Maximum: '84IY',
    MeanAbsoluteDeviation: '4FUA',
    Mean: 'Q4LE',
    Median: 'Y12H',
    Minimum: '1GSF',
    Range: '2OJQ',
    RobustMeanAbsoluteDeviation: '1128',
    RootMeanSquared: '5ZWQ',
    Skewness: 'KE2A',
    Uniformity: 'BJ5W',
    Variance: 'ECT3',
  },
  differs: {
    Kurtosis: 'not excess: 3 more than the manual',
    Energy: 'the same only with voxelArrayShift 0',
    RootMeanSquared: 'the same only with voxelArrayShift 0',
    Entropy: 'bins start at multiples of the bin width, and 2^-52 is added inside the logarithm',
    Uniformity: 'bins start at multiples of the bin width',
    InterquartileRange: 'percentiles are interpolated; the manual leaves that open',
    '10Percentile': 'interpolated; the manual leaves that open',
    '90Percentile': 'interpolated; the manual leaves that open',
  },
  evidence: (region, feature) => {
    if (feature === 'Entropy' || feature === 'Uniformity') return [histogram(region)];
    const sorted = Float64Array.from(region.values).sort();
    const lowest = (count: number): number[] => Array.from(sorted.slice(0, count));
    return [
      quantityTable('moments of the grey values', moments(region)),
      {
        title: 'grey values in order, both ends',
        rowTitle: '',
        columnTitle: 'rank from the end',
        rows: ['lowest', 'highest'],
        columns: lowest(8).map((_, rank) => rank + 1),
        values: [lowest(8), Array.from(sorted.slice(-8)).reverse()],
      },
      histogram(region),
    ];
  },
};
