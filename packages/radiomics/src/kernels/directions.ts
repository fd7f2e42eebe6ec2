import { SentinodeError } from '@sentinode/core';

type Vector = readonly [number, number, number];

/** Which neighbours of a voxel count. */
export interface Neighbourhood {
  /** Max-norms of the offsets in voxels, each once. */
  readonly distances: readonly number[];
  /** Axis (0 x, 1 y, 2 z) along which nothing moves, for measuring slice by slice. */
  readonly still?: 0 | 1 | 2;
}

/** Neighbours that touch a voxel; runs and zones know no others. */
export const touching = (still?: 0 | 1 | 2): Neighbourhood => ({ distances: [1], still });

/** Directions that were asked for before; feature maps ask for the same ones at every voxel. */
const known = new Map<string, readonly Vector[]>();

/**
 * Offsets (dx, dy, dz) of the neighbours from (+,+,+) downward in (z, y, x), the first half of them: 13 for distance 1
 * in 3-D. An offset as long as the box on an axis cannot join two voxels and is left out, so a one-slice region has 4.
 * @throws SentinodeError `no-neighbours` when nothing is left
 */
export function directions(size: Vector, { distances, still }: Neighbourhood): readonly Vector[] {
  const farthest = Math.max(...distances);
  const key = `${size.map((extent) => Math.min(extent, farthest + 1))} ${distances} ${still}`;
  const found = known.get(key) ?? findDirections(size, { distances, still });
  known.set(key, found);
  return found;
}

function findDirections(size: Vector, { distances, still }: Neighbourhood): readonly Vector[] {
  const reach = size.map((extent, axis) =>
    axis === still ? 0 : Math.min(extent - 1, Math.max(...distances)),
  );
  const found: Vector[] = [];
  for (let dz = reach[2]!; dz >= -reach[2]!; dz--) {
    for (let dy = reach[1]!; dy >= -reach[1]!; dy--) {
      for (let dx = reach[0]!; dx >= -reach[0]!; dx--) {
        const forward = dz > 0 || (dz === 0 && (dy > 0 || (dy === 0 && dx > 0)));
        const distance = Math.max(Math.abs(dx), Math.abs(dy), Math.abs(dz));
        if (forward && distances.includes(distance)) found.push([dx, dy, dz]);
      }
    }
  }
  if (found.length === 0)
    throw new SentinodeError(
      'no-neighbours',
      `No two voxels of the region's box (${size.join(' x ')} voxels) are ${distances.join(' or ')} apart${still === undefined ? '' : ` without moving along ${'xyz'[still]}`}; use smaller distances${still === undefined ? '' : ', or another force2Ddimension'}.`,
      { field: 'setting.distances' },
    );
  return found;
}

/** Steps in a padded array, one way. */
export function steps(size: Vector, strides: Vector, neighbourhood: Neighbourhood = touching()): Int32Array {
  return Int32Array.from(
    directions(size, neighbourhood),
    ([dx, dy, dz]) => dx * strides[0] + dy * strides[1] + dz * strides[2],
  );
}

/** Steps in a padded array, both ways. */
export function stepsBothWays(size: Vector, strides: Vector, neighbourhood: Neighbourhood): Int32Array {
  const half = steps(size, strides, neighbourhood);
  return Int32Array.from([...half, ...half.map((offset) => -offset)]);
}
