import { parseOptions, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import { weightingNorms } from '../features/weighting.ts';
import { configurationText, type WrittenTexts } from './configuration-text.ts';
import { featureClass, unrestricted } from './feature-classes.ts';
import { imageType, unreadFilterOptions } from './image-types.ts';
import { inPart } from './places.ts';
import {
  type ExtractionSettings,
  interpolators,
  measurementSchema,
  settingSchema,
  voxelSettingSchema,
} from './settings.ts';
import { settingsWithoutEffect } from './without-effect.ts';

const anyPart = z.record(z.string(), z.unknown()).nullable().optional();

/** A parameter file as plain data, before its defaults are filled in. */
export const parameterSchema = z.strictObject({
  imageType: z
    .record(
      z.string(),
      z.record(z.string(), z.unknown(), 'write {} where an image type has no settings of its own'),
    )
    .optional(),
  featureClass: z.record(z.string(), z.array(z.string()).nullable()).optional(),
  setting: anyPart,
  voxelSetting: anyPart,
});

/** Parameters in the form of a parameter file, e.g. `{ setting: { binWidth: 5 } }`. */
export type Parameters = z.input<typeof parameterSchema>;

/**
 * Fills in PyRadiomics' defaults and checks every name: image types, feature classes, features, settings.
 * @param file name of the parameter file, where there is one; it is held to the stricter rules of files
 * @param texts what the file has in Python's notation
 * @throws SentinodeError `option-unknown` (with the nearest name), `option-invalid`, `not-built`
 */
export function resolveSettings(
  parameters: Parameters,
  file?: string,
  texts?: WrittenTexts,
): ExtractionSettings {
  const given = {
    setting: parameters.setting ?? {},
    voxelSetting: parameters.voxelSetting ?? {},
    imageType: nonEmpty(parameters.imageType) ?? { Original: {} },
    featureClass: nonEmpty(parameters.featureClass) ?? unrestricted,
  };
  const setting = inPart('setting', file, () => parseOptions(settingSchema, given.setting, { file }));
  const remarks: string[] = [];
  checkWeighting(setting.weightingNorm, file, remarks);
  const measurement = measurementSchema.strip().parse(setting);
  const voxel = inPart('voxelSetting', file, () =>
    parseOptions(voxelSettingSchema, given.voxelSetting, { file }),
  );
  const imageTypes = Object.entries(given.imageType).map(([name, own]) =>
    imageType(name, own, {
      setting: given.setting,
      measurement,
      file,
      remarks,
    }),
  );
  const featureClasses = Object.entries(given.featureClass).map(([name, features]) =>
    featureClass(name, features, file, remarks),
  );
  remarks.push(
    ...settingsWithoutEffect(Object.keys(given.setting), {
      setting,
      imageTypes: Object.keys(given.imageType),
      classes: featureClasses.map(({ name }) => name),
    }),
    ...unreadFilterOptions(given.setting, given.imageType),
  );
  return {
    normalize: setting.normalize,
    normalizeScale: setting.normalizeScale,
    removeOutliers: setting.removeOutliers,
    ...resampling(setting),
    interpolator: interpolators[setting.interpolator ?? 'sitkBSpline'],
    preCrop: setting.preCrop,
    padDistance: setting.padDistance,
    minimumROIDimensions: setting.minimumROIDimensions,
    minimumROISize: setting.minimumROISize,
    label: setting.label,
    label_channel: setting.label_channel,
    additionalInfo: setting.additionalInfo,
    geometryTolerance: setting.geometryTolerance,
    correctMask: setting.correctMask,
    resegmentRange: setting.resegmentRange,
    resegmentMode: setting.resegmentMode,
    resegmentShape: setting.resegmentShape,
    measurement,
    voxel,
    imageTypes,
    featureClasses,
    remarks,
    configuration: configurationText(given, texts),
  };
}

/** The spacing asked for, along three axes, and for how many it was given. */
function resampling({
  interpolator,
  resampledPixelSpacing: given,
}: z.output<typeof settingSchema>): Pick<ExtractionSettings, 'resampledPixelSpacing' | 'spacingAxes'> {
  if (interpolator === null || given === null) return { resampledPixelSpacing: null, spacingAxes: 3 };
  const [x, y, z] = given;
  return { resampledPixelSpacing: [x, y, z ?? 0], spacingAxes: z === undefined ? 2 : 3 };
}

/** A part that is there and names something; the reference takes an empty one as one that is not there. */
function nonEmpty<T extends object>(part: T | undefined): T | undefined {
  return part === undefined || Object.keys(part).length === 0 ? undefined : part;
}

/** A norm that is not known adds the directions with weight 1, as the reference does; a file may not name one. */
function checkWeighting(norm: string | null, file: string | undefined, remarks: string[]): void {
  if (norm === null || (weightingNorms as readonly string[]).includes(norm)) return;
  const known = weightingNorms.join(', ');
  if (file !== undefined)
    throw new SentinodeError(
      'option-invalid',
      `The weightingNorm "${norm}" is not known; use one of ${known}.`,
      { file, field: 'setting.weightingNorm' },
    );
  remarks.push(`The weightingNorm "${norm}" is not known (${known} are); every direction has the weight 1.`);
}
