import { SentinodeError } from '@sentinode/core';
import type { Vector3 } from '@sentinode/volume';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG, tagName } from '../data-set/tags.ts';
import { assertPixelsThere, type PixelLayout, pixelLayout } from '../pixels/layout.ts';
import { secondsOf, secondsOfDateTime } from './clock.ts';
import { diffusionOf } from './diffusion/index.ts';
import { FrameView } from './frame-view.ts';
import { isMosaic, tilesOfMosaic } from './mosaic.ts';
import type { Slice, SliceTimes } from './slice.ts';

/** How far two direction cosines may be from unit length and a right angle; headers carry six digits. */
const COSINE_TOLERANCE = 1e-3;

/**
 * The slices of one image file: one, a frame each, or a tile each. Only headers are read.
 * @param source index of the file among those that are read together
 * @throws SentinodeError `dicom-attribute` for places that are missing or impossible, those of `pixelLayout`
 */
export function slicesOfFile(file: DicomFile, source: number): Slice[] {
  const root = file.dataSet;
  const layout = pixelLayout(root);
  assertPixelsThere(file, layout);
  if (isMosaic(root)) return tilesOfMosaic(root, sliceOfFrame(file, layout, source, 0));
  return Array.from({ length: layout.frames }, (_, frame) => sliceOfFrame(file, layout, source, frame));
}

function sliceOfFrame(
  { dataSet: root }: DicomFile,
  layout: PixelLayout,
  source: number,
  frame: number,
): Slice {
  const view = new FrameView(root, frame);
  const { rowDirection, columnDirection } = directions(view);
  const diffusion = diffusionOf(view);
  return {
    source,
    frame,
    instance: root.text(TAG.SOPInstanceUID) ?? '',
    frameOfReference: root.text(TAG.FrameOfReferenceUID),
    instanceNumber: root.number(TAG.InstanceNumber),
    columns: layout.columns,
    rows: layout.rows,
    position: triple(view, TAG.PlanePositionSequence, TAG.ImagePosition),
    rowDirection,
    columnDirection,
    spacing: spacingOf(view),
    thickness: view.number(TAG.PixelMeasuresSequence, TAG.SliceThickness),
    gap: view.number(TAG.PixelMeasuresSequence, TAG.SpacingBetweenSlices),
    stored: { bits: layout.bitsStored, signed: layout.signed, float: layout.float },
    ...rescaleOf(view),
    flavour: flavourOf(view),
    echoTime: view.number(TAG.MREchoSequence, TAG.EffectiveEchoTime) ?? root.number(TAG.EchoTime),
    bValue: diffusion?.bValue,
    bDirection: diffusion?.direction,
    times: timesOf(view),
  };
}

function triple(view: FrameView, group: number, tag: number): Vector3 {
  const values = view.numbers(group, tag);
  if (values.length !== 3) throw unplaced(tag, values.length === 0 ? 'is missing' : 'has not three values');
  return [values[0], values[1], values[2]];
}

function directions(view: FrameView): { rowDirection: Vector3; columnDirection: Vector3 } {
  const values = view.numbers(TAG.PlaneOrientationSequence, TAG.ImageOrientation);
  if (values.length !== 6)
    throw unplaced(TAG.ImageOrientation, values.length === 0 ? 'is missing' : 'has not six values');
  const [a, b] = [values.slice(0, 3), values.slice(3)];
  const dot = (p: readonly number[], q: readonly number[]): number => p[0] * q[0] + p[1] * q[1] + p[2] * q[2];
  const [la, lb] = [Math.sqrt(dot(a, a)), Math.sqrt(dot(b, b))];
  if (!(Math.abs(la - 1) < COSINE_TOLERANCE) || !(Math.abs(lb - 1) < COSINE_TOLERANCE))
    throw unplaced(TAG.ImageOrientation, 'holds directions that are not of unit length');
  if (!(Math.abs(dot(a, b)) < COSINE_TOLERANCE))
    throw unplaced(TAG.ImageOrientation, 'holds directions that are not at a right angle');
  const unit = (vector: readonly number[], length: number): Vector3 => [
    vector[0] / length,
    vector[1] / length,
    vector[2] / length,
  ];
  return { rowDirection: unit(a, la), columnDirection: unit(b, lb) };
}

/** Pixel Spacing gives the distance of rows first; a slice has that of columns first. */
function spacingOf(view: FrameView): readonly [number, number] {
  const values = view.numbers(TAG.PixelMeasuresSequence, TAG.PixelSpacing);
  if (values.length !== 2)
    throw unplaced(TAG.PixelSpacing, values.length === 0 ? 'is missing' : 'has not two values');
  if (!values.every((mm) => mm > 0 && mm < 1e4))
    throw unplaced(TAG.PixelSpacing, 'holds a distance that is not positive');
  return [values[1], values[0]];
}

function rescaleOf(view: FrameView): { slope: number; intercept: number } {
  const slope = view.number(TAG.PixelValueTransformationSequence, TAG.RescaleSlope) ?? 1;
  const intercept = view.number(TAG.PixelValueTransformationSequence, TAG.RescaleIntercept) ?? 0;
  if (slope === 0)
    throw new SentinodeError(
      'dicom-attribute',
      `${tagName(TAG.RescaleSlope)} is 0, which would make all values equal. The header is damaged; export the series again.`,
      { field: tagName(TAG.RescaleSlope) },
    );
  return { slope, intercept };
}

function flavourOf(view: FrameView): readonly string[] {
  const type = view.texts(TAG.MRImageFrameTypeSequence, TAG.FrameType);
  const component = view.text(TAG.MRImageFrameTypeSequence, TAG.ComplexImageComponent);
  const own = type.length > 0 ? type : view.root.texts(TAG.ImageType);
  return component === undefined ? own : [...own, component];
}

function timesOf(view: FrameView): SliceTimes {
  const { root } = view;
  const trigger = root.number(TAG.TriggerTime);
  const frameTime = view.text(TAG.FrameContentSequence, TAG.FrameAcquisitionDateTime);
  return {
    temporalPosition:
      view.number(TAG.FrameContentSequence, TAG.TemporalPositionIndex) ??
      root.number(TAG.TemporalPositionIdentifier),
    trigger: trigger === undefined ? undefined : trigger / 1000,
    acquisition:
      secondsOfDateTime(frameTime) ??
      secondsOf(root.text(TAG.AcquisitionDate), root.text(TAG.AcquisitionTime)) ??
      secondsOfDateTime(root.text(TAG.AcquisitionDateTime)),
    content: secondsOf(root.text(TAG.ContentDate), root.text(TAG.ContentTime)),
    acquisitionNumber: root.number(TAG.AcquisitionNumber),
  };
}

function unplaced(tag: number, what: string): SentinodeError {
  return new SentinodeError(
    'dicom-attribute',
    `${tagName(tag)} ${what}, so the slice has no place in the patient. Export the series again with its geometry.`,
    { field: tagName(tag) },
  );
}
