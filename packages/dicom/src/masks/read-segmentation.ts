import { SentinodeError } from '@sentinode/core';
import type { Geometry } from '@sentinode/volume';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG, tagName } from '../data-set/tags.ts';
import { FrameView } from '../frames/frame-view.ts';
import { slicesOfFile } from '../frames/slices-of-file.ts';
import { openFrames } from '../pixels/decode-frames.ts';
import { placeFrames } from './mask-grid.ts';

/** One segment of a DICOM SEG on a voxel grid. */
export interface Segment {
  readonly number: number;
  /** As the creator named it; may identify a person. */
  readonly label: string;
  readonly geometry: Geometry;
  /** 1 inside, 0 outside. */
  readonly data: Uint8Array;
  /** Share of each voxel, 0 to 1, where the file is fractional. */
  readonly fraction?: Float32Array;
  readonly voxels: number;
}

export interface Segmentation {
  readonly kind: 'BINARY' | 'FRACTIONAL' | 'LABELMAP';
  readonly segments: readonly Segment[];
}

/** A fractional voxel belongs to the region from this share on. */
const INSIDE = 0.5;
const MOST_VOXELS = 2 ** 31;

/**
 * Reads a DICOM SEG: binary (packed bits), fractional or a map of labels, several segments that may overlap, frames in
 * any order and only where something is marked. Label 0 is the background and no segment.
 * @param grids of the images that it may have been drawn on; the first that fits is taken, else a grid of its own
 * @throws SentinodeError `dicom-attribute`, `dicom-pixels`, `dicom-slices`
 */
export async function readSegmentation(
  file: DicomFile,
  grids: readonly Geometry[] = [],
): Promise<Segmentation> {
  const root = file.dataSet;
  const kind = root.text(TAG.SegmentationType);
  if (kind !== 'BINARY' && kind !== 'FRACTIONAL' && kind !== 'LABELMAP') {
    throw new SentinodeError(
      'dicom-attribute',
      `${tagName(TAG.SegmentationType)} must be BINARY, FRACTIONAL or LABELMAP. Export the segmentation as one of these.`,
      { field: tagName(TAG.SegmentationType) },
    );
  }
  const most = kind === 'FRACTIONAL' ? root.neededNumber(TAG.MaximumFractionalValue) : 1;
  if (!(most > 0))
    throw new SentinodeError('dicom-attribute', `${tagName(TAG.MaximumFractionalValue)} must be above 0.`);
  const frames = slicesOfFile(file, 0);
  const { geometry, slices } = placeFrames(frames, grids, frames[0].gap);
  const reader = await openFrames(file);
  const numbers =
    kind === 'LABELMAP' ? undefined : frames.map(({ frame }) => segmentOf(new FrameView(root, frame)));
  const plane = geometry.size[0] * geometry.size[1];
  const described = root
    .sequence(TAG.SegmentSequence)
    .map((item) => ({
      number: item.neededNumber(TAG.SegmentNumber),
      label: item.text(TAG.SegmentLabel) ?? '',
    }))
    .filter(({ number }) => kind !== 'LABELMAP' || number !== 0);
  if (described.length * plane * geometry.size[2] > MOST_VOXELS) {
    throw new SentinodeError(
      'too-large',
      `${described.length} segments of ${geometry.size.join(' x ')} voxels are more than can be held. Export fewer segments.`,
      { field: tagName(TAG.SegmentSequence) },
    );
  }
  const segments = described.map(({ number, label }): Segment => {
    const data = new Uint8Array(plane * geometry.size[2]);
    const fraction = kind === 'FRACTIONAL' ? new Float32Array(data.length) : undefined;
    for (const { frame } of frames) {
      if (numbers !== undefined && numbers[frame] !== number) continue;
      const first = slices[frame] * plane;
      const values = reader.read(frame);
      if (numbers === undefined) {
        for (let at = 0; at < plane; at++) if (values[at] === number) data[first + at] = 1;
        continue;
      }
      for (let at = 0; at < plane; at++) {
        const share = values[at] / most;
        if (share >= INSIDE) data[first + at] = 1;
        if (fraction !== undefined) fraction[first + at] = share;
      }
    }
    const voxels = data.reduce((sum, value) => sum + value, 0);
    return { number, label, geometry, data, ...(fraction === undefined ? {} : { fraction }), voxels };
  });
  return { kind, segments };
}

function segmentOf(view: FrameView): number {
  const number = view.number(TAG.SegmentIdentificationSequence, TAG.ReferencedSegmentNumber);
  if (number !== undefined) return number;
  throw new SentinodeError(
    'dicom-attribute',
    `A frame does not say which segment it belongs to: ${tagName(TAG.ReferencedSegmentNumber)} is missing. Export the segmentation again.`,
    { field: tagName(TAG.ReferencedSegmentNumber) },
  );
}
