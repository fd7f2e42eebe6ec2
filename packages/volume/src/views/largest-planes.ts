import { indexFinder, stepMatrix, worldToIndex } from '../geometry/geometry.ts';
import { multiply } from '../geometry/matrix.ts';
import type { Geometry, Vector3, Volume } from '../volume.ts';

/** Along each axis of an image: the plane with the most of a region, and where the region begins and ends. */
export interface LargestPlanes {
  readonly planes: readonly number[];
  readonly box: readonly (readonly [number, number])[];
}

/**
 * Counts the voxels of a region on the planes of an image, wherever its own grid lies; what is outside counts for the
 * outermost plane. Without a region the middle planes are taken.
 */
export function largestPlanes(image: Geometry, mask: Volume | undefined): LargestPlanes {
  const counts = image.size.map((n) => new Float64Array(n));
  if (mask !== undefined) countRegion(image, mask, counts);
  const empty = counts[0].every((count) => count === 0);
  return {
    planes: counts.map((areas) =>
      empty ? Math.floor(areas.length / 2) : areas.indexOf(areas.reduce((a, b) => Math.max(a, b))),
    ),
    box: counts.map((areas) => {
      if (empty) return [0, areas.length - 1];
      return [areas.findIndex((count) => count > 0), areas.findLastIndex((count) => count > 0)];
    }),
  };
}

function countRegion(image: Geometry, { geometry, data }: Volume, counts: readonly Float64Array[]): void {
  const [nx, ny] = geometry.size;
  const start = worldToIndex(image, geometry.origin);
  const find = indexFinder({ ...image, origin: [0, 0, 0] });
  const steps = [0, 1, 2].map((axis) => {
    const unit = [0, 1, 2].map((k) => (k === axis ? 1 : 0)) as unknown as Vector3;
    return find(multiply(stepMatrix(geometry), unit));
  });
  for (let at = 0; at < data.length; at++) {
    if (data[at] === 0) continue;
    const voxel = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
    for (let axis = 0; axis < 3; axis++) {
      const place =
        start[axis] + voxel[0] * steps[0][axis] + voxel[1] * steps[1][axis] + voxel[2] * steps[2][axis];
      const plane = Math.min(image.size[axis] - 1, Math.max(0, Math.round(place)));
      counts[axis][plane]++;
    }
  }
}
