import type { Random } from '@sentinode/core';

/** Smooth noise in space: random values on a periodic cubic lattice, blended between its points. */
export interface Lattice {
  /** Points per axis, a power of two; the noise repeats after `points * spacing`. */
  readonly points: number;
  /** Millimetres between points: about half the size of a blob. */
  readonly spacing: number;
  readonly values: Float32Array;
}

/** A lattice of standard normal values. */
export function createLattice(random: Random, points: number, spacing: number): Lattice {
  const values = new Float32Array(points * points * points);
  for (let i = 0; i < values.length; i++) values[i] = random.normal();
  return { points, spacing, values };
}

/** Keeps indices positive, so that truncation is floor; far beyond any field of view. */
const OFFSET = 4096;
const smooth = (t: number): number => t * t * (3 - 2 * t);

/** Value at a point (mm): mean 0, standard deviation about 0.6 (blending averages neighbours). */
export function latticeAt({ points, spacing, values }: Lattice, x: number, y: number, z: number): number {
  const px = x / spacing + OFFSET;
  const py = y / spacing + OFFSET;
  const pz = z / spacing + OFFSET;
  const ix = Math.trunc(px);
  const iy = Math.trunc(py);
  const iz = Math.trunc(pz);
  const fx = smooth(px - ix);
  const fy = smooth(py - iy);
  const fz = smooth(pz - iz);
  const wrap = points - 1;
  const x0 = ix & wrap;
  const x1 = (ix + 1) & wrap;
  const y0 = (iy & wrap) * points;
  const y1 = ((iy + 1) & wrap) * points;
  const z0 = (iz & wrap) * points * points;
  const z1 = ((iz + 1) & wrap) * points * points;
  // Written out: this runs several times per voxel, and closures here double the time.
  const a = y0 + z0;
  const b = y1 + z0;
  const c = y0 + z1;
  const d = y1 + z1;
  const rowA = values[a + x0]! + fx * (values[a + x1]! - values[a + x0]!);
  const rowB = values[b + x0]! + fx * (values[b + x1]! - values[b + x0]!);
  const rowC = values[c + x0]! + fx * (values[c + x1]! - values[c + x0]!);
  const rowD = values[d + x0]! + fx * (values[d + x1]! - values[d + x0]!);
  const front = rowA + fy * (rowB - rowA);
  return front + fz * (rowC + fy * (rowD - rowC) - front);
}
