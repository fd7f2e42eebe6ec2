import { stillAxis } from '../../parameters/settings.ts';
import type { FeatureClass, FeatureValue, Region } from '../feature-class.ts';
import { sizeFeatures } from '../size-matrix.ts';
import { explanation } from './explanation.ts';
import { dependenceMatrix } from './matrix.ts';

function compute({ volume, settings }: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const { distances, gldm_a } = settings;
  const f = sizeFeatures(dependenceMatrix(volume, gldm_a, { distances, still: stillAxis(settings) }));
  const all: Record<string, FeatureValue> = {
    DependenceEntropy: f.entropy,
    DependenceNonUniformity: f.sizeNonUniformity,
    DependenceNonUniformityNormalized: f.sizeNonUniformity / f.total,
    DependenceVariance: f.sizeVariance,
    GrayLevelNonUniformity: f.levelNonUniformity,
    GrayLevelVariance: f.levelVariance,
    HighGrayLevelEmphasis: f.highLevel,
    LargeDependenceEmphasis: f.large,
    LargeDependenceHighGrayLevelEmphasis: f.largeHigh,
    LargeDependenceLowGrayLevelEmphasis: f.largeLow,
    LowGrayLevelEmphasis: f.lowLevel,
    SmallDependenceEmphasis: f.small,
    SmallDependenceHighGrayLevelEmphasis: f.smallHigh,
    SmallDependenceLowGrayLevelEmphasis: f.smallLow,
  };
  return Object.fromEntries(wanted.map((name) => [name, all[name]!]));
}

/** Grey level dependence matrix. Nz voxels, i level, j dependence. */
export const gldm = {
  name: 'gldm',
  withdrawn: ['DependencePercentage', 'GrayLevelNonUniformityNormalized'],
  onMask: false,
  explanation,
  features: [
    { name: 'DependenceEntropy', formula: '-sum P/Nz log2(P/Nz + eps)' },
    { name: 'DependenceNonUniformity', formula: 'sum over j of (sum over i of P)^2 / Nz' },
    { name: 'DependenceNonUniformityNormalized', formula: 'the same / Nz' },
    { name: 'DependenceVariance', formula: 'variance of j under P / Nz' },
    { name: 'GrayLevelNonUniformity', formula: 'sum over i of (sum over j of P)^2 / Nz' },
    { name: 'GrayLevelVariance', formula: 'variance of i under P / Nz' },
    { name: 'HighGrayLevelEmphasis', formula: 'sum P i^2 / Nz' },
    { name: 'LargeDependenceEmphasis', formula: 'sum P j^2 / Nz' },
    { name: 'LargeDependenceHighGrayLevelEmphasis', formula: 'sum P i^2 j^2 / Nz' },
    { name: 'LargeDependenceLowGrayLevelEmphasis', formula: 'sum P j^2 / i^2 / Nz' },
    { name: 'LowGrayLevelEmphasis', formula: 'sum P / i^2 / Nz' },
    { name: 'SmallDependenceEmphasis', formula: 'sum P / j^2 / Nz' },
    { name: 'SmallDependenceHighGrayLevelEmphasis', formula: 'sum P i^2 / j^2 / Nz' },
    { name: 'SmallDependenceLowGrayLevelEmphasis', formula: 'sum P / (i^2 j^2) / Nz' },
  ],
  compute,
} satisfies FeatureClass;
