import { nearest, parseOptions, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import type { FeatureClass } from '../features/feature-class.ts';
import { featureClasses, onlyByName } from '../features/index.ts';
import { filters } from '../filters/index.ts';
import { refuseUnbuilt } from './refuse-unbuilt.ts';
import {
  type ExtractionSettings,
  type FeatureClassSettings,
  type ImageTypeSettings,
  type MeasurementSettings,
  measurementSchema,
  settingSchema,
} from './settings.ts';

/** A parameter file as plain data, before its defaults are filled in. */
export const parameterSchema = z.strictObject({
  imageType: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  featureClass: z.record(z.string(), z.array(z.string()).nullable()).optional(),
  setting: z.record(z.string(), z.unknown()).optional(),
});

export type Parameters = z.output<typeof parameterSchema>;

const interpolators: Readonly<Record<string, ExtractionSettings['interpolator']>> = {
  sitkBSpline: 'bspline',
  sitkBSplineResampler: 'bspline',
  sitkBSplineResamplerOrder3: 'bspline',
  sitkLinear: 'linear',
  sitkNearestNeighbor: 'nearest',
};

function interpolatorOf(name: string, file: string | undefined): ExtractionSettings['interpolator'] {
  const found = interpolators[name];
  if (found === undefined)
    throw new SentinodeError(
      'not-built',
      `The interpolator ${name} is not built yet; use sitkBSpline, sitkLinear or sitkNearestNeighbor.`,
      { file, field: 'setting.interpolator' },
    );
  return found;
}

/**
 * Fills in PyRadiomics' defaults and checks every name: image types, feature classes, features, settings.
 * @throws SentinodeError `option-unknown` (with the nearest name), `option-invalid`, `not-built`
 */
export function resolveSettings(parameters: Parameters, file?: string): ExtractionSettings {
  const place = (field: string): { file?: string; field: string } => ({ file, field });
  const setting = inPart('setting', file, () =>
    parseOptions(settingSchema, parameters.setting ?? {}, { file }),
  );
  refuseUnbuilt(setting, file);
  const remarks: string[] = [];
  const { binWidth, binCount, voxelArrayShift, symmetricalGLCM, gldm_a } = setting;
  const measurement: MeasurementSettings = { binWidth, binCount, voxelArrayShift, symmetricalGLCM, gldm_a };
  const imageTypes = Object.entries(parameters.imageType ?? { Original: {} }).map(([name, options]) =>
    imageType(name, options, measurement, file),
  );
  if (imageTypes.length === 0)
    throw new SentinodeError(
      'option-invalid',
      'imageType is empty; name at least Original.',
      place('imageType'),
    );
  const classes = Object.entries(
    parameters.featureClass ?? Object.fromEntries(featureClasses.map(({ name }) => [name, null])),
  );
  if (classes.length === 0)
    throw new SentinodeError(
      'option-invalid',
      'featureClass is empty; name at least one class.',
      place('featureClass'),
    );
  return {
    normalize: setting.normalize,
    normalizeScale: setting.normalizeScale,
    removeOutliers: setting.removeOutliers,
    resampledPixelSpacing: setting.interpolator === null ? null : setting.resampledPixelSpacing,
    interpolator: interpolatorOf(setting.interpolator ?? 'sitkBSpline', file),
    preCrop: setting.preCrop,
    padDistance: setting.padDistance,
    minimumROIDimensions: setting.minimumROIDimensions,
    minimumROISize: setting.minimumROISize,
    label: setting.label,
    imageTypes,
    remarks,
    featureClasses: classes.map(([name, features]) => featureClass(name, features, file, remarks)),
  };
}

/** Puts the part of the file in front of the field that an option error names. */
function inPart<T>(part: string, file: string | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof SentinodeError && error.place.field !== undefined)
      throw new SentinodeError(error.code, error.message, { file, field: `${part}.${error.place.field}` });
    throw error;
  }
}

function unknownName(
  kind: string,
  name: string,
  known: readonly string[],
  file: string | undefined,
  field: string,
): SentinodeError {
  const suggestion = nearest(name, known);
  const hint = suggestion === undefined ? `known: ${known.join(', ')}` : `did you mean "${suggestion}"?`;
  return new SentinodeError('option-unknown', `Unknown ${kind} "${name}": ${hint}`, { file, field });
}

/** Image types of the reference that a later version brings. */
const laterFilters = ['Square', 'SquareRoot', 'Logarithm', 'Exponential', 'Gradient', 'LBP2D', 'LBP3D'];

function imageType(
  name: string,
  given: Readonly<Record<string, unknown>>,
  global: MeasurementSettings,
  file: string | undefined,
): ImageTypeSettings {
  const field = `imageType.${name}`;
  if (laterFilters.includes(name))
    throw new SentinodeError('not-built', `The image type ${name} is not built yet.`, { file, field });
  const filter = filters.find((candidate) => candidate.name === name);
  if (filter === undefined)
    throw unknownName('image type', name, [...filters.map((one) => one.name), ...laterFilters], file, field);
  const overrides = Object.fromEntries(
    Object.entries(given).filter(([key]) => key in measurementSchema.shape),
  );
  const own = Object.fromEntries(Object.entries(given).filter(([key]) => !(key in measurementSchema.shape)));
  return {
    name,
    options: inPart(field, file, () => parseOptions(filter.options, own, { file })) as Record<
      string,
      unknown
    >,
    measurement: inPart(field, file, () =>
      parseOptions(measurementSchema, { ...global, ...overrides }, { file }),
    ),
  };
}

/** Output order of an unrestricted class: that of the reference's method names. */
function alphabetical(names: readonly string[]): string[] {
  const key = (name: string): string => `${name}FeatureValue`;
  return [...names].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function featureClass(
  name: string,
  wanted: readonly string[] | null,
  file: string | undefined,
  remarks: string[],
): FeatureClassSettings {
  const field = `featureClass.${name}`;
  if (name === 'shape2D')
    throw new SentinodeError('not-built', 'The feature class shape2D is not built yet.', { file, field });
  const found: FeatureClass | undefined = featureClasses.find((candidate) => candidate.name === name);
  if (found === undefined)
    throw unknownName(
      'feature class',
      name,
      featureClasses.map((one) => one.name),
      file,
      field,
    );
  const known = found.features.map((feature) => feature.name);
  if (wanted === null || wanted.length === 0)
    return { name, features: alphabetical(known.filter((feature) => !onlyByName.includes(feature))) };
  const withdrawn = found.withdrawn ?? [];
  for (const feature of wanted) {
    if (withdrawn.includes(feature))
      remarks.push(`${name} ${feature} was withdrawn by PyRadiomics and is not measured.`);
    else if (!known.includes(feature)) throw unknownName('feature', feature, known, file, field);
  }
  return { name, features: [...new Set(wanted)].filter((feature) => known.includes(feature)) };
}
