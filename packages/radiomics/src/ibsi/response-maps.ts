import type { Geometry, Volume } from '@sentinode/volume';
import { labelOf, readyFilter } from './filters/index.ts';
import { interpolatedImage } from './processing/prepare.ts';
import type { IbsiSettings } from './settings/settings.ts';

/** A filter's response to the whole image. */
export interface ResponseMap {
  /** As in feature names, e.g. `log-3D-sigma-1.5`; `image` for the image itself after interpolation. */
  readonly name: string;
  /** float32, on the grid that is measured. */
  readonly map: Volume;
}

/**
 * The images that an IBSI extraction measures, one by one in the order of `filters`: the image after interpolation and
 * rounding, and the response map of each filter.
 */
export function* responseMaps(volume: Volume, settings: IbsiSettings): Generator<ResponseMap> {
  const { image, geometry } = interpolatedImage(volume, settings);
  for (const filter of settings.filters) {
    const ready = readyFilter(filter, image.spacing);
    const values = ready === undefined ? image.values : ready.apply(image);
    yield { name: ready === undefined ? 'image' : labelOf(filter), map: asVolume(values, geometry) };
  }
}

function asVolume(values: Float64Array, geometry: Geometry): Volume {
  return { geometry, elementType: 'float32', data: Float32Array.from(values) };
}
