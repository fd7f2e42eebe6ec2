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
import { filters } from '../filters/index.ts';
import { regionShape } from '../kernels/level-volume.ts';
import { normalise } from '../normalise/normalise.ts';
import type { ExtractionSettings, ImageTypeSettings } from '../parameters/settings.ts';
import { imageDiagnostics, maskDiagnostics } from './diagnostics.ts';
import { type Collected, levelsOf, measureClasses } from './measure-classes.ts';
import { binWarning, measurableBox, regionWarnings } from './region-checks.ts';

/**
 * All features of one region, in the order of operations of PyRadiomics: normalise the whole image, resample and crop
 * with padding, check the region, measure its shape, then filter, bin and measure image type by image type.
 * @param image any element type; @param mask 1 inside the region
 * @throws SentinodeError `volume-nan` for NaN or infinity inside the region, `mask-empty`, `mask-too-small`,
 * `mask-geometry`, `mask-size`, `too-many-bins`
 */
export function extract(image: Volume, mask: Mask, settings: ExtractionSettings): FeatureVector {
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
  const found: Collected = { names: [], values: [], undefinedReasons: {} };
  measureTypes(found, work.image, work.mask, box, settings, warnings);
  return {
    names: found.names,
    values: Float64Array.from(found.values),
    undefinedReasons: found.undefinedReasons,
    warnings,
    diagnostics,
  };
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

function measureTypes(
  found: Collected,
  image: Volume,
  mask: Mask,
  box: Box,
  settings: ExtractionSettings,
  warnings: Warning[],
): void {
  const inside = crop(mask, box);
  const shape = regionShape(inside.data, box.size);
  const { spacing } = image.geometry;
  const about = { mask: inside.data, size: box.size, spacing };
  const measure = (name: string, filtered: Volume, type: ImageTypeSettings, onMask: boolean): number => {
    const { values, volume } = levelsOf(filtered, shape, type.measurement);
    measureClasses(
      found,
      name,
      { ...about, values, volume, settings: type.measurement },
      settings.featureClasses,
      onMask,
    );
    return volume.highest;
  };
  const first = settings.imageTypes[0]!;
  measureClasses(
    found,
    'original',
    {
      ...about,
      ...levelsOf(crop(image, box), shape, { ...first.measurement, binCount: 1 }),
      settings: first.measurement,
    },
    settings.featureClasses,
    true,
  );
  for (const type of settings.imageTypes) {
    const filter = filters.find((candidate) => candidate.name === type.name)!;
    for (const filtered of filter.apply(image, box, type.options as never, (warning) =>
      warnings.push(warning),
    )) {
      const bins = measure(filtered.name, filtered.image, type, false);
      if (filtered.name === 'original') warnings.push(...binWarning(bins));
    }
  }
}
