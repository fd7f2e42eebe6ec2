import type { Warning } from '@sentinode/core';
import {
  assertFiniteInside,
  assertSameGrid,
  type Box,
  boundingBox,
  crop,
  type Mask,
  padBox,
  resampleToSpacing,
  type Volume,
} from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import { normalise } from '../normalise/normalise.ts';
import type { ExtractionSettings } from '../parameters/settings.ts';
import { imageDiagnostics, maskDiagnostics } from './diagnostics.ts';
import { measurableBox, regionWarnings } from './region-checks.ts';

/** A region as every image type is made for it: normalised, resampled or cropped, and checked. */
export interface PreparedRegion {
  readonly image: Volume;
  readonly mask: Mask;
  /** The region's bounding box on the grid of `image`. */
  readonly box: Box;
  readonly warnings: Warning[];
  readonly diagnostics: FeatureVector['diagnostics'];
}

/**
 * Everything before the first filter, in the order of operations of PyRadiomics.
 * @throws SentinodeError as {@link extract}
 */
export function prepareRegion(image: Volume, mask: Mask, settings: ExtractionSettings): PreparedRegion {
  const { resampledPixelSpacing: spacing } = settings;
  if (spacing === null) assertSameGrid(image, mask);
  const before = measurableBox(mask, { minimumROIDimensions: 1, minimumROISize: null });
  assertFinite(image, mask);
  const diagnostics = { ...imageDiagnostics('original', image), ...maskDiagnostics('original', mask) };
  const normalised = settings.normalize
    ? normalise(image, settings.normalizeScale, settings.removeOutliers ?? undefined)
    : image;
  const work = prepared(normalised, mask, settings);
  const box = measurableBox(work.mask, settings);
  assertFiniteInside(work.image, work.mask);
  if (spacing !== null)
    Object.assign(
      diagnostics,
      imageDiagnostics('interpolated', work.image),
      maskDiagnostics('interpolated', work.mask, work.image),
    );
  const warnings: Warning[] = regionWarnings(work.mask, box, spacing === null ? 'own grid' : 'resampled');
  if (spacing !== null)
    warnings.push(
      ...regionWarnings(mask, before, 'own grid').filter(({ code }) => code === 'region-at-border'),
    );
  warnings.push(...settings.remarks.map((message) => ({ code: 'setting-no-effect', message })));
  return { ...work, box, warnings, diagnostics };
}

/** A constant image cannot be normalised and NaN anywhere spoils it, so the whole image counts then. */
function assertFinite(image: Volume, mask: Mask): void {
  if (image.data.length === mask.data.length) assertFiniteInside(image, mask);
}

/** Resampled, cropped or as it is. */
function prepared(image: Volume, mask: Mask, settings: ExtractionSettings): { image: Volume; mask: Mask } {
  if (settings.resampledPixelSpacing !== null)
    return resampleToSpacing(image, mask, {
      spacing: settings.resampledPixelSpacing,
      padDistance: settings.padDistance,
      interpolator: settings.interpolator,
    });
  if (!settings.preCrop) return { image, mask };
  const box = padBox(boundingBox(mask)!, settings.padDistance, mask.geometry.size);
  return { image: crop(image, box), mask: crop(mask, box) };
}
