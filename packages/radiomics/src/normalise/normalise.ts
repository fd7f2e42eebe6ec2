import { SentinodeError } from '@sentinode/core';
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
 * `scale`; float64 (PyRadiomics `normalizeImage`).
 * @throws SentinodeError `volume-nan`, `volume-constant`
 */
export function normalise(image: Volume, scale: number, outliers?: number): Volume {
  const n = image.data.length;
  const sum = compensatedSum(image.data, (value) => value);
  const squares = compensatedSum(image.data, (value) => value * value);
  if (!Number.isFinite(squares)) {
    throw new SentinodeError(
      'volume-nan',
      'The image holds voxels that are NaN or infinite, and normalisation uses the whole image: replace them, or set normalize to false.',
    );
  }
  const mean = sum / n;
  const variance = (squares - (sum * sum) / n) / (n - 1);
  if (!(variance > 0)) {
    throw new SentinodeError(
      'volume-constant',
      'Every voxel of the image has the same value, so it cannot be normalised; is this the right file?',
    );
  }
  const factor = 1 / Math.sqrt(variance);
  const data = Float64Array.from(image.data, (value) => {
    const z = (value + -mean) * factor;
    return (outliers === undefined ? z : Math.max(-outliers, Math.min(outliers, z))) * scale;
  });
  return { geometry: image.geometry, elementType: 'float64', data };
}
