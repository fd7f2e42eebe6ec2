import { nearest, SentinodeError } from '@sentinode/core';
import { crop, type Mask, type Volume } from '@sentinode/volume';
import { levelsOf } from '../extractor/measure-classes.ts';
import { settingsFor } from '../extractor/picture.ts';
import { type PreparedRegion, prepareRegion } from '../extractor/prepare-region.ts';
import { sourceImage } from '../extractor/source-image.ts';
import type { FeatureClass, Region } from '../features/feature-class.ts';
import { filters } from '../filters/index.ts';
import { regionShape } from '../kernels/level-volume.ts';
import type { ExtractionSettings, MeasurementSettings } from '../parameters/settings.ts';
import type { Explanation } from './explanation.ts';
import { type FeatureName, readFeatureName } from './feature-name.ts';
import { greyLevels } from './grey-levels.ts';

/**
 * How a feature's value comes about in a region: formula, source, settings, grey levels, and the matrix behind it.
 * @param name a column name such as `wavelet-LLH_glcm_JointEntropy`; without the image type, the first one is meant
 * @throws SentinodeError as {@link extract}; `option-unknown` for a name that these settings do not give
 */
export function explainFeature(
  image: Volume,
  mask: Mask,
  given: ExtractionSettings,
  name: string,
): Explanation {
  const settings = settingsFor(image, given);
  const wanted = readFeatureName(name);
  const work = prepareRegion(sourceImage(image, settings), mask, settings);
  const { found, feature } = wanted;
  const { region, measurement, imageName } = found.onMask
    ? onMask(work, settings)
    : onImage(work, settings, wanted);
  const value = found.compute(region, [feature])[feature]!;
  const exists = typeof value === 'number' && Number.isFinite(value);
  const { values } = region;
  return {
    feature: `${imageName}_${found.name}_${feature}`,
    value: exists ? value : null,
    ...(exists
      ? {}
      : {
          undefined: typeof value === 'number' ? 'the formula has no finite value here' : value.undefined,
        }),
    formula: found.features.find((one) => one.name === feature)!.formula,
    source: sourceOf(found, feature),
    imageType: imageName,
    settings: settingsUsed(settings, measurement, found),
    region: {
      voxels: values.length,
      box: region.size,
      spacing: region.spacing,
      minimum: values.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY),
      maximum: values.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY),
    },
    greyLevels: found.onMask ? [] : greyLevels(region, measurement),
    evidence: found.explanation.evidence(region, feature),
    warnings: work.warnings,
  };
}

interface Measured {
  readonly region: Region;
  readonly measurement: MeasurementSettings;
  readonly imageName: string;
}

function onMask({ image, shapeMask, box }: PreparedRegion, { measurement }: ExtractionSettings): Measured {
  const inside = crop(shapeMask, box);
  const region = {
    ...levelsOf(crop(image, box), regionShape(inside.data, box.size), { ...measurement, binCount: 1 }),
    mask: inside.data,
    size: box.size,
    spacing: image.geometry.spacing,
    settings: measurement,
  };
  return { region, measurement, imageName: 'original' };
}

function onImage(
  { image, mask, box }: PreparedRegion,
  settings: ExtractionSettings,
  { imageName }: FeatureName,
): Measured {
  const offered: string[] = [];
  const inside = crop(mask, box);
  for (const type of settings.imageTypes) {
    const filter = filters.find((candidate) => candidate.name === type.name)!;
    const { measurement } = type;
    for (const one of filter.apply(image, { box, mask }, type.options as never, () => undefined)) {
      offered.push(one.name);
      if (imageName !== undefined && one.name !== imageName) continue;
      const shape = regionShape(inside.data, box.size, Math.max(...measurement.distances));
      const region = {
        ...levelsOf(one.image, shape, measurement),
        mask: inside.data,
        size: box.size,
        spacing: image.geometry.spacing,
        settings: measurement,
      };
      return { region, measurement, imageName: one.name };
    }
  }
  const close = nearest(imageName ?? '', offered);
  throw new SentinodeError(
    'option-unknown',
    `These settings give no image "${imageName}" (${close === undefined ? `they give ${offered.join(', ')}` : `did you mean "${close}"?`}).`,
    { field: 'feature' },
  );
}

function sourceOf({ name, explanation }: FeatureClass, feature: string): Explanation['source'] {
  const code = explanation.ibsi[feature];
  const differs = code === undefined ? undefined : explanation.differs?.[feature];
  return {
    definition: `PyRadiomics 3.1.0, class ${name}`,
    ibsi: code ?? null,
    ...(differs === undefined ? {} : { differs }),
  };
}

/** What was done to the image for every feature, then what this class and image type read. */
function settingsUsed(
  settings: ExtractionSettings,
  measurement: MeasurementSettings,
  { onMask: mask }: FeatureClass,
): Record<string, unknown> {
  const { imageTypes, featureClasses: classes, remarks, configuration, voxel, ...rest } = settings;
  const { measurement: _, ...prepared } = rest;
  return mask ? prepared : { ...prepared, ...measurement };
}
