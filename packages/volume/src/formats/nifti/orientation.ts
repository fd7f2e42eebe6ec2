import { SentinodeError } from '@sentinode/core';
import { geometryOfSteps } from '../../geometry/geometry.ts';
import type { Geometry, Vector3 } from '../../volume.ts';
import type { NiftiHeader } from './header.ts';

/**
 * How far the length of an sform column may be from `pixdim` and still be the same spacing in float32. Then
 * `pixdim` is taken, as ITK does, so that 0.8 mm reads as the float32 nearest to 0.8.
 */
const SAME_SPACING = 1e-4;

/**
 * Geometry of a NIfTI header in LPS millimetres.
 *
 * The sform is preferred (as nibabel does), then the qform; with neither the axes are taken as LPS with the first
 * voxel at 0 (as ITK does). NIfTI's own world is RAS, so x and y change sign. Spacing is `pixdim` unless the
 * columns of the sform have other lengths, in which case those count (as in nibabel; ITK would only warn).
 * @throws SentinodeError `volume-geometry` for a singular, sheared or non-finite transform
 */
export function orientationOf(header: NiftiHeader): Geometry {
  const size: Vector3 = [header.sizes[0]!, header.sizes[1] ?? 1, header.sizes[2] ?? 1];
  const geometry =
    header.sformCode > 0
      ? fromSform(header, size)
      : header.qformCode > 0
        ? fromQform(header, size)
        : geometryOfSteps(size, scaleColumns([1, 0, 0, 0, 1, 0, 0, 0, 1], spacingOf(header)), [0, 0, 0]);
  return geometry;
}

function fromSform({ srow, unit, ...header }: NiftiHeader, size: Vector3): Geometry {
  const steps = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => toLps(row, srow[4 * row + column]!) * unit),
  );
  const origin: Vector3 = [toLps(0, srow[3]!) * unit, toLps(1, srow[7]!) * unit, srow[11]! * unit];
  const geometry = geometryOfSteps(size, steps, origin);
  const pixdim = header.pixdim.slice(1).map((mm) => mm * unit);
  const agree = geometry.spacing.every((mm, axis) => Math.abs(mm - pixdim[axis]!) <= SAME_SPACING * mm);
  return agree ? { ...geometry, spacing: [pixdim[0]!, pixdim[1]!, pixdim[2]!] } : geometry;
}

function fromQform(header: NiftiHeader, size: Vector3): Geometry {
  const rotation = rotationOf(header.quaternion);
  // pixdim[0] is qfac: -1 turns the third axis round, everything else counts as 1.
  const qfac = header.pixdim[0]! < 0 ? -1 : 1;
  const spacing = spacingOf(header);
  const origin = header.qoffset.map((mm, row) => toLps(row, mm) * header.unit);
  // ITK keeps the matrix in single precision before it takes the directions from it
  const steps = rotation.map((cosine, at) =>
    toLps(Math.floor(at / 3), Math.fround(cosine * (at % 3 === 2 ? qfac * spacing[2] : spacing[at % 3]!))),
  );
  return { ...geometryOfSteps(size, steps, [origin[0]!, origin[1]!, origin[2]!]), spacing };
}

/** Rotation matrix of a unit quaternion whose real part is left out (NIfTI-1 standard, method 2). */
function rotationOf([b, c, d]: readonly number[]): number[] {
  const squares = b! * b! + c! * c! + d! * d!;
  if (!(squares <= 1 + 1e-3)) {
    throw new SentinodeError(
      'volume-geometry',
      `The header's quaternion (${b}, ${c}, ${d}) is no rotation. The header is damaged; export the volume again.`,
      { field: 'quatern_b' },
    );
  }
  // Rounding to float32 may leave the three parts a little longer than 1.
  const shrink = squares > 1 ? 1 / Math.sqrt(squares) : 1;
  const [x, y, z] = [b! * shrink, c! * shrink, d! * shrink];
  const a = Math.sqrt(Math.max(0, 1 - (x * x + y * y + z * z)));
  return [
    a * a + x * x - y * y - z * z,
    2 * (x * y - a * z),
    2 * (x * z + a * y),
    2 * (x * y + a * z),
    a * a + y * y - x * x - z * z,
    2 * (y * z - a * x),
    2 * (x * z - a * y),
    2 * (y * z + a * x),
    a * a + z * z - x * x - y * y,
  ];
}

/** Spacing of the three axes; an axis that the file does not have counts as 1 mm where none is given. */
function spacingOf({ pixdim, sizes, unit }: NiftiHeader): Vector3 {
  const [x, y, z] = [1, 2, 3].map((axis) => {
    const mm = pixdim[axis]! * unit;
    return axis > sizes.length && !(mm > 0 && Number.isFinite(mm)) ? 1 : mm;
  });
  return [x!, y!, z!];
}

function scaleColumns(matrix: readonly number[], spacing: Vector3): number[] {
  return matrix.map((value, at) => value * spacing[at % 3]!);
}

/** World x and y point the other way in LPS. */
function toLps(row: number, value: number): number {
  return row < 2 ? 0 - value : value;
}
