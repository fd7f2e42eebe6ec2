import { sha1 } from '@sentinode/core';
import type { Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';

/** Entries of the `diagnostics_*` columns. */
export type Diagnostics = Record<string, FeatureVector['diagnostics'][string]>;
/** What happened to an image or mask before it is described. */
export type Stage = 'original' | 'interpolated' | 'corrected' | 'resegmented';

export function summary(values: ArrayLike<number>): { mean: number; minimum: number; maximum: number } {
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    sum += value;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { mean: sum / values.length, minimum, maximum };
}

export function bytesOf(data: Volume['data']): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** `diagnostics_Image-<stage>_*` */
export function imageDiagnostics(stage: Stage, image: Volume): Diagnostics {
  const { mean, minimum, maximum } = summary(image.data);
  const name = (key: string): string => `diagnostics_Image-${stage}_${key}`;
  return {
    ...(stage === 'original'
      ? { [name('Hash')]: sha1(bytesOf(image.data)), [name('Dimensionality')]: '3D' }
      : {}),
    [name('Spacing')]: image.geometry.spacing,
    [name('Size')]: image.geometry.size,
    [name('Mean')]: mean,
    [name('Minimum')]: minimum,
    [name('Maximum')]: maximum,
  };
}
