import { filters } from '../filters/index.ts';
import {
  type ExtractionSettings,
  type ImageTypeSettings,
  type MeasurementSettings,
  measurementSchema,
  settingSchema,
  voxelSettingSchema,
} from './settings.ts';

type Values = Readonly<Record<string, unknown>>;

/**
 * Settings as a PyRadiomics parameter file (YAML) that gives the same features, in the same order, here and there.
 * Values that are PyRadiomics' defaults are left out, features are all named.
 */
export function writeParameters(settings: ExtractionSettings): string {
  const imageTypes = settings.imageTypes.flatMap((type) => {
    const lines = entries(ownValues(type, settings.measurement), '    ');
    return lines.length === 0 ? [`  ${type.name}: {}`] : [`  ${type.name}:`, ...lines];
  });
  const classes = settings.featureClasses.flatMap(({ name, features }) =>
    features.length === 0 ? [] : [`  ${name}:`, ...features.map((feature) => `    - ${text(feature)}`)],
  );
  const setting = entries(changed(settingsOf(settings), settingSchema.parse({})), '  ');
  const voxel = entries(changed(settings.voxel, voxelSettingSchema.parse({})), '  ');
  return [
    'imageType:',
    ...imageTypes,
    'featureClass:',
    ...classes,
    ...(setting.length === 0 ? [] : ['setting:', ...setting]),
    ...(voxel.length === 0 ? [] : ['voxelSetting:', ...voxel]),
    '',
  ].join('\n');
}

/** What holds for the whole case, by the names of a parameter file. */
function settingsOf(settings: ExtractionSettings): Values {
  const names = Object.keys(settingSchema.shape);
  const whole = Object.entries(settings).filter(([name]) => names.includes(name) && name !== 'interpolator');
  const values = { ...Object.fromEntries(whole), ...settings.measurement };
  if (settings.resampledPixelSpacing === null) return values;
  const interpolator = new Map(settings.configuration.settings).get('interpolator')!.replaceAll("'", '');
  const spacing = settings.resampledPixelSpacing.slice(0, settings.spacingAxes);
  return { ...values, resampledPixelSpacing: spacing, interpolator };
}

/** Options of an image type that are not its defaults, and what it measures differently from `setting`. */
function ownValues({ name, options, measurement }: ImageTypeSettings, common: MeasurementSettings): Values {
  const filter = filters.find((candidate) => candidate.name === name)!;
  const ofFilter = Object.entries(changed(options, filter.options.parse({}))).filter(
    ([key]) => !(key in measurementSchema.shape),
  );
  return { ...Object.fromEntries(ofFilter), ...changed(measurement, common) };
}

function changed(values: Values, from: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([key, value]) => value !== null && !Object.is(JSON.stringify(value), JSON.stringify(from[key])),
    ),
  );
}

function entries(values: Values, indent: string): string[] {
  return Object.entries(values).map(([key, value]) => `${indent}${key}: ${written(key, value)}`);
}

function written(key: string, value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => written(key, one)).join(', ')}]`;
  if (key === 'sigma')
    return typeof value === 'number' && Number.isInteger(value) ? `${value}.0` : String(value);
  if (typeof value === 'number') return Number.isNaN(value) ? '.nan' : String(value);
  return typeof value === 'string' ? text(value) : String(value);
}

/** Names that begin with a digit are quoted, so that no reader takes them for numbers. */
function text(value: string): string {
  return /^[A-Za-z_]\w*$/.test(value) ? value : `'${value}'`;
}
