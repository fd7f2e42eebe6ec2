import { SentinodeError } from '@sentinode/core';
import { assertSameGrid } from '../geometry/assert-same-grid.ts';
import type { Volume } from '../volume.ts';
import type { DerivedMap, MapSettings } from './derived-map.ts';

/** A map, and how many voxels have no value and hold 0. */
export interface ComputedMap {
  readonly volume: Volume;
  readonly undefinedVoxels: number;
}

/** Every voxel that has a value is written, and none is capped. */
export const plainMapSettings: MapSettings = {
  minimumSignal: 0,
  minimumEnhancement: 0,
  cap: Number.POSITIVE_INFINITY,
};

/**
 * Computes a map from images of one grid.
 * @param at time (s) or b-value (s/mm²) of each image, where the map needs them; times must rise
 * @returns float32 values on the grid of the first image; 0 where the map has no value
 * @throws SentinodeError `option-invalid` for too few images or times, `mask-size` or `mask-geometry` for images on
 *   different grids
 */
export function computeMap(
  map: DerivedMap,
  images: readonly Volume[],
  at: readonly number[],
  settings: MapSettings = plainMapSettings,
): ComputedMap {
  checkImages(map, images, at);
  const [first] = images;
  for (const image of images.slice(1)) assertSameGrid(first, image);
  const data = new Float32Array(first.data.length);
  const signals = new Float64Array(images.length);
  let undefinedVoxels = 0;
  for (let voxel = 0; voxel < data.length; voxel++) {
    for (let k = 0; k < signals.length; k++) signals[k] = images[k].data[voxel];
    const value = map.value(signals, at, settings);
    if (value === undefined || Number.isNaN(value)) undefinedVoxels++;
    else data[voxel] = Math.min(value, settings.cap);
  }
  return { volume: { geometry: first.geometry, elementType: 'float32', data }, undefinedVoxels };
}

function checkImages(
  { title, needs, images: [fewest, most] }: DerivedMap,
  images: readonly Volume[],
  at: readonly number[],
): void {
  const refuse = (what: string, field: string): never => {
    throw new SentinodeError('option-invalid', `${title}: ${what}`, { field });
  };
  if (images.length < fewest || images.length > most)
    refuse(
      `${images.length} image${images.length === 1 ? '' : 's'} given; it takes ${fewest === most ? fewest : `${fewest} or more`}.`,
      'images',
    );
  if (needs === 'none') return;
  const field = needs === 'times' ? 'times' : 'b-values';
  if (at.length !== images.length)
    refuse(`${at.length} ${field} given for ${images.length} images; give one for each.`, field);
  if (!at.every((value) => Number.isFinite(value))) refuse(`the ${field} must be numbers.`, field);
  if (needs === 'times' && at.some((value, k) => k > 0 && value <= at[k - 1]))
    refuse('times must rise from image to image; give the images in the order of acquisition.', field);
  if (needs === 'bValues' && (at.some((value) => value < 0) || new Set(at).size < 2))
    refuse('at least two different b-values from 0 on are needed.', field);
}
