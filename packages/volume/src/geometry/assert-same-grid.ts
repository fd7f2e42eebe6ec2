import { SentinodeError } from '@sentinode/core';
import type { Geometry } from '../volume.ts';
import { describeGeometry } from './describe-geometry.ts';
import { type GridMismatch, gridMismatch } from './grid-mismatch.ts';
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
  const mismatch = gridMismatch(image.geometry, mask.geometry);
  const why = mismatch === undefined ? '' : ` ${mismatch.sentence}`;
  const advice = adviceFor(mismatch);
  const grids = `Image: ${describeGeometry(image.geometry)}; mask: ${describeGeometry(mask.geometry)}.`;
  if (!sameSize(image.geometry, mask.geometry)) {
    throw new SentinodeError(
      'mask-size',
      `The mask has another number of voxels than its image.${why} ${grids} ${advice}`,
      { field: 'size' },
    );
  }
  const differences = geometryDifferences(image.geometry, mask.geometry, tolerance);
  if (differences.length > 0) {
    throw new SentinodeError(
      'mask-geometry',
      `The mask lies on another grid than its image: ${differences.join(', ')} differ${differences.length === 1 ? 's' : ''}.${why} ${grids} ${advice}`,
      { field: differences[0] },
    );
  }
}

/** Nothing is resampled where the same voxels are there under another header or in another order. */
function adviceFor(mismatch: GridMismatch | undefined): string {
  const same = mismatch?.repaired !== undefined || /^(flipped|permuted)-axes$/.test(mismatch?.cause ?? '');
  return same
    ? '`sentinode check` with --repair makes a repaired copy where that is certain.'
    : 'Draw the mask on this image, or resample it to its grid and look at the result.';
}
