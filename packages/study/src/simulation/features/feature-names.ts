/** Image types of the default protocol, in the order of extraction. */
export const imageTypes: readonly string[] = [
  'original',
  ...[2, 3, 4, 5].map((sigma) => `log-sigma-${sigma}-0-mm-3D`),
  ...['LLH', 'LHL', 'LHH', 'HLL', 'HLH', 'HHL', 'HHH', 'LLL'].map((band) => `wavelet-${band}`),
];

const shape =
  'Elongation Flatness LeastAxisLength MajorAxisLength Maximum2DDiameterColumn Maximum2DDiameterRow Maximum2DDiameterSlice Maximum3DDiameter MeshVolume MinorAxisLength Sphericity SurfaceArea SurfaceVolumeRatio VoxelVolume';

/** Feature names by class, in the order of extraction; shape is measured on the original image only. */
const classes: Readonly<Record<string, string>> = {
  firstorder:
    '10Percentile 90Percentile Energy Entropy InterquartileRange Kurtosis Maximum MeanAbsoluteDeviation Mean Median Minimum Range RobustMeanAbsoluteDeviation RootMeanSquared Skewness TotalEnergy Uniformity Variance',
  glcm: 'Autocorrelation JointAverage ClusterProminence ClusterShade ClusterTendency Contrast Correlation DifferenceAverage DifferenceEntropy DifferenceVariance JointEnergy JointEntropy Imc1 Imc2 Idm Idmn Id Idn InverseVariance MaximumProbability SumEntropy SumSquares',
  glrlm:
    'GrayLevelNonUniformity GrayLevelNonUniformityNormalized GrayLevelVariance HighGrayLevelRunEmphasis LongRunEmphasis LongRunHighGrayLevelEmphasis LongRunLowGrayLevelEmphasis LowGrayLevelRunEmphasis RunEntropy RunLengthNonUniformity RunLengthNonUniformityNormalized RunPercentage RunVariance ShortRunEmphasis ShortRunHighGrayLevelEmphasis ShortRunLowGrayLevelEmphasis',
  glszm:
    'GrayLevelNonUniformity GrayLevelNonUniformityNormalized GrayLevelVariance HighGrayLevelZoneEmphasis LargeAreaEmphasis LargeAreaHighGrayLevelEmphasis LargeAreaLowGrayLevelEmphasis LowGrayLevelZoneEmphasis SizeZoneNonUniformity SizeZoneNonUniformityNormalized SmallAreaEmphasis SmallAreaHighGrayLevelEmphasis SmallAreaLowGrayLevelEmphasis ZoneEntropy ZonePercentage ZoneVariance',
  gldm: 'DependenceEntropy DependenceNonUniformity DependenceNonUniformityNormalized DependenceVariance GrayLevelNonUniformity GrayLevelVariance HighGrayLevelEmphasis LargeDependenceEmphasis LargeDependenceHighGrayLevelEmphasis LargeDependenceLowGrayLevelEmphasis LowGrayLevelEmphasis SmallDependenceEmphasis SmallDependenceHighGrayLevelEmphasis SmallDependenceLowGrayLevelEmphasis',
  ngtdm: 'Busyness Coarseness Complexity Contrast Strength',
};

/** A feature of the default protocol by its parts. */
export interface FeatureIdentity {
  readonly type: string;
  readonly featureClass: string;
  readonly name: string;
}

/** The 1,197 features of the default protocol: per image type all classes, shape first of all. */
export const features: readonly FeatureIdentity[] = imageTypes.flatMap((type) => {
  const named = (featureClass: string, names: string): FeatureIdentity[] =>
    names.split(' ').map((name) => ({ type, featureClass, name }));
  return [
    ...(type === 'original' ? named('shape', shape) : []),
    ...Object.entries(classes).flatMap(([featureClass, names]) => named(featureClass, names)),
  ];
});

/** `wavelet-LLH_glcm_JointEntropy` */
export const fullName = ({ type, featureClass, name }: FeatureIdentity): string =>
  `${type}_${featureClass}_${name}`;
