import { SentinodeError, type Warning } from '@sentinode/core';
import { type Box, boundingBox, type Mask, type Vector3 } from '@sentinode/volume';
import type { UnusualLevels } from '../feature-vector.ts';

/** Below this many voxels texture matrices are close to empty. */
const FEW_VOXELS = 64;
/** Outside this range of grey levels texture features are degenerate or mostly noise. */
const USUAL_BINS = [16, 128] as const;

/**
 * Bounding box of a region that is large enough to be measured.
 * @throws SentinodeError `mask-empty`, `mask-too-small`
 */
export function measurableBox(
  mask: Mask,
  limits: { readonly minimumROIDimensions: number; readonly minimumROISize: number | null },
): Box {
  const box = boundingBox(mask);
  if (box === undefined)
    throw new SentinodeError('mask-empty', 'The region has no voxel on the grid that is measured.');
  const dimensions = box.size.filter((extent) => extent > 1).length;
  if (dimensions === 0)
    throw new SentinodeError(
      'mask-too-small',
      'The region is one voxel; texture and shape need more. Check the mask.',
    );
  if (dimensions < limits.minimumROIDimensions) {
    throw new SentinodeError(
      'mask-too-small',
      `The region extends along ${dimensions} of the ${limits.minimumROIDimensions} axes that minimumROIDimensions asks for.`,
    );
  }
  const voxels = countVoxels(mask);
  if (limits.minimumROISize !== null && voxels <= limits.minimumROISize)
    throw new SentinodeError(
      'mask-too-small',
      `The region has ${voxels} voxels; minimumROISize asks for more than ${limits.minimumROISize}.`,
    );
  return box;
}

export function countVoxels({ data }: Mask): number {
  let count = 0;
  for (let at = 0; at < data.length; at++) count += data[at]!;
  return count;
}

/** What a reader of the features should know about the region. */
export function regionWarnings(mask: Mask, box: Box, onGrid: 'own grid' | 'resampled'): Warning[] {
  const found: Warning[] = [];
  const voxels = countVoxels(mask);
  if (voxels < FEW_VOXELS)
    found.push({
      code: 'region-small',
      message: `The region has ${voxels} voxels; texture of fewer than ${FEW_VOXELS} is unstable.`,
    });
  const { size } = mask.geometry;
  const touches = box.start.some((start, axis) => start === 0 || start + box.size[axis]! === size[axis]);
  if (touches && onGrid === 'own grid')
    found.push({
      code: 'region-at-border',
      message: 'The region touches the border of the image; filters there see replicated or mirrored voxels.',
    });
  return found;
}

/** Grey levels of a region on one image type, and how far its grey values reach. */
export interface LevelSpan {
  readonly imageName: string;
  readonly bins: number;
  readonly minimum: number;
  readonly maximum: number;
}

export function spanOf(
  imageName: string,
  { values, volume }: { readonly values: Float64Array; readonly volume: { readonly highest: number } },
): LevelSpan {
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
  }
  return { imageName, bins: volume.highest, minimum, maximum };
}

/** Image types on which the grey levels are outside the usual range, with the bin width that would give 32. */
export function unusualLevelsOf(spans: readonly LevelSpan[]): UnusualLevels[] {
  return spans
    .filter(({ bins }) => bins < USUAL_BINS[0] || bins > USUAL_BINS[1])
    .map(({ imageName, bins, minimum, maximum }) => ({
      image: imageName,
      levels: bins,
      binWidth: maximum > minimum ? Number(((maximum - minimum) / 32).toPrecision(3)) : null,
    }));
}

/** The same in words. */
export function binWarnings(unusual: readonly UnusualLevels[]): Warning[] {
  if (unusual.length === 0) return [];
  const parts = unusual.map(({ image, levels, binWidth }) =>
    binWidth === null
      ? `${image} ${levels} (the region is flat)`
      : `${image} ${levels} (a binWidth of ${binWidth} gives 32)`,
  );
  return [
    {
      code: 'bins-unusual',
      message: `The number of grey levels in the region is outside the usual ${USUAL_BINS[0]} to ${USUAL_BINS[1]} on ${parts.join(', ')}. Each image type may have a binWidth of its own.`,
    },
  ];
}

/** More voxels than this for each voxel of the image are mostly interpolation. */
const MOST_RESAMPLED = 20;

/** Resampling to a much finer grid. @param before, after spacings in mm */
export function resamplingWarning(before: Vector3, after: Vector3): Warning[] {
  const volume = ([x, y, z]: Vector3): number => x * y * z;
  const factor = volume(before) / volume(after);
  if (!(factor > MOST_RESAMPLED)) return [];
  const text = (spacing: Vector3): string => spacing.map((mm) => Number(mm.toPrecision(4))).join(' x ');
  return [
    {
      code: 'resampling-fine',
      message: `Resampling from ${text(before)} mm to ${text(after)} mm makes ${Math.round(factor)} voxels of each: most of what is measured is interpolation. Choose a resampledPixelSpacing nearer to that of the images.`,
    },
  ];
}
