import { exp } from '@sentinode/core';
import { directions, steps } from '../../kernels/directions.ts';
import type { LevelVolume } from '../../kernels/level-volume.ts';
import { textureKernels } from '../../kernels/texture/index.ts';
import { type MeasurementSettings, stillAxis } from '../../parameters/settings.ts';
import { squaredLength } from '../weighting.ts';

type Vector = readonly [number, number, number];

/**
 * Co-occurrence counts of one direction: entry (i - 1) * count + (j - 1) counts voxels of level i whose neighbour at
 * `offset` has level j. Valid until the next matrix is counted.
 */
export function pairCounts(volume: LevelVolume, offset: Vector): Float64Array {
  const { strides } = volume;
  const step = offset[0] * strides[0] + offset[1] * strides[1] + offset[2] * strides[2];
  return textureKernels(volume).pairs(volume, step);
}

/** Adds the pairs seen from the other end: P + P'. */
function addTransposed(counts: Float64Array, levels: number): void {
  for (let i = 0; i < levels; i++) {
    for (let j = 0; j <= i; j++) {
      const both = counts[i * levels + j]! + counts[j * levels + i]!;
      counts[i * levels + j] = both;
      counts[j * levels + i] = both;
    }
  }
}

/** Divides by the sum; undefined for a matrix without a pair. */
function normalised(counts: Float64Array): Float64Array | undefined {
  let total = 0;
  for (let k = 0; k < counts.length; k++) total += counts[k]!;
  if (total === 0) return undefined;
  for (let k = 0; k < counts.length; k++) counts[k]! /= total;
  return counts;
}

/**
 * Probability matrices: one per direction that has a pair, or with a weighting norm one for all, the sum of the
 * directions times exp(-d^2) of their length d in mm. Generated one by one, since each has count^2 entries, and in the
 * same array: a matrix holds until the next is asked for.
 */
export function* probabilityMatrices(
  volume: LevelVolume,
  spacing: Vector,
  settings: Pick<
    MeasurementSettings,
    'distances' | 'force2D' | 'force2Ddimension' | 'symmetricalGLCM' | 'weightingNorm'
  >,
): Generator<Float64Array> {
  const { distances, symmetricalGLCM, weightingNorm } = settings;
  let sum: Float64Array | undefined;
  for (const offset of directions(volume.size, { distances, still: stillAxis(settings) })) {
    const counts = pairCounts(volume, offset);
    if (symmetricalGLCM) addTransposed(counts, volume.count);
    if (weightingNorm === null) {
      const p = normalised(counts);
      if (p !== undefined) yield p;
      continue;
    }
    const squared = squaredLength(offset, spacing, weightingNorm);
    const weight = squared === undefined ? 1 : exp(-squared);
    sum ??= new Float64Array(counts.length);
    for (let k = 0; k < counts.length; k++) sum[k]! += counts[k]! * weight;
  }
  const p = sum === undefined ? undefined : normalised(sum);
  if (p !== undefined) yield p;
}

/** Whether there is any pair, direction by direction; with a weighting norm, in any direction. */
export function pairedDirections(
  { levels, voxels, strides, size }: LevelVolume,
  settings: Pick<MeasurementSettings, 'distances' | 'force2D' | 'force2Ddimension' | 'weightingNorm'>,
): boolean[] {
  const neighbourhood = { distances: settings.distances, still: stillAxis(settings) };
  const paired = Array.from(steps(size, strides, neighbourhood), (step) =>
    voxels.some((at) => levels[at + step] !== 0),
  );
  return settings.weightingNorm === null ? paired : [paired.includes(true)];
}
