import { type SizeMatrix, sizeFeatures } from '../size-matrix.ts';

/** Features of the runs of one direction. */
export function runFeatures(matrix: SizeMatrix): Record<string, number> {
  const f = sizeFeatures(matrix);
  return {
    GrayLevelNonUniformity: f.levelNonUniformity,
    GrayLevelNonUniformityNormalized: f.levelNonUniformity / f.total,
    GrayLevelVariance: f.levelVariance,
    HighGrayLevelRunEmphasis: f.highLevel,
    LongRunEmphasis: f.large,
    LongRunHighGrayLevelEmphasis: f.largeHigh,
    LongRunLowGrayLevelEmphasis: f.largeLow,
    LowGrayLevelRunEmphasis: f.lowLevel,
    RunEntropy: f.entropy,
    RunLengthNonUniformity: f.sizeNonUniformity,
    RunLengthNonUniformityNormalized: f.sizeNonUniformity / f.total,
    RunPercentage: f.total / f.weighted,
    RunVariance: f.sizeVariance,
    ShortRunEmphasis: f.small,
    ShortRunHighGrayLevelEmphasis: f.smallHigh,
    ShortRunLowGrayLevelEmphasis: f.smallLow,
  };
}
