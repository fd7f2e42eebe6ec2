import { steps } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { SizeCounter, type SizeMatrix } from '../size-matrix.ts';

/**
 * Runs of equal level by direction. A direction in which no line of the lattice holds more than one voxel of the
 * region has no runs to speak of and is left out, as the reference does.
 */
export function runMatrices(volume: LevelVolume): SizeMatrix[] {
  return Array.from(steps(volume.size, volume.strides))
    .filter((offset) => hasPairOnLine(volume, offset))
    .map((offset) => runsAlong(volume, offset));
}

/** Runs of equal level along one direction, given as a step in the padded array. */
export function runsAlong({ levels, voxels, count, binOf, size }: LevelVolume, offset: number): SizeMatrix {
  const counter = new SizeCounter(count, Math.max(...size));
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = levels[start]!;
    if (levels[start - offset] === level) continue;
    let length = 1;
    for (let at = start + offset; levels[at] === level; at += offset) length++;
    counter.add(level, length);
  }
  return counter.matrix(binOf);
}

/** Whether some line along a direction holds two voxels of the region, gaps allowed. */
function hasPairOnLine({ levels, voxels, size, strides }: LevelVolume, offset: number): boolean {
  for (let v = 0; v < voxels.length; v++) if (levels[voxels[v]! + offset] !== 0) return true;
  const row = strides[1];
  const plane = strides[2];
  const inside = (at: number): boolean => {
    const x = at % row;
    const y = Math.floor((at % plane) / row);
    const z = Math.floor(at / plane);
    return x >= 1 && x <= size[0] && y >= 1 && y <= size[1] && z >= 1 && z <= size[2];
  };
  for (let v = 0; v < voxels.length; v++) {
    for (let at = voxels[v]! + offset; inside(at); at += offset) if (levels[at] !== 0) return true;
  }
  return false;
}
