import type { Mask } from '../volume.ts';

/** Pieces of a mask that touch by a face, an edge or a corner. */
export interface ConnectedComponents {
  /** 0 outside; 1, 2, ... for the pieces in the order of their first voxel. */
  readonly labels: Int32Array;
  /** Voxels of piece 1, 2, ... */
  readonly sizes: readonly number[];
}

/** Splits a mask into its 26-connected pieces. */
export function connectedComponents(mask: Mask): ConnectedComponents {
  const labels = new Int32Array(mask.data.length);
  const sizes: number[] = [];
  for (let first = 0; first < labels.length; first++) {
    if (mask.data[first] === 0 || labels[first] !== 0) continue;
    sizes.push(fill(mask, labels, first, sizes.length + 1));
  }
  return { labels, sizes };
}

/** Marks everything connected to `first` and returns how many voxels that were. */
function fill(mask: Mask, labels: Int32Array, first: number, label: number): number {
  const [nx, ny, nz] = mask.geometry.size;
  const open = [first];
  labels[first] = label;
  let count = 0;
  for (let voxel = open.pop(); voxel !== undefined; voxel = open.pop()) {
    count++;
    const x = voxel % nx;
    const y = Math.floor(voxel / nx) % ny;
    const z = Math.floor(voxel / (nx * ny));
    for (let w = Math.max(0, z - 1); w <= Math.min(nz - 1, z + 1); w++) {
      for (let v = Math.max(0, y - 1); v <= Math.min(ny - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(nx - 1, x + 1); u++) {
          const neighbour = u + nx * (v + ny * w);
          if (mask.data[neighbour] === 0 || labels[neighbour] !== 0) continue;
          labels[neighbour] = label;
          open.push(neighbour);
        }
      }
    }
  }
  return count;
}

/** The piece with the most voxels; among equals the one whose first voxel comes first in memory. */
export function largestComponent(mask: Mask): Mask {
  const { labels, sizes } = connectedComponents(mask);
  if (sizes.length <= 1) return mask;
  const largest = sizes.reduce((best, size, at) => (size > sizes[best]! ? at : best), 0) + 1;
  return { geometry: mask.geometry, data: Uint8Array.from(labels, (label) => (label === largest ? 1 : 0)) };
}
