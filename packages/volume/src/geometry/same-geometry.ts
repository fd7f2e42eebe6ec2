import { SentinodeError } from '@sentinode/core';
import type { Geometry } from '../volume.ts';
import { describeGeometry } from './describe-geometry.ts';
import { gridMismatch } from './grid-mismatch.ts';

/**
 * Default tolerance of {@link sameGeometry}. ITK's own default is 1e-6, which a NIfTI mask (float32 header) of an
 * NRRD image (decimal text) fails although both are one grid: at 300 mm from the centre float32 is off by 2e-5 mm.
 */
export const GEOMETRY_TOLERANCE = 1e-4;

/**
 * Whether two grids are one, with the tolerance that ITK and PyRadiomics use: sizes equal; origin and spacing
 * within `tolerance` times the first spacing of `a`; every direction cosine within `tolerance`.
 */
export function sameGeometry(a: Geometry, b: Geometry, tolerance: number = GEOMETRY_TOLERANCE): boolean {
  return sameSize(a, b) && geometryDifferences(a, b, tolerance).length === 0;
}

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

function sameSize(a: Geometry, b: Geometry): boolean {
  return a.size.every((n, axis) => n === b.size[axis]);
}

function geometryDifferences(a: Geometry, b: Geometry, tolerance: number): string[] {
  const within = (p: readonly number[], q: readonly number[], limit: number): boolean =>
    p.every((value, at) => Math.abs(value - q[at]!) <= limit);
  const millimetres = tolerance * a.spacing[0];
  const differences: string[] = [];
  if (!within(a.spacing, b.spacing, millimetres)) differences.push('spacing');
  if (!within(a.origin, b.origin, millimetres)) differences.push('origin');
  if (!within(a.direction, b.direction, tolerance)) differences.push('direction');
  return differences;
}
