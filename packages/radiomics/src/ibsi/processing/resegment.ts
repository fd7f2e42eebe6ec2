import { SentinodeError } from '@sentinode/core';
import type { IbsiSettings } from '../settings/settings.ts';

/**
 * Intensity mask: the voxels of the morphological mask within the range and within so many standard deviations of the
 * mean. Mean and deviation are those of the whole morphological mask; both rules hold at once.
 * @throws SentinodeError `mask-empty` where no voxel is left
 */
export function resegment(
  values: Float64Array,
  morphological: Uint8Array,
  { range, outliers }: IbsiSettings['resegmentation'],
): Uint8Array {
  let low = range?.[0] ?? Number.NEGATIVE_INFINITY;
  let high = range?.[1] ?? Number.POSITIVE_INFINITY;
  if (outliers !== null) {
    const { mean, deviation } = meanAndDeviation(values, morphological);
    low = Math.max(low, mean - outliers * deviation);
    high = Math.min(high, mean + outliers * deviation);
  }
  const kept = Uint8Array.from(morphological);
  let count = 0;
  for (let i = 0; i < kept.length; i++) {
    if (kept[i] === 0) continue;
    if (values[i]! >= low && values[i]! <= high) count++;
    else kept[i] = 0;
  }
  if (count === 0)
    throw new SentinodeError(
      'mask-empty',
      `No voxel of the region has an intensity from ${low} to ${high}; check the re-segmentation range.`,
      { field: 'resegmentation' },
    );
  return kept;
}

function meanAndDeviation(values: Float64Array, mask: Uint8Array): { mean: number; deviation: number } {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    count++;
    sum += values[i]!;
  }
  const mean = sum / count;
  let squares = 0;
  for (let i = 0; i < mask.length; i++)
    if (mask[i] !== 0) squares += (values[i]! - mean) * (values[i]! - mean);
  return { mean, deviation: Math.sqrt(squares / count) };
}
