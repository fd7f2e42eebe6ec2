import { directions, touching } from '../../kernels/directions.ts';
import { stillAxis } from '../../parameters/settings.ts';
import { type FeatureClass, type FeatureValue, meanOfDefined, type Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';
import { runMatrices } from './matrix.ts';
import { runFeatures } from './run-features.ts';

function compute(
  { volume, spacing, settings, neighbourhood }: Region,
  wanted: readonly string[],
): Record<string, FeatureValue> {
  const { weightingNorm } = settings;
  const perDirection = runMatrices(volume, { spacing, weightingNorm, still: stillAxis(settings) }).map(
    runFeatures,
  );
  const oneMatrix =
    weightingNorm !== null || directions(volume.size, touching(stillAxis(settings))).length === 1;
  return Object.fromEntries(
    wanted.map((name) => [
      name,
      perDirection.length === 0 && oneMatrix && !neighbourhood && sumsOverRuns.includes(name)
        ? 0
        : meanOfDefined(
            perDirection.map((features) => features[name]!),
            'no direction has a line with two voxels of the region',
          ),
    ]),
  );
}

/** Where the reference keeps a matrix without a run, these are sums over nothing; in a map other voxels have runs. */
const sumsOverRuns = ['RunEntropy', 'RunVariance'];

/** Grey level run length matrix: features per direction, averaged (or of one weighted sum). Nr runs, i level, j length. */
export const glrlm = {
  name: 'glrlm',
  onMask: false,
  explanation,
  features: [
    { name: 'GrayLevelNonUniformity', formula: 'sum over i of (sum over j of P)^2 / Nr' },
    { name: 'GrayLevelNonUniformityNormalized', formula: 'the same / Nr' },
    { name: 'GrayLevelVariance', formula: 'variance of i under P / Nr' },
    { name: 'HighGrayLevelRunEmphasis', formula: 'sum P i^2 / Nr' },
    { name: 'LongRunEmphasis', formula: 'sum P j^2 / Nr' },
    { name: 'LongRunHighGrayLevelEmphasis', formula: 'sum P i^2 j^2 / Nr' },
    { name: 'LongRunLowGrayLevelEmphasis', formula: 'sum P j^2 / i^2 / Nr' },
    { name: 'LowGrayLevelRunEmphasis', formula: 'sum P / i^2 / Nr' },
    { name: 'RunEntropy', formula: '-sum P/Nr log2(P/Nr + eps)' },
    { name: 'RunLengthNonUniformity', formula: 'sum over j of (sum over i of P)^2 / Nr' },
    { name: 'RunLengthNonUniformityNormalized', formula: 'the same / Nr' },
    { name: 'RunPercentage', formula: 'Nr / sum P j' },
    { name: 'RunVariance', formula: 'variance of j under P / Nr' },
    { name: 'ShortRunEmphasis', formula: 'sum P / j^2 / Nr' },
    { name: 'ShortRunHighGrayLevelEmphasis', formula: 'sum P i^2 / j^2 / Nr' },
    { name: 'ShortRunLowGrayLevelEmphasis', formula: 'sum P / (i^2 j^2) / Nr' },
  ],
  compute,
} satisfies FeatureClass;
