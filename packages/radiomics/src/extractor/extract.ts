import type { Warning } from '@sentinode/core';
import { type Box, crop, type Mask, type Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';
import { filters } from '../filters/index.ts';
import { regionShape } from '../kernels/level-volume.ts';
import type { ExtractionSettings, ImageTypeSettings } from '../parameters/settings.ts';
import { type Collected, levelsOf, measureClasses } from './measure-classes.ts';
import { prepareRegion } from './prepare-region.ts';
import { binWarning } from './region-checks.ts';

/**
 * All features of one region, in the order of operations of PyRadiomics: normalise the whole image, resample and crop
 * with padding, check the region, measure its shape, then filter, bin and measure image type by image type.
 * @param image any element type; @param mask 1 inside the region
 * @throws SentinodeError `volume-nan` for NaN or infinity inside the region, `mask-empty`, `mask-too-small`,
 * `mask-geometry`, `mask-size`, `too-many-bins`
 */
export function extract(image: Volume, mask: Mask, settings: ExtractionSettings): FeatureVector {
  const work = prepareRegion(image, mask, settings);
  const { warnings, diagnostics } = work;
  const found: Collected = { names: [], values: [], undefinedReasons: {} };
  measureTypes(found, work.image, work.mask, work.box, settings, warnings);
  return {
    names: found.names,
    values: Float64Array.from(found.values),
    undefinedReasons: found.undefinedReasons,
    warnings,
    diagnostics,
  };
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
    for (const filtered of filter.apply(image, { box, mask }, type.options as never, (warning) =>
      warnings.push(warning),
    )) {
      const bins = measure(filtered.name, filtered.image, type, false);
      if (filtered.name === 'original') warnings.push(...binWarning(bins));
    }
  }
}
