import { featureClasses } from '../features/index.ts';
import { resolveSettings } from './resolve-settings.ts';
import type { ExtractionSettings } from './settings.ts';

/** SumAverage is twice JointAverage in a symmetric matrix; MCC is ill-conditioned. */
const leftOut = ['SumAverage', 'MCC'];

/**
 * The default protocol: z-score times 100, 1 mm by cubic B-spline, bin width 25, original image, LoG with 2 to 5 mm and
 * the 8 bands of coif1; 14 + 13 x 91 = 1,197 features. Texture has 22 co-occurrence features (all but SumAverage and
 * MCC); regions are measured in three dimensions, so there is no shape2D.
 */
export function defaultProtocol(): ExtractionSettings {
  const inThree = featureClasses.filter(({ name }) => name !== 'shape2D');
  const classes = inThree.map(({ name, features }) => {
    const wanted =
      name === 'glcm'
        ? features.map((feature) => feature.name).filter((feature) => !leftOut.includes(feature))
        : null;
    return [name, wanted] as const;
  });
  return resolveSettings({
    imageType: { Original: {}, LoG: { sigma: [2, 3, 4, 5] }, Wavelet: {} },
    featureClass: Object.fromEntries(classes),
    setting: {
      normalize: true,
      normalizeScale: 100,
      resampledPixelSpacing: [1, 1, 1],
      interpolator: 'sitkBSpline',
      binWidth: 25,
    },
  });
}
