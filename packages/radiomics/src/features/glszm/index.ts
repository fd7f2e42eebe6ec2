import { stillAxis } from '../../parameters/settings.ts';
import type { FeatureClass, FeatureValue, Region } from '../feature-class.ts';
import { sizeFeatures } from '../size-matrix.ts';
import { explanation } from './explanation.ts';
import { zoneMatrix } from './matrix.ts';

function compute({ volume, settings }: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const f = sizeFeatures(zoneMatrix(volume, stillAxis(settings)));
  const all: Record<string, FeatureValue> = {
    GrayLevelNonUniformity: f.levelNonUniformity,
    GrayLevelNonUniformityNormalized: f.levelNonUniformity / f.total,
    GrayLevelVariance: f.levelVariance,
    HighGrayLevelZoneEmphasis: f.highLevel,
    LargeAreaEmphasis: f.large,
    LargeAreaHighGrayLevelEmphasis: f.largeHigh,
    LargeAreaLowGrayLevelEmphasis: f.largeLow,
    LowGrayLevelZoneEmphasis: f.lowLevel,
    SizeZoneNonUniformity: f.sizeNonUniformity,
    SizeZoneNonUniformityNormalized: f.sizeNonUniformity / f.total,
    SmallAreaEmphasis: f.small,
    SmallAreaHighGrayLevelEmphasis: f.smallHigh,
    SmallAreaLowGrayLevelEmphasis: f.smallLow,
    ZoneEntropy: f.entropy,
    ZonePercentage: f.total / f.weighted,
    ZoneVariance: f.sizeVariance,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Grey level size zone matrix. Nz zones, Np voxels, i level, j size. */
export const glszm = {
  name: 'glszm',
  onMask: false,
  explanation,
  features: [
    { name: 'GrayLevelNonUniformity', formula: 'sum over i of (sum over j of P)^2 / Nz' },
    { name: 'GrayLevelNonUniformityNormalized', formula: 'the same / Nz' },
    { name: 'GrayLevelVariance', formula: 'variance of i under P / Nz' },
    { name: 'HighGrayLevelZoneEmphasis', formula: 'sum P i^2 / Nz' },
    { name: 'LargeAreaEmphasis', formula: 'sum P j^2 / Nz' },
    { name: 'LargeAreaHighGrayLevelEmphasis', formula: 'sum P i^2 j^2 / Nz' },
    { name: 'LargeAreaLowGrayLevelEmphasis', formula: 'sum P j^2 / i^2 / Nz' },
    { name: 'LowGrayLevelZoneEmphasis', formula: 'sum P / i^2 / Nz' },
    { name: 'SizeZoneNonUniformity', formula: 'sum over j of (sum over i of P)^2 / Nz' },
    { name: 'SizeZoneNonUniformityNormalized', formula: 'the same / Nz' },
    { name: 'SmallAreaEmphasis', formula: 'sum P / j^2 / Nz' },
    { name: 'SmallAreaHighGrayLevelEmphasis', formula: 'sum P i^2 / j^2 / Nz' },
    { name: 'SmallAreaLowGrayLevelEmphasis', formula: 'sum P / (i^2 j^2) / Nz' },
    { name: 'ZoneEntropy', formula: '-sum P/Nz log2(P/Nz + eps)' },
    { name: 'ZonePercentage', formula: 'Nz / Np' },
    { name: 'ZoneVariance', formula: 'variance of j under P / Nz' },
  ],
  compute,
} satisfies FeatureClass;
