import { type Neighbourhood, stepsBothWays } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { textureKernels } from '../../kernels/texture/index.ts';
import { SizeCounter, type SizeMatrix, sizeMatrix } from '../size-matrix.ts';

/** Voxels by level and dependence: 1 + neighbours in the region whose bin differs by at most `alpha`. */
export function dependenceMatrix(
  volume: LevelVolume,
  alpha: number,
  neighbourhood: Neighbourhood,
): SizeMatrix {
  const steps = stepsBothWays(volume.size, volume.strides, neighbourhood);
  if (alpha > 0) return withinBins(volume, alpha, steps);
  return sizeMatrix(textureKernels(volume).dependences(volume, steps), steps.length + 2, volume.binOf);
}

function withinBins(
  { levels, voxels, binOf, count }: LevelVolume,
  alpha: number,
  steps: Int32Array,
): SizeMatrix {
  const counter = new SizeCounter(count, steps.length + 1);
  for (let v = 0; v < voxels.length; v++) {
    const at = voxels[v]!;
    const level = levels[at]!;
    let dependence = 1;
    for (let d = 0; d < steps.length; d++) {
      const other = levels[at + steps[d]!]!;
      if (other !== 0 && Math.abs(binOf[other]! - binOf[level]!) <= alpha) dependence++;
    }
    counter.add(level, dependence);
  }
  return counter.matrix(binOf);
}
