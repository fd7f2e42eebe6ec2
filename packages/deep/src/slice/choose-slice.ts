import { SentinodeError } from '@sentinode/core';
import { type Geometry, indexToWorld, type Mask, type Vector3, worldToIndex } from '@sentinode/volume';
import { type AxialView, axialView } from './axial-view.ts';
import { largestSlice } from './largest-slice.ts';

/**
 * Where the tumour lies in the patient on its largest slice: the mean position of its voxels there, LPS mm.
 * @throws SentinodeError `mask-empty`
 */
export function tumourPosition(mask: Mask): Vector3 {
  const { size } = mask.geometry;
  const view = axialView(mask.geometry);
  const slice = largestSlice(mask, view);
  const sum = [0, 0, 0];
  let count = 0;
  mask.data.forEach((value, at) => {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))];
    if (value === 0 || index[view.slice] !== slice) return;
    count += 1;
    for (const axis of [0, 1, 2]) sum[axis]! += index[axis]!;
  });
  return indexToWorld(mask.geometry, sum.map((total) => total / count) as unknown as Vector3);
}

/**
 * Index of the axial slice that passes nearest to a place in the patient.
 * @throws SentinodeError `slice-outside` when the place lies more than half a slice beyond the volume
 */
export function sliceThrough(geometry: Geometry, view: AxialView, place: Vector3): number {
  const index = worldToIndex(geometry, place)[view.slice]!;
  const nearest = Math.floor(index + 0.5);
  const last = geometry.size[view.slice]! - 1;
  if (nearest < 0 || nearest > last)
    throw new SentinodeError(
      'slice-outside',
      `The tumour of the other sequence lies ${(Math.abs(nearest < 0 ? index : index - last) * geometry.spacing[view.slice]!).toFixed(1)} mm beyond this volume, so no slice corresponds; use picture: {slice: largest-area}, or a volume that covers it.`,
      { field: 'deep.picture.slice' },
    );
  return nearest;
}

/**
 * The slice that many steps towards the head, however the file is stored; the outermost one beyond the volume.
 * @throws SentinodeError `slice-outside` for an offset that no slice of the volume has
 */
export function towardsHead(geometry: Geometry, view: AxialView, index: number, offset: number): number {
  const last = geometry.size[view.slice]! - 1;
  if (Math.abs(offset) > last && offset !== 0)
    throw new SentinodeError(
      'slice-outside',
      `A slice ${Math.abs(offset)} from the chosen one was asked for, and the volume has ${last + 1}; correct deep.slices or deep.adjacent.`,
      { field: 'deep.slices' },
    );
  return Math.min(last, Math.max(0, stepped(view, index, offset)));
}

/** Whether the volume ends before the slice that many steps towards the head. */
export function endsBefore(geometry: Geometry, view: AxialView, index: number, offset: number): boolean {
  return towardsHead(geometry, view, index, offset) !== stepped(view, index, offset);
}

function stepped({ flipSlice }: AxialView, index: number, offset: number): number {
  return index + (flipSlice ? -offset : offset);
}
