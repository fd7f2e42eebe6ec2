import { stepsBothWays, touching } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import type { SizeMatrix } from '../size-matrix.ts';

/**
 * Visits the zones of equal level, connected through faces, edges and corners, in the order of their first voxel.
 * @param visit level, and positions of the zone's voxels in the padded array (valid during the call only)
 * @param still axis across which zones do not reach
 */
export function forEachZone(
  { levels, voxels, size, strides }: LevelVolume,
  visit: (level: number, zone: Int32Array) => void,
  still?: 0 | 1 | 2,
): void {
  const offsets = stepsBothWays(size, strides, touching(still));
  const open = Uint16Array.from(levels);
  const zone = new Int32Array(voxels.length);
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = open[start]!;
    if (level === 0) continue;
    open[start] = 0;
    zone[0] = start;
    let found = 1;
    for (let next = 0; next < found; next++) {
      const at = zone[next]!;
      for (let d = 0; d < offsets.length; d++) {
        const neighbour = at + offsets[d]!;
        if (open[neighbour] !== level) continue;
        open[neighbour] = 0;
        zone[found++] = neighbour;
      }
    }
    visit(level, zone.subarray(0, found));
  }
}

/** Zones of equal level by level and size. */
export function zoneMatrix(volume: LevelVolume, still?: 0 | 1 | 2): SizeMatrix {
  const counts = new Map<number, number>();
  const span = volume.voxels.length + 1;
  forEachZone(
    volume,
    (level, { length }) => {
      const key = level * span + length;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    still,
  );
  const keys = Float64Array.from(counts.keys()).sort();
  return {
    levels: Float64Array.from(keys, (key) => volume.binOf[Math.floor(key / span)]!),
    sizes: Float64Array.from(keys, (key) => key % span),
    counts: Float64Array.from(keys, (key) => counts.get(key)!),
  };
}
