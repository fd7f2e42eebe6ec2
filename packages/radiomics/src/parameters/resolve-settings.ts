import { nearest, parseOptions, SentinodeError } from '@sentinode/core';
import { z } from 'zod';
import type { FeatureClass } from '../features/feature-class.ts';
import { featureClasses, onlyByName } from '../features/index.ts';
import { filterOptions, filters } from '../filters/index.ts';
import { refuseUnbuilt } from './refuse-unbuilt.ts';
import {
  type ExtractionSettings,
  type FeatureClassSettings,
  type ImageTypeSettings,
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
  const imageTypes = Object.entries(parameters.imageType ?? { Original: {} }).map(([name, options]) =>
    imageType(name, options, setting, file, remarks),
  );
  if (imageTypes.length === 0)
    throw new SentinodeError(
      'option-invalid',
      'imageType is empty; name at least Original.',
      place('imageType'),
    );
  remarks.push(...unusedFilterSettings(Object.keys(parameters.setting ?? {}), imageTypes));
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

/** The part of some settings that a schema knows. */
function known(settings: Readonly<Record<string, unknown>>, schema: z.ZodObject): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).filter(([key]) => key in schema.shape));
}

function imageType(
  name: string,
  given: Readonly<Record<string, unknown>>,
  setting: Readonly<Record<string, unknown>>,
  file: string | undefined,
  remarks: string[],
): ImageTypeSettings {
  const field = `imageType.${name}`;
  const filter = filters.find((candidate) => candidate.name === name);
  if (filter === undefined)
    throw unknownName(
      'image type',
      name,
      filters.map((one) => one.name),
      file,
      field,
    );
  inPart(field, file, () => parseOptions(settingSchema, given, { file }));
  for (const key of Object.keys(given)) {
    if (key in filter.options.shape || key in measurementSchema.shape) continue;
    const everywhere = key in filterOptions ? 'it belongs to another image type' : 'write it under setting';
    remarks.push(`${field}.${key} has no effect there: ${everywhere}.`);
  }
  const merged = { ...setting, ...given };
  const parse = <S extends z.ZodObject>(schema: S): z.output<S> =>
    inPart(field, file, () => parseOptions(schema, known(merged, schema), { file }));
  return { name, options: parse(filter.options), measurement: parse(measurementSchema) };
}

/** Settings for all that only an image type reads which is not asked for. */
function unusedFilterSettings(given: readonly string[], imageTypes: readonly ImageTypeSettings[]): string[] {
  const used = new Set(
    imageTypes.flatMap(({ options, measurement }) => Object.keys({ ...options, ...measurement })),
  );
  return given
    .filter((key) => key in filterOptions && !used.has(key) && !key.startsWith('force2D'))
    .map((key) => {
      const owners = filters.filter(({ options }) => key in options.shape).map(({ name }) => name);
      return `setting.${key} has no effect: it belongs to the image type ${owners.join(' or ')}, which is not asked for.`;
    });
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
