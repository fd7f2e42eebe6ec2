import { SentinodeError } from '@sentinode/core';
import type { Geometry, Vector3 } from '../volume.ts';
import { columnOf, determinant, dot, inverse, length, multiply } from './matrix.ts';

/**
 * Cosine between two axes beyond which a grid counts as sheared. Headers in float32 are off by up to 1e-6;
 * 1e-3 displaces the far end of a 200 mm field by 0.2 mm, which is below any voxel of a breast MRI.
 */
const SHEAR_LIMIT = 1e-3;

/**
 * Millimetres per index step: direction * diag(spacing), 3 x 3 row-major. Column k is the world vector from one
 * voxel to the next along axis k.
 */
export function stepMatrix({ direction, spacing }: Geometry): number[] {
  return direction.map((cosine, at) => cosine * spacing[at % 3]!);
}

/**
 * World position (LPS mm) of a voxel index, which may be fractional: origin + direction * diag(spacing) * index.
 */
export function indexToWorld(geometry: Geometry, index: Vector3): Vector3 {
  const offset = multiply(stepMatrix(geometry), index);
  const { origin } = geometry;
  return [origin[0] + offset[0], origin[1] + offset[1], origin[2] + offset[2]];
}

/** World position (LPS mm) of a voxel, summed from the origin on, as ITK does for whole indices. */
export function voxelToWorld(geometry: Geometry, [x, y, z]: Vector3): Vector3 {
  const m = stepMatrix(geometry);
  const { origin } = geometry;
  return [
    origin[0] + m[0]! * x + m[1]! * y + m[2]! * z,
    origin[1] + m[3]! * x + m[4]! * y + m[5]! * z,
    origin[2] + m[6]! * x + m[7]! * y + m[8]! * z,
  ];
}

/** Finds the fractional voxel index of world positions (LPS mm) on one grid. */
export function indexFinder(geometry: Geometry): (point: Vector3) => Vector3 {
  const perMillimetre = inverse(stepMatrix(geometry));
  const { origin } = geometry;
  return (point) =>
    multiply(perMillimetre, [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]]);
}

/** Fractional voxel index of a world position (LPS mm); the inverse of {@link indexToWorld}. */
export function worldToIndex(geometry: Geometry, point: Vector3): Vector3 {
  return indexFinder(geometry)(point);
}

/** Number of voxels of a grid. */
export function voxelCount({ size }: Geometry): number {
  return size[0] * size[1] * size[2];
}

/**
 * Geometry from the world vectors of one step along each axis.
 * @param size voxels along x, y, z
 * @param steps 3 x 3 row-major, columns in LPS mm; their lengths become the spacing
 * @param origin centre of the first voxel, LPS mm
 * @param rounding how steps become directions: ITK divides them for NIfTI and multiplies them by the reciprocal of their
 *   length for NRRD, and ties of nearest neighbours hang on the last bit
 * @throws SentinodeError `volume-geometry` as {@link checkGeometry}
 */
export function geometryOfSteps(
  size: Vector3,
  steps: readonly number[],
  origin: Vector3,
  rounding: 'quotient' | 'reciprocal' = 'quotient',
): Geometry {
  const spacing: Vector3 = [
    length(columnOf(steps, 0)),
    length(columnOf(steps, 1)),
    length(columnOf(steps, 2)),
  ];
  const direction = steps.map((step, at) => {
    const mm = spacing[at % 3]!;
    return step === 0 ? 0 : rounding === 'reciprocal' ? step * (1 / mm) : step / mm;
  });
  return checkGeometry({ size, spacing, origin, direction });
}

/**
 * Refuses a geometry that no image can have; returns it unchanged otherwise. Left-handed grids are allowed
 * (radiological NIfTI files are), sheared ones are not: every filter and feature takes the axes as perpendicular.
 * @throws SentinodeError `volume-geometry` for sizes that are no positive integers, spacing that is not positive
 *   and finite, an origin or direction that is not finite, axes that are dependent or sheared
 */
export function checkGeometry(geometry: Geometry): Geometry {
  const { size, spacing, origin, direction } = geometry;
  if (!size.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    throw invalid(`Its size is ${size.join(' x ')} voxels; each must be at least 1.`, 'size');
  }
  if (!spacing.every((mm) => Number.isFinite(mm) && mm > 0)) {
    throw invalid(`Its voxel spacing is ${spacing.join(' x ')} mm; each must be positive.`, 'spacing');
  }
  if (!origin.every(Number.isFinite)) throw invalid(`Its origin is (${origin.join(', ')}).`, 'origin');
  if (direction.length !== 9 || !direction.every(Number.isFinite)) {
    throw invalid(`Its direction matrix is (${direction.join(', ')}).`, 'direction');
  }
  if (Math.abs(determinant(direction)) < 1e-6) {
    throw invalid('Its axes do not span the space: the direction matrix has determinant 0.', 'direction');
  }
  const columns = [0, 1, 2].map((k) => columnOf(direction, k));
  if (columns.some((column) => Math.abs(length(column) - 1) > SHEAR_LIMIT)) {
    throw invalid('The columns of its direction matrix are not of length 1.', 'direction');
  }
  const cosines = [
    dot(columns[0]!, columns[1]!),
    dot(columns[0]!, columns[2]!),
    dot(columns[1]!, columns[2]!),
  ];
  if (cosines.some((cosine) => Math.abs(cosine) > SHEAR_LIMIT)) {
    throw invalid(
      'Its axes are not perpendicular (a sheared grid); resample it to a straight one.',
      'direction',
    );
  }
  return geometry;
}

function invalid(sentence: string, field: string): SentinodeError {
  return new SentinodeError('volume-geometry', `The volume has no usable geometry. ${sentence}`, { field });
}
