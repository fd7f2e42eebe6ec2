import { exp, log } from '@sentinode/core';
import { assertSameGrid, type Volume } from '@sentinode/volume';

/**
 * Geometric mean of images of one grid, voxel by voxel: the trace of diffusion directions. 0 where any is not above 0.
 * @throws SentinodeError `mask-size`, `mask-geometry` for images of different grids
 */
export function geometricMean(images: readonly Volume[]): Volume {
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
