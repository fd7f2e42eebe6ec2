import { SentinodeError } from '@sentinode/core';
import { type Geometry, worldToIndex } from '@sentinode/volume';
import type { Slice } from '../frames/slice.ts';
import { offsetsOf, SAME_POSITION, stackOf } from '../series/stack-geometry.ts';
import { millimetres } from '../series/vectors.ts';

/** A place on a grid may be off by this share of a voxel; headers round positions. */
const OFF_GRID = 0.05;
/** More than any scanner makes; a damaged position must not make a grid of gigabytes. */
const MOST_SLICES = 10_000;

/** Where each frame of a mask lies on a grid. */
export interface Placement {
  readonly geometry: Geometry;
  /** Slice of the grid of each frame, in the order of the frames. */
  readonly slices: readonly number[];
}

/**
 * Puts the frames of a mask on the grid of one of the images given, or on a grid of their own that fills gaps between
 * them: masks usually have frames only where something is marked.
 * @param gap distance of slices that the file claims
 * @throws SentinodeError `dicom-slices` where the frames make no regular grid of their own
 */
export function placeFrames(
  frames: readonly Slice[],
  grids: readonly Geometry[],
  gap: number | undefined,
): Placement {
  for (const geometry of grids) {
    const slices = placesOn(geometry, frames);
    if (slices !== undefined) return { geometry, slices };
  }
  return onOwnGrid(frames, gap);
}

function placesOn(geometry: Geometry, frames: readonly Slice[]): number[] | undefined {
  const slices: number[] = [];
  for (const frame of frames) {
    const same =
      frame.columns === geometry.size[0] &&
      frame.rows === geometry.size[1] &&
      frame.spacing.every((mm, axis) => Math.abs(mm - geometry.spacing[axis]) < 1e-3 * mm) &&
      frame.rowDirection.every((cosine, row) => Math.abs(cosine - geometry.direction[3 * row]) < 1e-3) &&
      frame.columnDirection.every((cosine, row) => Math.abs(cosine - geometry.direction[3 * row + 1]) < 1e-3);
    if (!same) return undefined;
    const [x, y, z] = worldToIndex(geometry, frame.position);
    const slice = Math.round(z);
    if (Math.abs(x) > OFF_GRID || Math.abs(y) > OFF_GRID || Math.abs(z - slice) > OFF_GRID) return undefined;
    if (slice < 0 || slice >= geometry.size[2]) return undefined;
    slices.push(slice);
  }
  return slices;
}

function onOwnGrid(frames: readonly Slice[], claimed: number | undefined): Placement {
  const offsets = offsetsOf(frames);
  const order = frames.map((_, at) => at).sort((a, b) => offsets[a] - offsets[b]);
  const places = order.filter((at, k) => k === 0 || offsets[at] - offsets[order[k - 1]] >= SAME_POSITION);
  const steps = places.slice(1).map((at, k) => offsets[at] - offsets[places[k]]);
  const gap =
    steps.length === 0
      ? claimed
      : Math.min(...steps, claimed !== undefined && claimed > 0 ? claimed : Number.POSITIVE_INFINITY);
  const first = frames[places[0]];
  const start = offsets[places[0]];
  const counts = offsets.map((offset) => (gap === undefined ? 0 : (offset - start) / gap));
  // Frames between the marked ones are not stored; where all lie on multiples of one distance, the rest is empty.
  const regular = counts.every((count) => Math.abs(count - Math.round(count)) < OFF_GRID);
  if (!regular || gap === undefined) {
    const { geometry } = stackOf(places.map((at) => frames[at]));
    return {
      geometry,
      slices: offsets.map((offset) => places.findIndex((at) => offset - offsets[at] < SAME_POSITION)),
    };
  }
  const one = stackOf([{ ...first, gap }]).geometry;
  const slices = counts.map(Math.round);
  if (Math.max(...slices) >= MOST_SLICES) {
    throw new SentinodeError(
      'dicom-slices',
      `The frames of the mask lie ${millimetres(Math.max(...offsets) - start)} mm apart at distances of ${millimetres(gap)} mm, which is no image. Export the segmentation again.`,
    );
  }
  return { geometry: { ...one, size: [one.size[0], one.size[1], Math.max(...slices) + 1] }, slices };
}
