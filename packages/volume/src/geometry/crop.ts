import type { Geometry, Mask, Vector3, Volume } from '../volume.ts';
import { voxelToWorld } from './geometry.ts';

/** A block of voxels: the index of its first voxel and the number of voxels along x, y, z. */
export interface Box {
  readonly start: Vector3;
  readonly size: Vector3;
}

/** The smallest box that holds every voxel of a mask, or undefined for an empty mask. */
export function boundingBox({ data, geometry: { size } }: Mask): Box | undefined {
  const [nx, ny, nz] = size;
  const low = [nx, ny, nz] as [number, number, number];
  const high: [number, number, number] = [-1, -1, -1];
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      const row = (z * ny + y) * nx;
      let first = 0;
      while (first < nx && data[row + first] === 0) first++;
      if (first === nx) continue;
      let last = nx - 1;
      while (data[row + last] === 0) last--;
      low[0] = Math.min(low[0], first);
      high[0] = Math.max(high[0], last);
      low[1] = Math.min(low[1], y);
      high[1] = Math.max(high[1], y);
      low[2] = Math.min(low[2], z);
      high[2] = z;
    }
  }
  return high[2] < 0 ? undefined : boxBetween(low, high);
}

/** A box grown by `padding` voxels on every side, cut at the border of a grid of the size given. */
export function padBox({ start, size }: Box, padding: number, within: Vector3): Box {
  const low = start.map((first) => Math.max(0, first - padding));
  const high = start.map((first, axis) => Math.min(within[axis]! - 1, first + size[axis]! - 1 + padding));
  return boxBetween([low[0]!, low[1]!, low[2]!], [high[0]!, high[1]!, high[2]!]);
}

/**
 * The part of a volume or mask inside a box; its origin is the world position of the box's first voxel.
 * Throws RangeError for a box that leaves the grid.
 */
export function crop<T extends Volume | Mask>(source: T, box: Box): T {
  const geometry = cropGeometry(source.geometry, box);
  const [nx, ny] = source.geometry.size;
  const [sx, sy, sz] = box.size;
  const [x0, y0, z0] = box.start;
  const data = source.data.slice(0, sx * sy * sz);
  let at = 0;
  for (let z = 0; z < sz; z++) {
    for (let y = 0; y < sy; y++, at += sx) {
      const from = x0 + nx * (y0 + y + ny * (z0 + z));
      data.set(source.data.subarray(from, from + sx), at);
    }
  }
  return { ...source, geometry, data };
}

/** Geometry of the part inside a box. @throws RangeError for a box that leaves the grid */
export function cropGeometry(geometry: Geometry, { start, size }: Box): Geometry {
  const inside = start.every(
    (first, axis) => first >= 0 && size[axis]! >= 1 && first + size[axis]! <= geometry.size[axis]!,
  );
  if (!inside)
    throw new RangeError(
      `box ${start.join(',')} + ${size.join(',')} leaves the grid ${geometry.size.join(',')}`,
    );
  return { ...geometry, size, origin: voxelToWorld(geometry, start) };
}

function boxBetween(low: Vector3, high: Vector3): Box {
  return { start: low, size: [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1] };
}
