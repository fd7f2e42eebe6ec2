import { exp, log } from '@sentinode/core';
import { assertSameGrid, computeMap, derivedMaps, type Volume } from '@sentinode/volume';

/** How an image of a study is made of imported volumes. */
export type Making =
  /** One volume as it is. */
  | { readonly by: 'copy' }
  /** The geometric mean of diffusion directions. */
  | { readonly by: 'trace' }
  /** The second volume minus the first. */
  | { readonly by: 'subtraction' }
  /** The log-linear fit over b-values, one for each volume. */
  | { readonly by: 'adc'; readonly bValues: readonly number[] };

/**
 * Makes an image of its volumes, in their order.
 * @throws SentinodeError `mask-size`, `mask-geometry` for volumes of different grids, those of {@link computeMap}
 */
export function makeImage(making: Making, volumes: readonly Volume[]): Volume {
  if (making.by === 'copy') return volumes[0];
  if (making.by === 'trace') return geometricMean(volumes);
  const map = derivedMaps.find(({ name }) => name === making.by)!;
  return computeMap(map, volumes, making.by === 'adc' ? making.bValues : []).volume;
}

/** 0 where any direction has no signal. */
function geometricMean(images: readonly Volume[]): Volume {
  const [first] = images;
  for (const image of images.slice(1)) assertSameGrid(first, image);
  const data = new Float32Array(first.data.length);
  for (let voxel = 0; voxel < data.length; voxel++) {
    let sum = 0;
    let positive = true;
    for (const { data: values } of images) {
      positive &&= values[voxel] > 0;
      if (positive) sum += log(values[voxel]);
    }
    data[voxel] = positive ? exp(sum / images.length) : 0;
  }
  return { geometry: first.geometry, elementType: 'float32', data };
}
