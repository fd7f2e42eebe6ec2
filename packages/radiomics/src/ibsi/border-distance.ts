import type { Vector3 } from '@sentinode/volume';

/**
 * City block distance of each voxel to the nearest one outside a mask, in an array with a border of outside around the
 * box; 0 outside, 1 for voxels with a face at the border. Two sweeps are exact for this distance.
 * @param border voxels of outside on each side
 * @param dimensions 2: within each slice, 3: in space
 */
export function borderDistance(
  mask: Uint8Array,
  [nx, ny, nz]: Vector3,
  border: number,
  dimensions: 2 | 3,
): Int32Array {
  const row = nx + 2 * border;
  const plane = row * (ny + 2 * border);
  const steps = dimensions === 3 ? [1, row, plane] : [1, row];
  const distance = new Int32Array(plane * (nz + 2 * border));
  const visit = (at: number, sign: 1 | -1): void => {
    if (distance[at] === 0) return;
    let best = distance[at]!;
    for (const step of steps) best = Math.min(best, distance[at + sign * step]! + 1);
    distance[at] = best;
  };
  const far = nx + ny + nz;
  for (let z = 0, from = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, from++)
        if (mask[from] !== 0) distance[(z + border) * plane + (y + border) * row + x + border] = far;
  for (let at = 0; at < distance.length; at++) visit(at, -1);
  for (let at = distance.length - 1; at >= 0; at--) visit(at, 1);
  return distance;
}
