import { stillAxis } from '../../parameters/settings.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { toneMatrix } from './matrix.ts';

/** Voxels, probability and sum of differences from the neighbourhood, by grey level. */
export const explanation: FeatureExplanation = {
  ibsi: { Busyness: 'NQ30', Coarseness: 'QCDE', Complexity: 'HDEZ', Contrast: '65HE', Strength: '1X9X' },
  differs: Object.fromEntries(
    ['Busyness', 'Coarseness', 'Complexity', 'Contrast', 'Strength'].map((name) => [
      name,
      'voxels without a neighbour in the region count in n and N',
    ]),
  ),
  evidence: ({ volume, settings }) => {
    const { n, s } = toneMatrix(volume, { distances: settings.distances, still: stillAxis(settings) });
    return [
      {
        title: 'grey tone differences',
        rowTitle: 'grey level i',
        columnTitle: '',
        rows: Array.from(volume.binOf.slice(1)),
        columns: ['n, voxels', 'p = n / N', 's, sum of |i - mean of the neighbours|'],
        values: Array.from(n.slice(1), (count, k) => [count, count / volume.voxels.length, s[k + 1]!]),
      },
    ];
  },
};
