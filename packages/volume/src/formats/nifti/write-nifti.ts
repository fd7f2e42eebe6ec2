import { SentinodeError } from '@sentinode/core';
import { stepMatrix } from '../../geometry/geometry.ts';
import { columnOf, determinant } from '../../geometry/matrix.ts';
import type { Volume } from '../../volume.ts';
import { gzip } from '../compression/gzip.ts';
import { elementBytes, encodeVoxels } from '../elements.ts';
import { codeOfElement } from './data-types.ts';

const HEADER_BYTES = 352;
const LONGEST_AXIS = 32_767;
const SCANNER_ANATOMICAL = 1;
const MILLIMETRES = 2;

/**
 * A NIfTI-1 file in little-endian bytes, gzipped where the name ends in `.gz`. Geometry is stored as sform and
 * qform, in float32 as the format has it; values are stored as they are, without scaling.
 * @throws SentinodeError `volume-dimensions` for an axis longer than the format's 32,767
 */
export function writeNifti(volume: Volume, file: string): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + volume.data.length * elementBytes[volume.elementType]);
  writeHeader(new DataView(bytes.buffer), volume);
  bytes.set(encodeVoxels(volume.data, volume.elementType), HEADER_BYTES);
  return file.toLowerCase().endsWith('.gz') ? gzip(bytes) : bytes;
}

function writeHeader(view: DataView, { geometry, elementType }: Volume): void {
  const tooLong = geometry.size.find((length) => length > LONGEST_AXIS);
  if (tooLong !== undefined) {
    throw new SentinodeError(
      'volume-dimensions',
      `An axis has ${tooLong} voxels, and NIfTI-1 allows ${LONGEST_AXIS}. Write NRRD instead.`,
    );
  }
  const short = (at: number, ...values: number[]): void =>
    values.forEach((value, k) => {
      view.setInt16(at + 2 * k, value, true);
    });
  const real = (at: number, ...values: number[]): void =>
    values.forEach((value, k) => {
      view.setFloat32(at + 4 * k, value, true);
    });

  view.setInt32(0, 348, true);
  view.setUint8(38, 'r'.charCodeAt(0));
  short(40, 3, ...geometry.size, 1, 1, 1, 1);
  short(70, codeOfElement(elementType), 8 * elementBytes[elementType]);
  real(108, HEADER_BYTES, 1, 0);
  view.setUint8(123, MILLIMETRES);
  short(252, SCANNER_ANATOMICAL, SCANNER_ANATOMICAL);

  const steps = rasRows(stepMatrix(geometry));
  const { quaternion, qfac } = quaternionOf(rasRows(geometry.direction));
  const [x, y, z] = geometry.origin;
  real(76, qfac, ...geometry.spacing, 1, 1, 1, 1);
  real(256, ...quaternion, -x, -y, z);
  real(280, ...steps.slice(0, 3), -x, ...steps.slice(3, 6), -y, ...steps.slice(6), z);
  [...'n+1\0'].forEach((letter, k) => {
    view.setUint8(344 + k, letter.charCodeAt(0));
  });
}

/** LPS to NIfTI's RAS: the rows of x and y change sign. */
function rasRows(matrix: readonly number[]): number[] {
  return matrix.map((value, at) => (at < 6 ? 0 - value : value));
}

/** Parts b, c, d of the unit quaternion of a direction matrix with a >= 0, and qfac for a left-handed one. */
function quaternionOf(direction: readonly number[]): { quaternion: number[]; qfac: 1 | -1 } {
  const qfac = determinant(direction) < 0 ? -1 : 1;
  const [xx, yx, zx] = columnOf(direction, 0);
  const [xy, yy, zy] = columnOf(direction, 1);
  const [xz, yz, zz] = columnOf(direction, 2).map((value) => value * qfac) as [number, number, number];
  // The largest of the four squares keeps the division away from 0.
  const squares = [1 + xx + yy + zz, 1 + xx - yy - zz, 1 - xx + yy - zz, 1 - xx - yy + zz];
  const largest = squares.indexOf(Math.max(...squares));
  const s = 2 * Math.sqrt(squares[largest]!);
  const parts = [
    [s / 4, (zy - yz) / s, (xz - zx) / s, (yx - xy) / s],
    [(zy - yz) / s, s / 4, (yx + xy) / s, (xz + zx) / s],
    [(xz - zx) / s, (yx + xy) / s, s / 4, (zy + yz) / s],
    [(yx - xy) / s, (xz + zx) / s, (zy + yz) / s, s / 4],
  ][largest]!;
  const sign = parts[0]! < 0 ? -1 : 1;
  return { quaternion: parts.slice(1).map((part) => sign * part), qfac };
}
