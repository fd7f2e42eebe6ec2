import type { Volume } from '@sentinode/volume';

/** Sum with a running compensation of the rounding (Kahan), as ITK accumulates. */
function compensatedSum(values: ArrayLike<number>, of: (value: number) => number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < values.length; i++) {
    const corrected = of(values[i]!) - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
  }
  return sum;
}

/**
 * z-scores over all voxels of an image (background included, divisor n - 1), cut to +-`outliers` when given, times
 * `scale`; float64 (PyRadiomics `normalizeImage`). A constant image becomes not-a-number throughout, which the
 * extraction refuses.
 */
export function normalise(image: Volume, scale: number, outliers?: number): Volume {
  const n = image.data.length;
  const sum = compensatedSum(image.data, (value) => value);
  const squares = compensatedSum(image.data, (value) => value * value);
  const mean = sum / n;
  const factor = 1 / Math.sqrt((squares - (sum * sum) / n) / (n - 1));
  const data = Float64Array.from(image.data, (value) => {
    const z = (value + -mean) * factor;
    return (outliers === undefined ? z : Math.max(-outliers, Math.min(outliers, z))) * scale;
  });
  return { geometry: image.geometry, elementType: 'float64', data };
}
