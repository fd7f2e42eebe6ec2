import {
  type Box,
  boundingBox,
  connectedComponents,
  indexToWorld,
  type Mask,
  type Vector3,
  type Volume,
} from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import { countVoxels } from './region-checks.ts';

type Diagnostics = Record<string, FeatureVector['diagnostics'][string]>;

function summary(values: ArrayLike<number>): { mean: number; minimum: number; maximum: number } {
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

function centreOfMass(mask: Mask): Vector3 {
  const [nx, ny] = mask.geometry.size;
  const sum: [number, number, number] = [0, 0, 0];
  let count = 0;
  mask.data.forEach((value, at) => {
    if (value === 0) return;
    sum[0] += at % nx;
    sum[1] += Math.floor(at / nx) % ny;
    sum[2] += Math.floor(at / (nx * ny));
    count++;
  });
  return [sum[0] / count, sum[1] / count, sum[2] / count];
}

/** `diagnostics_Image-<stage>_*` */
export function imageDiagnostics(stage: 'original' | 'interpolated', image: Volume): Diagnostics {
  const { mean, minimum, maximum } = summary(image.data);
  const name = (key: string): string => `diagnostics_Image-${stage}_${key}`;
  return {
    ...(stage === 'original' ? { [name('Dimensionality')]: '3D' } : {}),
    [name('Spacing')]: image.geometry.spacing,
    [name('Size')]: image.geometry.size,
    [name('Mean')]: mean,
    [name('Minimum')]: minimum,
    [name('Maximum')]: maximum,
  };
}

/** `diagnostics_Mask-<stage>_*`; with the grey values inside where an image is given. */
export function maskDiagnostics(stage: 'original' | 'interpolated', mask: Mask, image?: Volume): Diagnostics {
  const box = boundingBox(mask) as Box;
  const centre = centreOfMass(mask);
  const name = (key: string): string => `diagnostics_Mask-${stage}_${key}`;
  const found: Diagnostics = {
    [name('Spacing')]: mask.geometry.spacing,
    [name('Size')]: mask.geometry.size,
    [name('BoundingBox')]: [...box.start, ...box.size],
    [name('VoxelNum')]: countVoxels(mask),
    [name('VolumeNum')]: connectedComponents(mask).sizes.length,
    [name('CenterOfMassIndex')]: centre,
    [name('CenterOfMass')]: indexToWorld(mask.geometry, centre),
  };
  if (image === undefined) return found;
  const inside = Float64Array.from(
    Array.from(image.data as ArrayLike<number>).filter((_, at) => mask.data[at] === 1),
  );
  const { mean, minimum, maximum } = summary(inside);
  return { ...found, [name('Mean')]: mean, [name('Minimum')]: minimum, [name('Maximum')]: maximum };
}
