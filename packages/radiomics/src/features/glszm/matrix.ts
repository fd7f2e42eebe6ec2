import { stepsBothWays, touching } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import * as texture from '../../kernels/texture/index.ts';
import type { SizeMatrix } from '../size-matrix.ts';

/** Through faces, edges and corners. @param still axis across which zones do not reach */
const joins = ({ size, strides }: LevelVolume, still?: 0 | 1 | 2): Int32Array =>
  stepsBothWays(size, strides, touching(still));

/**
 * Visits the zones of equal level, connected through faces, edges and corners, in the order of their first voxel.
 * @param visit level, and positions of the zone's voxels in the padded array (valid during the call only)
 * @param still axis across which zones do not reach
 */
export function forEachZone(
  volume: LevelVolume,
  visit: (level: number, zone: Int32Array) => void,
  still?: 0 | 1 | 2,
): void {
  texture.forEachZone(volume, joins(volume, still), visit);
}

/** Zones of equal level by level and size. */
export function zoneMatrix(volume: LevelVolume, still?: 0 | 1 | 2): SizeMatrix {
  const zones = texture.textureKernels(volume).zones(volume, joins(volume, still));
  // level and size in one number, so that sorting brings equal ones together
  const span = volume.voxels.length + 1;
  const keys = new Float64Array(zones.length / 2);
  for (let k = 0; k < keys.length; k++) keys[k] = zones[2 * k]! * span + zones[2 * k + 1]!;
  keys.sort();
  const levels: number[] = [];
  const sizes: number[] = [];
  const counts: number[] = [];
  for (let k = 0, start = 0; k < keys.length; k++) {
    const key = keys[k]!;
    if (keys[k + 1] === key) continue;
    levels.push(volume.binOf[Math.floor(key / span)]!);
    sizes.push(key % span);
    counts.push(k + 1 - start);
    start = k + 1;
  }
  return {
    levels: Float64Array.from(levels),
    sizes: Float64Array.from(sizes),
    counts: Float64Array.from(counts),
  };
}
