import { directions } from '../../kernels/directions.ts';
import { stillAxis } from '../../parameters/settings.ts';
import { directionTable, directionText } from '../evidence.ts';
import type { FeatureExplanation, Region } from '../feature-class.ts';
import { glcmFeatures } from './formulas.ts';
import { pairCounts } from './matrix.ts';

/** Pair counts and the feature's value, direction by direction. */
export const explanation: FeatureExplanation = {
  ibsi: {
    Autocorrelation: 'QWB0',
    JointAverage: '60VM',
    ClusterProminence: 'AE86',
    ClusterShade: '7NFM',
    ClusterTendency: 'DG8W',
    Contrast: 'ACUI',
    Correlation: 'NI2N',
    DifferenceAverage: 'TF7R',
    DifferenceEntropy: 'NTRS',
    DifferenceVariance: 'D3YU',
    JointEnergy: '8ZQL',
    JointEntropy: 'TU9B',
    Imc1: 'R8DG',
    Imc2: 'JN9H',
    Idm: 'WF0Z',
    Idmn: '1QCO',
    Id: 'IB1Z',
    Idn: 'NDRX',
    InverseVariance: 'E8JP',
    MaximumProbability: 'GYBY',
    SumAverage: 'ZGXS',
    SumEntropy: 'P6QZ',
    SumSquares: 'UR99',
  },
  differs: {
    DifferenceEntropy: '2^-52 is added inside the logarithm',
    JointEntropy: '2^-52 is added inside the logarithm',
    SumEntropy: '2^-52 is added inside the logarithm',
  },
  evidence: (region, feature) => {
    const { volume, settings } = region;
    const { binOf, count } = volume;
    const levels = Array.from(binOf.slice(1));
    const offsets = directions(volume.size, { distances: settings.distances, still: stillAxis(settings) });
    const matrices = offsets.map((offset) => ({ offset, counts: countsOf(region, offset) }));
    const paired = matrices.filter(({ counts }) => counts.some((n) => n > 0));
    return [
      directionTable(
        feature,
        'pairs',
        settings.weightingNorm,
        paired.map(({ offset }) => offset),
        paired.map(({ counts }) => {
          const total = counts.reduce((sum, n) => sum + n, 0);
          const p = counts.map((n) => n / total);
          const values = glcmFeatures(
            p,
            binOf,
            count,
            volume.highest,
            volume.levelsOfRegion,
            true,
            settings.symmetricalGLCM,
          );
          return [total, values[feature]!];
        }),
      ),
      ...paired.map(({ offset, counts }) => ({
        title: `pairs of levels along ${directionText(offset)}${settings.symmetricalGLCM ? ', counted both ways' : ''}`,
        rowTitle: 'grey level i',
        columnTitle: 'grey level j',
        rows: levels,
        columns: levels,
        values: levels.map((_, i) => Array.from(counts.slice(i * count, (i + 1) * count))),
      })),
    ];
  },
};

function countsOf({ volume, settings }: Region, offset: readonly [number, number, number]): Float64Array {
  const one = pairCounts(volume, offset);
  if (!settings.symmetricalGLCM) return one;
  const { count } = volume;
  return one.map((n, k) => n + one[(k % count) * count + Math.floor(k / count)]!);
}
