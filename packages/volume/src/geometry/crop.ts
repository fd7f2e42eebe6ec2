import type { Geometry, Mask, Vector3, Volume } from '../volume.ts';
import { voxelToWorld } from './geometry.ts';

/** A block of voxels: the index of its first voxel and the number of voxels along x, y, z. */
export interface Box {
  readonly start: Vector3;
  readonly size: Vector3;
}

/** The smallest box that holds every voxel of a mask, or undefined for an empty mask. */
export function boundingBox(mask: Mask): Box | undefined {
  const [nx, ny, nz] = mask.geometry.size;
  const low = [nx, ny, nz];
  const high = [-1, -1, -1];
  let at = 0;
  for (let z = 0; z < nz; z++) {
    for (let y = 0; y < ny; y++) {
      for (let x = 0; x < nx; x++, at++) {
        if (mask.data[at] === 0) continue;
        if (x < low[0]!) low[0] = x;
        if (x > high[0]!) high[0] = x;
        if (y < low[1]!) low[1] = y;
        if (y > high[1]!) high[1] = y;
        if (z < low[2]!) low[2] = z;
        high[2] = z;
      }
    }
  }
  if (high[2]! < 0) return undefined;
  return boxBetween([low[0]!, low[1]!, low[2]!], [high[0]!, high[1]!, high[2]!]);
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
