import { stillAxis } from '../../parameters/settings.ts';
import { sizeTable } from '../evidence.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { dependenceMatrix } from './matrix.ts';

/** Voxels by grey level and dependence. */
export const explanation: FeatureExplanation = {
  ibsi: {
    DependenceEntropy: 'FCBV',
    DependenceNonUniformity: 'Z87G',
    DependenceNonUniformityNormalized: 'OKJI',
    DependenceVariance: 'DNX2',
    GrayLevelNonUniformity: 'FP8K',
    GrayLevelVariance: '1PFV',
    HighGrayLevelEmphasis: 'OAE7',
    LargeDependenceEmphasis: 'IMOQ',
    LargeDependenceHighGrayLevelEmphasis: '9QMG',
    LargeDependenceLowGrayLevelEmphasis: 'NBZI',
    LowGrayLevelEmphasis: 'TL9H',
    SmallDependenceEmphasis: 'SODN',
    SmallDependenceHighGrayLevelEmphasis: 'JA6D',
    SmallDependenceLowGrayLevelEmphasis: 'EQ3F',
  },
  differs: { DependenceEntropy: '2^-52 is added inside the logarithm' },
  evidence: ({ volume, settings }) => [
    sizeTable(
      'voxels by grey level and dependence (1 + dependent neighbours)',
      'dependence',
      dependenceMatrix(volume, settings.gldm_a, {
        distances: settings.distances,
        still: stillAxis(settings),
      }),
    ),
  ],
};
