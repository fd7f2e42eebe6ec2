import { SentinodeError } from '@sentinode/core';
import { assertSameGrid, type Mask, type Volume } from '@sentinode/volume';
import type { Picture } from '../picture/picture.ts';
import { type AxialView, axialView, slicePicture } from './axial-view.ts';

/**
 * Index of the axial slice that holds the most voxels of a mask; the lowest of several.
 * @throws SentinodeError `mask-empty`
 */
export function largestSlice(mask: Mask, view: AxialView): number {
  const { size } = mask.geometry;
  const areas = new Array<number>(size[view.slice]!).fill(0);
  mask.data.forEach((value, at) => {
    if (value === 0) return;
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))];
    areas[index[view.slice]!]! += 1;
  });
  const largest = Math.max(...areas);
  if (largest === 0)
    throw new SentinodeError('mask-empty', 'The mask is empty, so there is no slice to choose.');
  return areas.indexOf(largest);
}

/**
 * The slice of an image with the largest area of its mask.
 * @throws `mask-empty`, `mask-geometry`
 */
export function tumourSlice(volume: Volume, mask: Mask): Picture {
  assertSameGrid(volume, mask);
  const view = axialView(volume.geometry);
  return slicePicture(volume, view, largestSlice(mask, view));
}
