import { SentinodeError } from '@sentinode/core';
import { type Geometry, type Mask, worldToIndex } from '@sentinode/volume';
import type { DataSet } from '../data-set/data-set.ts';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG, tagName } from '../data-set/tags.ts';
import { fillPolygon, type Polygon } from './contour-fill.ts';

/** A region drawn as contours. */
export interface Structure {
  readonly number: number;
  /** As the user named it; may identify a person. */
  readonly name: string;
  readonly contours: readonly Contour[];
}

/** One closed planar contour: points in LPS mm, three numbers each. */
export interface Contour {
  readonly points: readonly number[];
}

/** How far, in slices, a contour may run out of its plane or lie between two slices. */
const OFF_PLANE = 0.5;

/** Contours and points beyond any that a person draws. */
const MOST_POINTS = 20e6;

/**
 * Structures of an RT Structure Set with their closed contours; points and open lines enclose nothing and are left out.
 * @throws SentinodeError `dicom-attribute` for contours that are no triples of numbers
 */
export function readStructureSet({ dataSet }: DicomFile): Structure[] {
  const names = new Map(
    dataSet
      .sequence(TAG.StructureSetROISequence)
      .map((roi) => [roi.neededNumber(TAG.ROINumber), roi.text(TAG.ROIName) ?? '']),
  );
  return dataSet.sequence(TAG.ROIContourSequence).map((roi) => {
    const number = roi.neededNumber(TAG.ReferencedROINumber);
    return {
      number,
      name: names.get(number) ?? '',
      contours: roi.sequence(TAG.ContourSequence).flatMap(contourOf),
    };
  });
}

function contourOf(item: DataSet): Contour[] {
  const kind = item.text(TAG.ContourGeometricType);
  if (kind !== 'CLOSED_PLANAR' && kind !== 'CLOSEDPLANAR_XOR') return [];
  const points = item.numbers(TAG.ContourData);
  if (points.length % 3 !== 0 || points.length < 9 || points.length > MOST_POINTS) {
    throw new SentinodeError(
      'dicom-attribute',
      `A contour has ${points.length} coordinates, and a closed one has three for each of at least three points. Export the structure set again.`,
      { field: tagName(TAG.ContourData) },
    );
  }
  return [{ points }];
}

/** Series that a structure set or a segmentation says it was drawn on. */
export function referencedSeries({ dataSet }: DicomFile): string[] {
  return dataSet
    .sequence(TAG.ReferencedFrameOfReferenceSequence)
    .flatMap((frame) => frame.sequence(TAG.RTReferencedStudySequence))
    .flatMap((study) => study.sequence(TAG.RTReferencedSeriesSequence))
    .concat(dataSet.sequence(TAG.ReferencedSeriesSequence))
    .flatMap((series) => series.text(TAG.SeriesInstanceUID) ?? []);
}

/**
 * Voxels of a grid whose centres lie inside the contours of a structure. Contours in one slice are combined by the
 * even-odd rule, so that a contour within another makes a hole.
 * @throws SentinodeError `mask-geometry` for contours that do not lie in the planes of the grid or outside of it
 */
export function rasterise({ contours }: Structure, geometry: Geometry): Mask {
  const [columns, rows, slices] = geometry.size;
  const data = new Uint8Array(columns * rows * slices);
  for (const { points } of contours) {
    const { slice, polygon } = onGrid(points, geometry);
    fillPolygon(data.subarray(slice * columns * rows, (slice + 1) * columns * rows), columns, rows, polygon);
  }
  return { geometry, data };
}

function onGrid(points: readonly number[], geometry: Geometry): { slice: number; polygon: Polygon } {
  const polygon: [number, number][] = [];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let at = 0; at < points.length; at += 3) {
    const [x, y, z] = worldToIndex(geometry, [points[at], points[at + 1], points[at + 2]]);
    polygon.push([x, y]);
    low = Math.min(low, z);
    high = Math.max(high, z);
  }
  const slice = Math.round((low + high) / 2);
  if (high - low > OFF_PLANE)
    throw elsewhere('runs across slices: it was drawn on images of another orientation');
  if (slice < 0 || slice >= geometry.size[2] || Math.abs((low + high) / 2 - slice) > OFF_PLANE)
    throw elsewhere('lies outside the image: it was drawn on another series');
  return { slice, polygon };
}

function elsewhere(what: string): SentinodeError {
  return new SentinodeError(
    'mask-geometry',
    `A contour of the structure set ${what}. Give the series that it was drawn on.`,
  );
}
