import type { Geometry } from '../volume.ts';

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

/** Whether two grids have as many voxels along each axis. */
export function sameSize(a: Geometry, b: Geometry): boolean {
  return a.size.every((n, axis) => n === b.size[axis]);
}

/** Names of what differs between two grids of one size. */
export function geometryDifferences(a: Geometry, b: Geometry, tolerance: number): string[] {
  const within = (p: readonly number[], q: readonly number[], limit: number): boolean =>
    p.every((value, at) => Math.abs(value - q[at]!) <= limit);
  const millimetres = tolerance * a.spacing[0];
  const differences: string[] = [];
  if (!within(a.spacing, b.spacing, millimetres)) differences.push('spacing');
  if (!within(a.origin, b.origin, millimetres)) differences.push('origin');
  if (!within(a.direction, b.direction, tolerance)) differences.push('direction');
  return differences;
}
