import { SentinodeError } from '@sentinode/core';
import type { Mask, Volume } from '../volume.ts';

/**
 * Refuses an image with NaN or infinite voxels inside a region; outside they do no harm.
 * @throws SentinodeError `volume-nan` with their number and the first one's index
 */
export function assertFiniteInside(volume: Volume, mask: Mask): void {
  let count = 0;
  let first = -1;
  for (let at = 0; at < mask.data.length; at++) {
    if (mask.data[at] === 0 || Number.isFinite(volume.data[at]!)) continue;
    if (count === 0) first = at;
    count++;
  }
  if (count === 0) return;
  const [nx, ny] = volume.geometry.size;
  const index = [first % nx, Math.floor(first / nx) % ny, Math.floor(first / (nx * ny))];
  throw new SentinodeError(
    'volume-nan',
    `${count} voxel${count === 1 ? '' : 's'} of the image inside the mask ${count === 1 ? 'is' : 'are'} NaN or infinite (first at index ${index.join(', ')}). Repair the image or redraw the mask without them.`,
  );
}
