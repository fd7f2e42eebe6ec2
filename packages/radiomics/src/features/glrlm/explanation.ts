import { stillAxis } from '../../parameters/settings.ts';
import { directionTable, directionText, sizeTable } from '../evidence.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { runsByDirection } from './matrix.ts';
import { runFeatures } from './run-features.ts';

/** Runs by grey level and length and the feature's value, direction by direction. */
export const explanation: FeatureExplanation = {
  ibsi: {
    GrayLevelNonUniformity: 'R5YN',
    GrayLevelNonUniformityNormalized: 'OVBL',
    GrayLevelVariance: '8CE5',
    HighGrayLevelRunEmphasis: 'G3QZ',
    LongRunEmphasis: 'W4KF',
    LongRunHighGrayLevelEmphasis: '3KUM',
    LongRunLowGrayLevelEmphasis: 'IVPO',
    LowGrayLevelRunEmphasis: 'V3SW',
    RunEntropy: 'HJ9O',
    RunLengthNonUniformity: 'W92Y',
    RunLengthNonUniformityNormalized: 'IC23',
    RunPercentage: '9ZK5',
    RunVariance: 'SXLW',
    ShortRunEmphasis: '22OV',
    ShortRunHighGrayLevelEmphasis: 'GD3A',
    ShortRunLowGrayLevelEmphasis: 'HTZT',
  },
  differs: { RunEntropy: '2^-52 is added inside the logarithm' },
  evidence: ({ volume, settings }, feature) => {
    const runs = runsByDirection(volume, stillAxis(settings));
    return [
      directionTable(
        feature,
        'runs',
        settings.weightingNorm,
        runs.map(({ offset }) => offset),
        runs.map(({ matrix }) => [
          matrix.counts.reduce((sum, n) => sum + n, 0),
          runFeatures(matrix)[feature]!,
        ]),
      ),
      ...runs.map(({ offset, matrix }) =>
        sizeTable(`runs by grey level and length along ${directionText(offset)}`, 'run length', matrix),
      ),
    ];
  },
};
