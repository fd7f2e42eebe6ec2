import { type Neighbourhood, stepsBothWays } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { SizeCounter, type SizeMatrix } from '../size-matrix.ts';

/** Voxels by level and dependence: 1 + neighbours in the region whose bin differs by at most `alpha`. */
export function dependenceMatrix(
  { levels, voxels, size, strides, binOf, count }: LevelVolume,
  alpha: number,
  neighbourhood: Neighbourhood,
): SizeMatrix {
  const offsets = stepsBothWays(size, strides, neighbourhood);
  const counter = new SizeCounter(count, offsets.length + 1);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const level = levels[at]!;
    let dependence = 1;
    if (alpha > 0) {
      for (let d = 0; d < offsets.length; d++) {
        const other = levels[at + offsets[d]!]!;
        if (other !== 0 && Math.abs(binOf[other]! - binOf[level]!) <= alpha) dependence++;
      }
    } else for (let d = 0; d < offsets.length; d++) if (levels[at + offsets[d]!] === level) dependence++;
    counter.add(level, dependence);
  }
  return counter.matrix(binOf);
}
