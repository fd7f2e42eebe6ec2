import { SentinodeError } from '@sentinode/core';
import type { Geometry } from '../volume.ts';
import { describeGeometry } from './describe-geometry.ts';
import { gridMismatch } from './grid-mismatch.ts';
import { GEOMETRY_TOLERANCE, geometryDifferences, sameSize } from './same-geometry.ts';

/**
 * Refuses a mask that does not lie on the grid of its image.
 * @throws SentinodeError `mask-size` where the numbers of voxels differ, `mask-geometry` where origin, spacing or
 *   direction differ; both name both grids
 */
export function assertSameGrid(
  image: { readonly geometry: Geometry },
  mask: { readonly geometry: Geometry },
  tolerance: number = GEOMETRY_TOLERANCE,
): void {
  const cause = gridMismatch(image.geometry, mask.geometry)?.sentence;
  const why = cause === undefined ? '' : ` ${cause}`;
  const grids = `Image: ${describeGeometry(image.geometry)}; mask: ${describeGeometry(mask.geometry)}.`;
  if (!sameSize(image.geometry, mask.geometry)) {
    throw new SentinodeError(
      'mask-size',
      `The mask has another number of voxels than its image.${why} ${grids} Draw or resample the mask on the grid of the image.`,
      { field: 'size' },
    );
  }
  const differences = geometryDifferences(image.geometry, mask.geometry, tolerance);
  if (differences.length > 0) {
    throw new SentinodeError(
      'mask-geometry',
      `The mask lies on another grid than its image: ${differences.join(', ')} differ${differences.length === 1 ? 's' : ''}.${why} ${grids} Resample the mask to the grid of the image.`,
      { field: differences[0] },
    );
  }
}
