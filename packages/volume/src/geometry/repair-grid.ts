import type { Geometry, Vector3, Volume, VoxelArray } from '../volume.ts';
import { indexFinder, voxelToWorld } from './geometry.ts';
import { gridMismatch } from './grid-mismatch.ts';

/** A mask brought onto the grid of its image without a change of any voxel value. */
export interface RepairedGrid {
  readonly volume: Volume;
  readonly cause: string;
  /** What was wrong and what was done, for the record. */
  readonly sentence: string;
}

/** Share of a voxel by which a place may be off a voxel's centre and still be that voxel. */
const ON_GRID = 1e-3;

/**
 * Repairs a mask whose header is the only thing wrong, or whose axes run in another order over the same voxels.
 * Nothing is resampled: either the header is replaced by that of the image, where {@link gridMismatch} finds that this
 * is the one explanation, or voxels change their place in memory and keep their place in the patient.
 * @returns undefined where the grids are one already, no repair is certain, or two are possible
 */
export function repairGrid(image: Geometry, mask: Volume): RepairedGrid | undefined {
  const mismatch = gridMismatch(image, mask.geometry);
  if (mismatch === undefined || mismatch.ambiguous === true) return undefined;
  if (mismatch.repaired !== undefined) {
    return {
      volume: { ...mask, geometry: mismatch.repaired },
      cause: mismatch.cause,
      sentence: `${mismatch.sentence} The header was replaced by that of the image; no voxel was changed.`,
    };
  }
  const reordered = reorder(image, mask);
  return (
    reordered && {
      volume: reordered,
      cause: mismatch.cause,
      sentence: `${mismatch.sentence} Voxels were put in the order of the image; each kept its value and its place in the patient.`,
    }
  );
}

/** The mask in the voxel order of the image, where each voxel of the one is a voxel of the other. */
function reorder(image: Geometry, { geometry, elementType, data }: Volume): Volume | undefined {
  const find = indexFinder(geometry);
  const at = (voxel: Vector3): Vector3 => find(voxelToWorld(image, voxel));
  const start = at([0, 0, 0]);
  const steps = (
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ] as const
  ).map((axis) => at(axis).map((value, k) => value - start[k]));
  const whole = (value: number): boolean => Math.abs(value - Math.round(value)) <= ON_GRID;
  const permutes = steps.every(
    (step) => step.every(whole) && step.filter((value) => Math.round(value) !== 0).length === 1,
  );
  const last = at([image.size[0] - 1, image.size[1] - 1, image.size[2] - 1]);
  const inside = [start, last].every((place) =>
    place.every(
      (value, axis) => whole(value) && Math.round(value) >= 0 && Math.round(value) < geometry.size[axis],
    ),
  );
  if (!permutes || !inside || image.size[0] * image.size[1] * image.size[2] !== data.length) return undefined;
  const strides = [1, geometry.size[0], geometry.size[0] * geometry.size[1]];
  const jump = steps.map((step) =>
    step.reduce((sum, value, axis) => sum + Math.round(value) * strides[axis], 0),
  );
  const first = start.reduce((sum, value, axis) => sum + Math.round(value) * strides[axis], 0);
  const moved = data.slice() as VoxelArray;
  let to = 0;
  for (let z = 0; z < image.size[2]; z++)
    for (let y = 0; y < image.size[1]; y++)
      for (let x = 0; x < image.size[0]; x++)
        moved[to++] = data[first + x * jump[0] + y * jump[1] + z * jump[2]];
  return { geometry: image, elementType, data: moved };
}
