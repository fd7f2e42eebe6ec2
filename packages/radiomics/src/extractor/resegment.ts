import { SentinodeError } from '@sentinode/core';
import type { Mask, Volume } from '@sentinode/volume';
import type { ExtractionSettings } from '../parameters/settings.ts';

type Range = Pick<ExtractionSettings, 'resegmentRange' | 'resegmentMode'>;

/**
 * The voxels of a region whose grey value lies in the closed range of `resegmentRange` (sorted), or from its only value
 * upwards.
 * @throws SentinodeError `resegmentation-empty` when at most one voxel is left
 */
export function resegment(image: Volume, mask: Mask, settings: Range): Mask {
  const values: number[] = [];
  mask.data.forEach((inside, at) => {
    if (inside !== 0) values.push(image.data[at]!);
  });
  const [low, high = Number.POSITIVE_INFINITY] = thresholds(values, settings);
  const data = mask.data.map((inside, at) =>
    inside !== 0 && image.data[at]! >= low! && image.data[at]! <= high ? 1 : 0,
  );
  const kept = data.reduce((sum, inside) => sum + inside, 0);
  if (kept <= 1) {
    const { minimum, maximum } = extremes(values);
    throw new SentinodeError(
      'resegmentation-empty',
      `resegmentRange [${settings.resegmentRange!.join(', ')}] (${settings.resegmentMode}) keeps ${kept} of ${values.length} voxels: it means grey values ${settings.resegmentRange!.length === 1 ? `from ${low}` : `${low} to ${high}`}, and the region has ${minimum} to ${maximum}.`,
      { field: 'setting.resegmentRange' },
    );
  }
  return { geometry: mask.geometry, data };
}

function thresholds(values: readonly number[], { resegmentRange, resegmentMode }: Range): number[] {
  const range = [...resegmentRange!].sort((a, b) => a - b);
  if (resegmentMode === 'absolute') return range;
  if (resegmentMode === 'relative') {
    const { maximum } = extremes(values);
    return range.map((part) => maximum * part);
  }
  const mean = sumOf(values) / values.length;
  const variance = sumOf(values.map((value) => (value - mean) * (value - mean))) / values.length;
  return range.map((deviations) => mean + Math.sqrt(variance) * deviations);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function extremes(values: readonly number[]): { minimum: number; maximum: number } {
  return values.reduce(
    ({ minimum, maximum }, value) => ({
      minimum: Math.min(minimum, value),
      maximum: Math.max(maximum, value),
    }),
    { minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY },
  );
}
