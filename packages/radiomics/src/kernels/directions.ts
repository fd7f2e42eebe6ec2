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

/** What was asked for before: feature maps ask for the same neighbours at every voxel. */
const knownDirections = new Map<string, readonly Vector[]>();
const knownSteps = new Map<string, Int32Array>();

/** Boxes that are longer than any step on an axis have the same neighbours. */
function keyOf(size: Vector, { distances, still }: Neighbourhood): string {
  const enough = Math.max(...distances) + 1;
  const [x, y, z] = size;
  return `${Math.min(x, enough)} ${Math.min(y, enough)} ${Math.min(z, enough)} ${distances} ${still}`;
}

/**
 * Offsets (dx, dy, dz) of the neighbours from (+,+,+) downward in (z, y, x), the first half of them: 13 for distance 1
 * in 3-D. An offset as long as the box on an axis cannot join two voxels and is left out, so a one-slice region has 4.
 * @throws SentinodeError `no-neighbours` when nothing is left
 */
export function directions(size: Vector, { distances, still }: Neighbourhood): readonly Vector[] {
  const key = keyOf(size, { distances, still });
  const found = knownDirections.get(key) ?? findDirections(size, { distances, still });
  knownDirections.set(key, found);
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

/** Steps in a padded array, one way. Shared: not to be written to. */
export function steps(size: Vector, strides: Vector, neighbourhood: Neighbourhood = touching()): Int32Array {
  const key = `${keyOf(size, neighbourhood)} ${strides}`;
  const found =
    knownSteps.get(key) ??
    Int32Array.from(
      directions(size, neighbourhood),
      ([dx, dy, dz]) => dx * strides[0] + dy * strides[1] + dz * strides[2],
    );
  remember(key, found);
  return found;
}

/** Steps in a padded array, both ways. Shared: not to be written to. */
export function stepsBothWays(size: Vector, strides: Vector, neighbourhood: Neighbourhood): Int32Array {
  const key = `${keyOf(size, neighbourhood)} ${strides} both`;
  const known = knownSteps.get(key);
  if (known !== undefined) return known;
  const half = steps(size, strides, neighbourhood);
  const found = Int32Array.from([...half, ...half.map((offset) => -offset)]);
  remember(key, found);
  return found;
}

/** Every region has strides of its own, so what is known is forgotten now and then. */
function remember(key: string, found: Int32Array): void {
  if (knownSteps.size > 1000) knownSteps.clear();
  knownSteps.set(key, found);
}
