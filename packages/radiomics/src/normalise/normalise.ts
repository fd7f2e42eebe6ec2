import { SentinodeError } from '@sentinode/core';
import type { Volume } from '@sentinode/volume';

/** Sums of the values and of their squares, each with a running compensation of the rounding (Kahan), as ITK's. */
function compensatedSums(values: ArrayLike<number>): { sum: number; squares: number } {
  let sum = 0;
  let lost = 0;
  let squares = 0;
  let lostSquares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const corrected = value - lost;
    const next = sum + corrected;
    lost = next - sum - corrected;
    sum = next;
    const correctedSquare = value * value - lostSquares;
    const nextSquares = squares + correctedSquare;
    lostSquares = nextSquares - squares - correctedSquare;
    squares = nextSquares;
  }
  return { sum, squares };
}

/**
 * z-scores over all voxels of an image (background included, divisor n - 1), cut to +-`outliers` when given, times
 * `scale`; float64 (PyRadiomics `normalizeImage`).
 * @throws SentinodeError `volume-nan`, `volume-constant`
 */
export function normalise(image: Volume, scale: number, outliers?: number): Volume {
  const n = image.data.length;
  const { sum, squares } = compensatedSums(image.data);
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
  const data = new Float64Array(image.data);
  for (let i = 0; i < n; i++) data[i] = (data[i]! + -mean) * factor;
  if (outliers !== undefined)
    for (let i = 0; i < n; i++) data[i] = Math.max(-outliers, Math.min(outliers, data[i]!));
  for (let i = 0; i < n; i++) data[i]! *= scale;
  return { geometry: image.geometry, elementType: 'float64', data };
}
