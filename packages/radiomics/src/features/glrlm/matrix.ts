import { directions, touching } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { textureKernels } from '../../kernels/texture/index.ts';
import { SizeCounter, type SizeMatrix, sizeMatrix } from '../size-matrix.ts';
import { squaredLength } from '../weighting.ts';

type Vector = readonly [number, number, number];

/** How the directions of the runs are chosen and put together. */
export interface RunSettings {
  /** Axis along which no run goes. */
  readonly still?: 0 | 1 | 2;
  /** null: one matrix per direction; otherwise one for all, weighted by the length of the step in this norm. */
  readonly weightingNorm: string | null;
  /** Millimetres. */
  readonly spacing: Vector;
}

/**
 * Runs of equal level by direction. A direction in which no line of the lattice holds more than one voxel of the
 * region has no runs to speak of and is left out, as the reference does. With a weighting norm the directions are added
 * with the length of their step as weight.
 */
export function runMatrices(volume: LevelVolume, settings: RunSettings): SizeMatrix[] {
  const { weightingNorm, spacing, still } = settings;
  if (weightingNorm === null) return runsByDirection(volume, still).map(({ matrix }) => matrix);
  const sum = new SizeCounter(volume.count, Math.max(...volume.size));
  for (const { offset, step } of linesOf(volume, still)) {
    const squared = squaredLength(offset, spacing, weightingNorm);
    addWeightedRuns(volume, step, sum, squared === undefined ? 1 : Math.sqrt(squared));
  }
  const matrix = sum.matrix(volume.binOf);
  return matrix.counts.length === 0 ? [] : [matrix];
}

/** Runs of each direction that has a line with two voxels of the region. */
export function runsByDirection(
  volume: LevelVolume,
  still?: 0 | 1 | 2,
): { readonly offset: Vector; readonly matrix: SizeMatrix }[] {
  const lines = linesOf(volume, still);
  const matrices = countedRuns(
    volume,
    Int32Array.from(lines, ({ step }) => step),
  );
  return lines.map(({ offset }, d) => ({ offset, matrix: matrices[d]! }));
}

function linesOf(volume: LevelVolume, still?: 0 | 1 | 2): { offset: Vector; step: number }[] {
  const { size, strides } = volume;
  return directions(size, touching(still))
    .map((offset) => ({
      offset,
      step: offset[0] * strides[0] + offset[1] * strides[1] + offset[2] * strides[2],
    }))
    .filter(({ step }) => hasPairOnLine(volume, step));
}

/** Runs of equal level along one direction, given as a step in the padded array. */
export function runsAlong(volume: LevelVolume, step: number): SizeMatrix {
  return countedRuns(volume, Int32Array.of(step))[0]!;
}

function countedRuns(volume: LevelVolume, steps: Int32Array): SizeMatrix[] {
  const longest = Math.max(...volume.size);
  const tables = textureKernels(volume).runs(volume, steps, longest);
  return tables.map((table) => sizeMatrix(table, longest + 1, volume.binOf));
}

function addWeightedRuns(
  { levels, voxels }: LevelVolume,
  step: number,
  counter: SizeCounter,
  weight: number,
): void {
  for (let v = 0; v < voxels.length; v++) {
    const start = voxels[v]!;
    const level = levels[start]!;
    if (levels[start - step] === level) continue;
    let length = 1;
    for (let at = start + step; levels[at] === level; at += step) length++;
    counter.add(level, length, weight);
  }
}

/** Whether some line along a direction holds two voxels of the region, gaps allowed. */
function hasPairOnLine({ levels, voxels, size, strides, border }: LevelVolume, step: number): boolean {
  for (let v = 0; v < voxels.length; v++) if (levels[voxels[v]! + step] !== 0) return true;
  const inside = (at: number): boolean => {
    const x = (at % strides[1]) - border;
    const y = Math.floor((at % strides[2]) / strides[1]) - border;
    const z = Math.floor(at / strides[2]) - border;
    return x >= 0 && x < size[0] && y >= 0 && y < size[1] && z >= 0 && z < size[2];
  };
  for (let v = 0; v < voxels.length; v++) {
    for (let at = voxels[v]! + step; inside(at); at += step) if (levels[at] !== 0) return true;
  }
  return false;
}
