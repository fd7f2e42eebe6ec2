import { stillAxis } from '../../parameters/settings.ts';
import { sizeTable } from '../evidence.ts';
import type { FeatureExplanation } from '../feature-class.ts';
import { zoneMatrix } from './matrix.ts';

/** Zones by grey level and size. */
export const explanation: FeatureExplanation = {
  ibsi: {
    GrayLevelNonUniformity: 'JNSA',
    GrayLevelNonUniformityNormalized: 'Y1RO',
    GrayLevelVariance: 'BYLV',
    HighGrayLevelZoneEmphasis: '5GN9',
    LargeAreaEmphasis: '48P8',
    LargeAreaHighGrayLevelEmphasis: 'J17V',
    LargeAreaLowGrayLevelEmphasis: 'YH51',
    LowGrayLevelZoneEmphasis: 'XMSY',
    SizeZoneNonUniformity: '4JP3',
    SizeZoneNonUniformityNormalized: 'VB3A',
    SmallAreaEmphasis: '5QRC',
    SmallAreaHighGrayLevelEmphasis: 'HW1V',
    SmallAreaLowGrayLevelEmphasis: '5RAI',
    ZoneEntropy: 'GU8N',
    ZonePercentage: 'P30P',
    ZoneVariance: '3NSA',
  },
  differs: { ZoneEntropy: '2^-52 is added inside the logarithm' },
  evidence: ({ volume, settings }) => [
    sizeTable('zones by grey level and size', 'voxels of the zone', zoneMatrix(volume, stillAxis(settings))),
  ],
};
