import { SentinodeError } from '@sentinode/core';
import { directions } from '../../kernels/directions.ts';
import { stillAxis } from '../../parameters/settings.ts';
import { type FeatureClass, type FeatureValue, meanOfDefined, type Region } from '../feature-class.ts';
import { explanation } from './explanation.ts';
import { glcmFeatures } from './formulas.ts';
import { pairedDirections, probabilityMatrices } from './matrix.ts';

/** Occupied grey levels beyond which a matrix (their square, of 8 bytes) is refused: 200 MB. */
const MOST_LEVELS = 5000;

function compute(region: Region, wanted: readonly string[]): Record<string, FeatureValue> {
  const { volume, spacing, settings } = region;
  const { binOf, count, highest, levelsOfRegion } = volume;
  if (count > MOST_LEVELS)
    throw new SentinodeError(
      'too-many-bins',
      `The region has ${count} grey levels, and a co-occurrence matrix takes ${MOST_LEVELS} at most; choose a larger binWidth, or a binCount.`,
      { field: 'setting.binWidth' },
    );
  const withMcc = wanted.includes('MCC');
  const perDirection: Record<string, number>[] = [];
  for (const p of probabilityMatrices(volume, spacing, settings))
    perDirection.push(
      glcmFeatures(p, binOf, count, highest, levelsOfRegion, withMcc, settings.symmetricalGLCM),
    );
  const found = Object.fromEntries(
    wanted.map((name) => [
      name,
      meanOfDefined(
        perDirection.map((features) => features[name]!),
        'no direction has a pair of neighbouring voxels in the region',
      ),
    ]),
  );
  return perDirection.length === 0 ? { ...found, ...withoutPairs(region, wanted) } : found;
}

/**
 * What the reference gives for a region of one level without a pair: MCC does not look at the pairs unless a matrix of
 * none was kept; where it was (a single direction, one weighted sum, or the directions of another voxel of a map),
 * InverseVariance adds up no difference.
 */
function withoutPairs(
  { volume: { size, levelsOfRegion, highest }, settings, neighbourhood }: Region,
  wanted: readonly string[],
): Record<string, FeatureValue> {
  const { distances, weightingNorm } = settings;
  const kept =
    weightingNorm !== null || directions(size, { distances, still: stillAxis(settings) }).length === 1;
  const found: Record<string, FeatureValue> = {};
  if (!kept && levelsOfRegion === 1 && wanted.includes('MCC')) found.MCC = 1;
  if ((kept || neighbourhood) && highest === 1 && wanted.includes('InverseVariance'))
    found.InverseVariance = 0;
  return found;
}

/** Grey level co-occurrence matrix: features per direction, averaged (or of one weighted sum). */
export const glcm = {
  name: 'glcm',
  withdrawn: ['Dissimilarity', 'Homogeneity1', 'Homogeneity2', 'SumVariance'],
  onMask: false,
  explanation,
  batches: {
    failing: ['MCC'],
    plainMean: ['JointAverage'],
    paired: ({ volume, settings }) => pairedDirections(volume, settings),
  },
  features: [
    { name: 'Autocorrelation', formula: 'sum i j p' },
    { name: 'JointAverage', formula: 'ux = sum i p' },
    { name: 'ClusterProminence', formula: 'sum (i + j - ux - uy)^4 p' },
    { name: 'ClusterShade', formula: 'sum (i + j - ux - uy)^3 p' },
    { name: 'ClusterTendency', formula: 'sum (i + j - ux - uy)^2 p' },
    { name: 'Contrast', formula: 'sum (i - j)^2 p' },
    { name: 'Correlation', formula: 'sum (i - ux)(j - uy) p / (sx sy + eps); 1 where sx sy = 0' },
    { name: 'DifferenceAverage', formula: 'DA = sum k p-(k)' },
    { name: 'DifferenceEntropy', formula: '-sum p- log2(p- + eps)' },
    { name: 'DifferenceVariance', formula: 'sum (k - DA)^2 p-' },
    { name: 'JointEnergy', formula: 'sum p^2' },
    { name: 'JointEntropy', formula: 'HXY = -sum p log2(p + eps)' },
    { name: 'Imc1', formula: '(HXY - HXY1) / max(HX, HY); 0 where that is 0' },
    { name: 'Imc2', formula: 'sqrt(1 - exp(-2 (HXY2 - HXY))); undefined where rounding makes HXY2 < HXY' },
    { name: 'Idm', formula: 'sum p- / (1 + k^2)' },
    {
      name: 'MCC',
      formula: 'sqrt of the second largest eigenvalue of Q(i,j) = sum p(i,k) p(j,k) / (px(i) py(k))',
    },
    { name: 'Idmn', formula: 'sum p- / (1 + k^2 / Ng^2)' },
    { name: 'Id', formula: 'sum p- / (1 + k)' },
    { name: 'Idn', formula: 'sum p- / (1 + k / Ng)' },
    { name: 'InverseVariance', formula: 'sum over k >= 1 of p- / k^2' },
    { name: 'MaximumProbability', formula: 'max p' },
    { name: 'SumAverage', formula: 'sum k p+' },
    { name: 'SumEntropy', formula: '-sum p+ log2(p+ + eps)' },
    { name: 'SumSquares', formula: 'sum (i - ux)^2 p' },
  ],
  compute,
} satisfies FeatureClass;
