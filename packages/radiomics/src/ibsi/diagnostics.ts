import { boundingBox, type Geometry, type Mask, type Vector3, type Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import type { IbsiImage } from './ibsi-image.ts';
import type { Prepared } from './processing/prepare.ts';

type Diagnostics = Record<string, FeatureVector['diagnostics'][string]>;
type Values = ArrayLike<number>;

const axes = ['x', 'y', 'z'] as const;

function perAxis(name: (axis: string) => string, values: Vector3): Diagnostics {
  return Object.fromEntries(axes.map((axis, a) => [name(axis), values[a]!]));
}

function summary(values: Values, mask?: Uint8Array): { mean: number; min: number; max: number } {
  let sum = 0;
  let count = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    if (mask !== undefined && mask[i] === 0) continue;
    const value = values[i]!;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { mean: sum / count, min, max };
}

function imagePart(stage: 'init' | 'interp', values: Values, size: Vector3, spacing: Vector3): Diagnostics {
  const { mean, min, max } = summary(values);
  return {
    ...perAxis((axis) => `img_dim_${axis}_${stage}_img`, size),
    ...perAxis((axis) => `vox_dim_${axis}_${stage}_img`, spacing),
    [`mean_int_${stage}_img`]: mean,
    [`min_int_${stage}_img`]: min,
    [`max_int_${stage}_img`]: max,
  };
}

function regionPart(
  stage: 'init' | 'interp' | 'reseg',
  values: Values,
  size: Vector3,
  intensity: Uint8Array,
  morphological: Uint8Array,
): Diagnostics {
  const geometry: Geometry = {
    size,
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  };
  const extent = (data: Uint8Array): Vector3 => boundingBox({ geometry, data })!.size;
  const count = (data: Uint8Array): number => data.reduce((sum, value) => sum + value, 0);
  const { mean, min, max } = summary(values, intensity);
  return {
    ...perAxis((axis) => `int_mask_dim_${axis}_${stage}_roi`, size),
    ...perAxis((axis) => `int_mask_bb_dim_${axis}_${stage}_roi`, extent(intensity)),
    ...perAxis((axis) => `morph_mask_bb_dim_${axis}_${stage}_roi`, extent(morphological)),
    [`int_mask_vox_count_${stage}_roi`]: count(intensity),
    [`morph_mask_vox_count_${stage}_roi`]: count(morphological),
    [`int_mask_mean_int_${stage}_roi`]: mean,
    [`int_mask_min_int_${stage}_roi`]: min,
    [`int_mask_max_int_${stage}_roi`]: max,
  };
}

/** Image and region before and after interpolation and after re-segmentation, by the tags of the reference tables. */
export function ibsiDiagnostics(volume: Volume, mask: Mask, prepared: Prepared): Diagnostics {
  const { size, spacing } = volume.geometry;
  const image: IbsiImage = prepared.image;
  return {
    ...imagePart('init', volume.data, size, spacing),
    ...imagePart('interp', image.values, image.size, image.spacing),
    ...regionPart('init', volume.data, size, mask.data, mask.data),
    ...regionPart('interp', image.values, image.size, prepared.morphological, prepared.morphological),
    ...regionPart('reseg', image.values, image.size, prepared.intensity, prepared.morphological),
  };
}
