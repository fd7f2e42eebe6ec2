import { SentinodeError, type Warning } from '@sentinode/core';
import { type Box, boundingBox, type Mask } from '@sentinode/volume';

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

export function countVoxels(mask: Mask): number {
  let count = 0;
  for (const value of mask.data) count += value;
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

/** Grey levels of the original image type outside the usual range. */
export function binWarning(bins: number): Warning[] {
  if (bins >= USUAL_BINS[0] && bins <= USUAL_BINS[1]) return [];
  return [
    {
      code: 'bins-unusual',
      message: `The region spans ${bins} grey levels on the original image; ${USUAL_BINS[0]} to ${USUAL_BINS[1]} are usual. The bin width decides this.`,
    },
  ];
}
