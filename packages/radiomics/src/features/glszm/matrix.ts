import { steps } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import type { SizeMatrix } from '../size-matrix.ts';

/** Zones of equal level, connected through faces, edges and corners, by level and size. */
export function zoneMatrix({ levels, voxels, size, strides, binOf }: LevelVolume): SizeMatrix {
  const half = steps(size, strides);
  const offsets = Int32Array.from([...half, ...half.map((offset) => -offset)]);
  const open = Uint16Array.from(levels);
  const stack = new Int32Array(voxels.length);
  const counts = new Map<number, number>();
  const span = voxels.length + 1;
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = open[start]!;
    if (level === 0) continue;
    open[start] = 0;
    stack[0] = start;
    let top = 1;
    let zone = 0;
    while (top > 0) {
      const at = stack[--top]!;
      zone++;
      for (let d = 0; d < offsets.length; d++) {
        const next = at + offsets[d]!;
        if (open[next] === level) {
          open[next] = 0;
          stack[top++] = next;
        }
      }
    }
    const key = level * span + zone;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = Float64Array.from(counts.keys()).sort();
  return {
    levels: Float64Array.from(keys, (key) => binOf[Math.floor(key / span)]!),
    sizes: Float64Array.from(keys, (key) => key % span),
    counts: Float64Array.from(keys, (key) => counts.get(key)!),
  };
}
