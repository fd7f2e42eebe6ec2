import { type Neighbourhood, stepsBothWays, touching } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';

/** What the neighbourhood of each level looks like; arrays by level, index 0 unused. */
export interface ToneMatrix {
  /** Voxels of the level. */
  readonly n: Float64Array;
  /** Those of them that have a neighbour in the region. */
  readonly joined: Float64Array;
  /** Sum of |bin - mean bin of the neighbours in the region|. */
  readonly s: Float64Array;
}

/** Grey tone differences by level over the neighbours; without a neighbourhood the 26 that touch (8 in one slice). */
export function toneMatrix(
  { levels, voxels, size, strides, binOf, count }: LevelVolume,
  neighbourhood: Neighbourhood = touching(),
): ToneMatrix {
  const offsets = stepsBothWays(size, strides, neighbourhood);
  const n = new Float64Array(count + 1);
  const joined = new Float64Array(count + 1);
  const s = new Float64Array(count + 1);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const level = levels[at]!;
    let sum = 0;
    let neighbours = 0;
    for (let d = 0; d < offsets.length; d++) {
      const other = levels[at + offsets[d]!]!;
      if (other === 0) continue;
      sum += binOf[other]!;
      neighbours++;
    }
    n[level]! += 1;
    if (neighbours === 0) continue;
    joined[level]! += 1;
    s[level]! += Math.abs(binOf[level]! - sum / neighbours);
  }
  return { n, joined, s };
}
