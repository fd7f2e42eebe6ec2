import { isSentinodeError, SentinodeError, type Warning } from '@sentinode/core';
import {
  assertFiniteInside,
  assertSameGrid,
  boundingBox,
  crop,
  type Mask,
  maskOnImage,
  padBox,
  resampleToSpacing,
  sameGeometry,
  type Volume,
} from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import type { ExtractionSettings } from '../parameters/settings.ts';
import { diagnosticsOf } from './diagnostics.ts';
import { inAxesOf, isPicture } from './picture.ts';
import { measurableBox } from './region-checks.ts';
import { resegment } from './resegment.ts';
import type { SourceImage } from './source-image.ts';
import { caseWarnings, remarkWarnings } from './warnings.ts';
import type { WorkingRegion } from './working-region.ts';

/** The tolerance of ITK, which decides whether a mask is put on the grid of its image. */
const ITK_TOLERANCE = 1e-6;

/** A region with what is to be said about it. */
export interface PreparedRegion extends WorkingRegion {
  readonly warnings: Warning[];
  readonly diagnostics: FeatureVector['diagnostics'];
}

/**
 * Everything before the first filter, in the order of operations of PyRadiomics: normalises the whole image, puts image
 * and mask on one grid, checks the region and resegments it.
 * @param labels the label map that the mask is a part of, for its hash in the diagnostics
 * @throws SentinodeError `volume-nan`, `volume-constant`, `mask-empty`, `mask-too-small`, `mask-geometry`, `mask-size`,
 * `resegmentation-empty`
 */
export function prepareRegion(
  source: SourceImage,
  mask: Mask,
  settings: ExtractionSettings,
  labels?: Volume,
): PreparedRegion {
  const { image } = source;
  const resamples = settings.resampledPixelSpacing !== null;
  const corrected = resamples ? undefined : correctedMask(image, mask, settings);
  const onGrid = corrected ?? mask;
  measurableBox(mask, { minimumROIDimensions: 1, minimumROISize: null });
  if (image.data.length === onGrid.data.length) assertFiniteInside(image, onGrid);
  const work = cut(source.normalised(), onGrid, settings);
  const first = measurableBox(work.mask, settings);
  assertFiniteAfter(work, resamples);
  const resegmented =
    settings.resegmentRange === null ? undefined : resegment(work.image, work.mask, settings);
  const measured = resegmented ?? work.mask;
  const region: WorkingRegion = {
    image: isPicture(image) ? { ...work.image, dimensions: 2 } : work.image,
    mask: measured,
    box: resegmented === undefined ? first : measurableBox(resegmented, settings),
    shapeMask: settings.resegmentShape ? measured : work.mask,
    corrected,
    resegmented,
    interpolated: resamples ? work : undefined,
  };
  return {
    ...region,
    warnings: [...caseWarnings(image, mask, region), ...remarkWarnings(settings)],
    diagnostics: settings.additionalInfo
      ? inAxesOf(image, diagnosticsOf(source, mask, region, settings, labels))
      : {},
  };
}

/** NaN outside a region is harmless until resampling carries it inside. */
function assertFiniteAfter({ image, mask }: { image: Volume; mask: Mask }, resamples: boolean): void {
  try {
    assertFiniteInside(image, mask);
  } catch (error) {
    if (!resamples || !isSentinodeError(error, 'volume-nan')) throw error;
    throw new SentinodeError(
      'volume-nan',
      'The image holds voxels that are NaN or infinite, and resampling carries them into the region. Replace them, or crop the image so that they are gone.',
    );
  }
}

/** The mask on the grid of its image where the settings allow that, undefined where it lies there already. */
function correctedMask(image: Volume, mask: Mask, settings: ExtractionSettings): Mask | undefined {
  const { correctMask, geometryTolerance } = settings;
  if (!correctMask) {
    assertSameGrid(image, mask, geometryTolerance ?? undefined);
    return undefined;
  }
  if (sameGeometry(image.geometry, mask.geometry, geometryTolerance ?? ITK_TOLERANCE)) return undefined;
  const corrected = maskOnImage(mask, image);
  if (boundingBox(corrected) === undefined)
    throw new SentinodeError('mask-empty', 'The region has no voxel on the grid of the image.');
  return corrected;
}

/** Resampled, cropped or as it is. */
function cut(image: Volume, mask: Mask, settings: ExtractionSettings): { image: Volume; mask: Mask } {
  if (settings.resampledPixelSpacing !== null)
    return resampleToSpacing(image, mask, {
      spacing: settings.resampledPixelSpacing,
      padDistance: settings.padDistance,
      interpolator: settings.interpolator,
    });
  if (!settings.preCrop) return { image, mask };
  const box = padBox(measurableBox(mask, settings), settings.padDistance, mask.geometry.size);
  return { image: crop(image, box), mask: crop(mask, box) };
}
