import type { Warning } from '@sentinode/core';
import { type Box, crop, type Mask, type Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import { filters } from '../filters/index.ts';
import { type RegionShape, regionShape } from '../kernels/level-volume.ts';
import type { ExtractionSettings } from '../parameters/settings.ts';
import {
  type Collected,
  leaveUndefined,
  levelsOf,
  measureClasses,
  measureShape,
  readsLevels,
  voxelsWithoutValue,
} from './measure-classes.ts';
import { isPicture, settingsFor } from './picture.ts';
import { type PreparedRegion, prepareRegion } from './prepare-region.ts';
import { binWarnings, type LevelSpan, spanOf, unusualLevelsOf } from './region-checks.ts';
import { sourceImage } from './source-image.ts';
import { mapSettingWarnings } from './warnings.ts';

/**
 * Measures regions of one image, in the order of operations of PyRadiomics: normalise the whole image, resample and crop
 * with padding, check the region, resegment, measure its shape, then filter, bin and measure image type by image type.
 * What does not depend on the region is done once.
 * @param image any element type
 * @returns a function of the mask (1 inside the region) and of the label map that the mask is a part of (for its hash in
 * the diagnostics), that gives all features of one region. It throws SentinodeError `volume-nan` for NaN or infinity
 * inside the region, `volume-constant`, `mask-empty`, `mask-too-small`, `mask-geometry`, `mask-size`,
 * `resegmentation-empty`, `region-not-flat`, `no-neighbours`, `too-many-bins`
 */
export function regionExtractor(
  image: Volume,
  given: ExtractionSettings,
): (mask: Mask, labels?: Volume) => FeatureVector {
  const settings = settingsFor(image, given);
  const source = sourceImage(image, settings);
  return (mask, labels) => {
    const region = prepareRegion(source, mask, settings, labels);
    const { diagnostics } = region;
    const warnings = [...region.warnings, ...mapSettingWarnings(settings)];
    const found: Collected = { names: [], values: [], undefinedReasons: {} };
    const unusualLevels = unusualLevelsOf(measureTypes(found, region, settings, warnings));
    return {
      names: found.names,
      values: Float64Array.from(found.values),
      undefinedReasons: found.undefinedReasons,
      warnings: [...warnings, ...binWarnings(unusualLevels)],
      unusualLevels,
      diagnostics,
    };
  };
}

function measureTypes(
  found: Collected,
  { image, mask, box, shapeMask }: PreparedRegion,
  settings: ExtractionSettings,
  warnings: Warning[],
): LevelSpan[] {
  const warn = (warning: Warning): number => warnings.push(warning);
  const { spacing } = image.geometry;
  const form = { mask: crop(shapeMask, box).data, size: box.size, spacing, picture: isPicture(image) };
  measureShape(found, form, settings, warn);
  const { shape, about } = regionIn(box, mask, spacing, settings);
  const spans: LevelSpan[] = [];
  const binned = readsLevels(settings.featureClasses);
  for (const { name, options, measurement } of settings.imageTypes) {
    const filter = filters.find((candidate) => candidate.name === name)!;
    for (const filtered of filter.apply(image, { box, mask }, options as never, warn)) {
      const without = voxelsWithoutValue(filtered.image, shape);
      if (without > 0) {
        const reason = `${filtered.name} has no value in ${without} of ${shape.inBox.length} voxels of the region: all neighbours there are equal`;
        leaveUndefined(found, filtered.name, settings.featureClasses, reason);
        warn({ code: 'filter-undefined', message: `${reason}.` });
        continue;
      }
      const levels = levelsOf(filtered.image, shape, binned ? measurement : { ...measurement, binCount: 1 });
      measureClasses(
        found,
        filtered.name,
        { ...about, ...levels, settings: measurement },
        settings.featureClasses,
      );
      if (binned) spans.push(spanOf(filtered.name, levels));
    }
  }
  return spans;
}

function regionIn(
  box: Box,
  mask: Mask,
  spacing: Volume['geometry']['spacing'],
  { imageTypes }: ExtractionSettings,
): { shape: RegionShape; about: { mask: Uint8Array; size: Box['size']; spacing: typeof spacing } } {
  const inside = crop(mask, box).data;
  const distance = Math.max(...imageTypes.flatMap(({ measurement }) => measurement.distances));
  return { shape: regionShape(inside, box.size, distance), about: { mask: inside, size: box.size, spacing } };
}
