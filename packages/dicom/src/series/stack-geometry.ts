import { SentinodeError, type Warning } from '@sentinode/core';
import { checkGeometry, type Geometry } from '@sentinode/volume';
import type { Slice } from '../frames/slice.ts';
import { dot, length, millimetres, minus, normalOf } from './vectors.ts';

/** Positions closer than this along the normal are one position: headers carry some decimals of a millimetre. */
export const SAME_POSITION = 0.01;

/** How far one gap may be from the mean: rounding of positions, never a slice that is missing. */
const GAP_TOLERANCE = { share: 0.01, mm: 0.02 };

/** How far slices may shift sideways over a whole stack, in pixels; more is a gantry tilt or a moved table. */
const SHIFT_TOLERANCE = 0.1;

/** Slices of one volume in the order of their position, with the grid that they make. */
export interface Stack {
  readonly slices: readonly Slice[];
  readonly geometry: Geometry;
  readonly warnings: readonly Warning[];
}

/** Distance of each slice along the common normal, which is that of the first. */
export function offsetsOf(slices: readonly Slice[]): number[] {
  const normal = normalOf(slices[0]);
  return slices.map(({ position }) => dot(position, normal));
}

/**
 * Sorts the slices of one volume by position and finds their grid.
 * @param slices of one size, spacing and orientation, in any order
 * @throws SentinodeError `dicom-slices` where they make no regular grid: positions that occur twice, are missing,
 *   unequally spaced or shifted sideways (gantry tilt); the positions along the normal are named
 */
export function stackOf(slices: readonly Slice[]): Stack {
  const normal = normalOf(slices[0]);
  const sorted = slices
    .map((slice) => ({ slice, offset: dot(slice.position, normal) }))
    .sort((a, b) => a.offset - b.offset || a.slice.source - b.slice.source || a.slice.frame - b.slice.frame);
  const offsets = sorted.map(({ offset }) => offset);
  const ordered = sorted.map(({ slice }) => slice);
  refuseRepeated(offsets);
  const warnings: Warning[] = [];
  const gap = ordered.length === 1 ? gapOfOne(ordered[0], warnings) : regularGap(offsets);
  refuseShift(ordered, normal);
  const [first] = ordered;
  const direction = [0, 1, 2].flatMap((row) => [
    first.rowDirection[row],
    first.columnDirection[row],
    normal[row],
  ]);
  const geometry = checkGeometry({
    size: [first.columns, first.rows, ordered.length],
    spacing: [first.spacing[0], first.spacing[1], gap],
    origin: first.position,
    direction,
  });
  return { slices: ordered, geometry, warnings };
}

function refuseRepeated(offsets: readonly number[]): void {
  const repeated = offsets.filter((offset, at) => at > 0 && offset - offsets[at - 1] < SAME_POSITION);
  if (repeated.length === 0) return;
  throw irregular(
    `${repeated.length} of ${offsets.length} slices lie where another lies (at ${list(repeated)} mm along the slice direction), and nothing in their headers tells them apart`,
    'Remove the repeated images, or export the series again.',
  );
}

/** Mean distance of neighbouring slices, where it is that of each. */
function regularGap(offsets: readonly number[]): number {
  const gaps = offsets.slice(1).map((offset, at) => offset - offsets[at]);
  const middle = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)];
  const tolerance = Math.max(GAP_TOLERANCE.mm, GAP_TOLERANCE.share * middle);
  const odd = gaps.flatMap((gap, at) => (Math.abs(gap - middle) > tolerance ? [at] : []));
  if (odd.length === 0) return (offsets[offsets.length - 1] - offsets[0]) / gaps.length;
  const between = odd.map((at) => `${millimetres(offsets[at])} and ${millimetres(offsets[at + 1])}`);
  const lost = odd.map((at) => gaps[at] / middle - 1);
  if (lost.every((count) => count > 0.5 && Math.abs(count - Math.round(count)) * middle <= 2 * tolerance)) {
    const missing = lost.reduce((sum, count) => sum + Math.round(count), 0);
    throw irregular(
      `${missing} slice${missing === 1 ? ' is' : 's are'} missing (between ${list(between)} mm along the slice direction; the others are ${millimetres(middle)} mm apart)`,
      'Export the whole series again.',
    );
  }
  throw irregular(
    `the distances between slices differ (${millimetres(Math.min(...gaps))} to ${millimetres(Math.max(...gaps))} mm; they change between ${list(between)} mm along the slice direction)`,
    'Slices at unequal distances make no voxel grid; export a series with equal distances.',
  );
}

function refuseShift(slices: readonly Slice[], normal: Slice['position']): void {
  const [first] = slices;
  const shifts = slices.map(({ position }) => {
    const step = minus(position, first.position);
    const along = dot(step, normal);
    return Math.sqrt(Math.max(0, dot(step, step) - along * along));
  });
  const largest = Math.max(...shifts);
  if (largest <= SHIFT_TOLERANCE * Math.min(...first.spacing)) return;
  const last = minus(slices[slices.length - 1].position, first.position);
  const angle = (Math.acos(Math.min(1, Math.abs(dot(last, normal)) / length(last))) * 180) / Math.PI;
  throw irregular(
    `slices are shifted sideways by up to ${millimetres(largest)} mm (${millimetres(angle)} degrees from the slice direction): the gantry was tilted or the table moved`,
    'Such slices make no rectangular grid; resample the series with the scanner’s own software.',
  );
}

function gapOfOne({ gap, thickness }: Slice, warnings: Warning[]): number {
  const claimed = [thickness, gap].find((mm) => mm !== undefined && mm > 0);
  if (claimed !== undefined) return claimed;
  warnings.push({
    code: 'slice-thickness',
    message: 'The only slice does not say how thick it is; 1 mm is written.',
  });
  return 1;
}

function irregular(what: string, remedy: string): SentinodeError {
  return new SentinodeError('dicom-slices', `The slices make no regular grid: ${what}. ${remedy}`);
}

function list(values: readonly (number | string)[]): string {
  const shown = values.slice(0, 8).map((value) => (typeof value === 'number' ? millimetres(value) : value));
  return values.length > shown.length
    ? `${shown.join(', ')} and ${values.length - shown.length} more`
    : shown.join(', ');
}
