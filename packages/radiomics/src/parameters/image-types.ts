import { parseOptions, SentinodeError } from '@sentinode/core';
import { filterOptions, filters } from '../filters/index.ts';
import { inPart, unknownName } from './places.ts';
import {
  type ImageTypeSettings,
  type MeasurementSettings,
  measurementSchema,
  settingSchema,
} from './settings.ts';

/** What an image type is resolved from. */
interface Given {
  /** The part `setting` as it is written. */
  readonly setting: Readonly<Record<string, unknown>>;
  /** What the part `setting` says of measuring. */
  readonly measurement: MeasurementSettings;
  readonly file: string | undefined;
  readonly remarks: string[];
}

/**
 * One image type: its options come from its own part, else from `setting`; what it says of measuring overrides
 * `setting`. Other settings can only hold for the whole case and are reported.
 */
export function imageType(
  name: string,
  own: Readonly<Record<string, unknown>>,
  { setting, measurement, file, remarks }: Given,
): ImageTypeSettings {
  const field = `imageType.${name}`;
  const filter = filters.find((candidate) => candidate.name === name);
  if (filter === undefined)
    throw unknownName(
      'image type',
      name,
      filters.map((one) => one.name),
      { file, field },
    );
  inPart(field, file, () => parseOptions(settingSchema, own, { file }));
  if ('label' in own)
    throw new SentinodeError(
      'option-invalid',
      'The label cannot differ between image types; write it under setting.',
      { file, field: `${field}.label` },
    );
  const known = filter.options.shape;
  for (const key of Object.keys(own)) {
    if (key in known || key in measurementSchema.shape) continue;
    remarks.push(
      key in filterOptions
        ? `${field}.${key} has no effect: ${name} does not know it.`
        : `${field}.${key} has no effect: it holds for the whole case; write it under setting.`,
    );
  }
  const options = inPart(field, file, () =>
    parseOptions(filter.options, pick({ ...setting, ...own }, known), { file }),
  );
  if (file !== undefined) refuseWidths(options, file, 'sigma' in own ? `${field}.sigma` : 'setting.sigma');
  return {
    name,
    options,
    measurement: inPart(field, file, () =>
      parseOptions(measurementSchema, { ...measurement, ...pick(own, measurementSchema.shape) }, { file }),
    ),
  };
}

/** The reference skips a width of LoG that is not above 0 with a warning, but does not accept it in a file. */
function refuseWidths({ sigma }: Readonly<Record<string, unknown>>, file: string, field: string): void {
  const wrong = [sigma].flat().find((width) => width !== undefined && !(Number(width) > 0));
  if (wrong !== undefined)
    throw new SentinodeError('option-invalid', `${field}: ${wrong} mm is no width; it must be above 0.`, {
      file,
      field,
    });
}

/** Options of filters under `setting` that no image type reads, each with the reason. */
export function unreadFilterOptions(
  setting: Readonly<Record<string, unknown>>,
  imageTypes: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): string[] {
  return Object.keys(setting).flatMap((key) => {
    if (!(key in filterOptions) || key in measurementSchema.shape) return [];
    const readers = filters.filter((filter) => key in filter.options.shape);
    const enabled = readers.filter(({ name }) => name in imageTypes);
    if (enabled.some(({ name }) => !(key in imageTypes[name]!))) return [];
    return [
      enabled.length === 0
        ? `The setting ${key} has no effect: the image type ${readers.map(({ name }) => name).join(' or ')} is not asked for.`
        : `The setting ${key} has no effect: ${enabled.map(({ name }) => name).join(' and ')} has its own.`,
    ];
  });
}

function pick(
  from: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key in keys));
}
