import { createRandom } from '@sentinode/core';
import { type LevelVolume, levelVolume, regionShape } from '../kernels/level-volume.ts';

export type Point = readonly [number, number, number];

/** A region as a list of points, beside the volume that kernels read. */
export interface SmallRegion {
  readonly volume: LevelVolume;
  readonly points: readonly { readonly at: Point; readonly level: number }[];
}

/** A region of some voxels with levels 1 to 3, the same for a seed; `share` of the box is in it. */
export function smallRegion(size: Point, seed: number, share: number): SmallRegion {
  const random = createRandom(seed);
  const [nx, ny, nz] = size;
  const mask = new Uint8Array(nx * ny * nz);
  const points: { at: Point; level: number }[] = [];
  for (let z = 0, k = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, k++) {
        // the first three voxels hold every level, so that levels keep their numbers
        if (k > 2 && random.uniform() > share) continue;
        mask[k] = 1;
        points.push({ at: [x, y, z], level: k < 3 ? k + 1 : 1 + random.integer(3) });
      }
  const shape = regionShape(mask, size, 2);
  return {
    volume: levelVolume(
      shape,
      Uint16Array.from(points, ({ level }) => level),
      3,
    ),
    points,
  };
}

/** Half of the offsets at the distances, from (+,+,+) downward in (z, y, x); along `still` nothing moves. */
export function halfOffsets(distances: readonly number[], still: number | undefined): Point[] {
  const steps = [2, 1, 0, -1, -2];
  return steps.flatMap((z) =>
    steps.flatMap((y) =>
      steps.flatMap((x): Point[] => {
        const isForward = z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0)));
        const isStill = still === undefined || [x, y, z][still] === 0;
        const length = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
        return isForward && isStill && distances.includes(length) ? [[x, y, z]] : [];
      }),
    ),
  );
}

/** Length of an offset in mm in one of the norms; 0 without weighting. */
export function lengthOf([x, y, z]: Point, spacing: Point, norm: string): number {
  const [a, b, c] = [Math.abs(x) * spacing[0], Math.abs(y) * spacing[1], Math.abs(z) * spacing[2]];
  if (norm === 'manhattan') return a + b + c;
  if (norm === 'euclidean') return Math.sqrt(a * a + b * b + c * c);
  return norm === 'infinity' ? Math.max(a, b, c) : 0;
}
