import { steps } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';

/**
 * Co-occurrence counts by direction: entry (i, j) of direction d at d * count^2 + (i - 1) * count + (j - 1) counts
 * voxels of level i whose neighbour in that direction has level j.
 */
export function glcmCounts(volume: LevelVolume): { counts: Float64Array; directions: number } {
  const { levels, voxels, count } = volume;
  const offsets = steps(volume.size, volume.strides);
  const area = count * count;
  const counts = new Float64Array(area * offsets.length);
  for (let d = 0; d < offsets.length; d++) {
    const offset = offsets[d]!;
    const base = d * area;
    for (let v = 0; v < voxels.length; v++) {
      const at = voxels[v]!;
      const j = levels[at + offset]!;
      if (j !== 0) counts[base + (levels[at]! - 1) * count + j - 1]! += 1;
    }
  }
  return { counts, directions: offsets.length };
}

/** Probability matrix of one direction, or undefined when no pair exists. Symmetric: counted both ways. */
export function probabilities(
  counts: Float64Array,
  direction: number,
  levels: number,
  symmetric: boolean,
): Float64Array | undefined {
  const area = levels * levels;
  const base = direction * area;
  const p = new Float64Array(area);
  let total = 0;
  for (let i = 0; i < levels; i++) {
    for (let j = 0; j < levels; j++) {
      const value = counts[base + i * levels + j]! + (symmetric ? counts[base + j * levels + i]! : 0);
      p[i * levels + j] = value;
      total += value;
    }
  }
  if (total === 0) return undefined;
  for (let k = 0; k < area; k++) p[k]! /= total;
  return p;
}
