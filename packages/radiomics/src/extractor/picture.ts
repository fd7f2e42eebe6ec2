import { SentinodeError, type Warning } from '@sentinode/core';
import type { Volume } from '@sentinode/volume';
import type { ExtractionSettings, MeasurementSettings } from '../parameters/settings.ts';

/** Whether an image is a picture: a file of two axes, which the reference measures by rules of its own. */
export function isPicture(image: Volume): boolean {
  return image.dimensions === 2;
}

/**
 * The settings as they hold for an image. In a picture the reference numbers the axes of `force2Ddimension` 0 y, 1 x, and
 * never steps out of the plane; here a picture is a volume of one slice.
 * @throws SentinodeError `option-invalid` where a setting names more or fewer axes than the image has
 */
export function settingsFor(image: Volume, settings: ExtractionSettings): ExtractionSettings {
  const { resampledPixelSpacing, spacingAxes } = settings;
  const axes = isPicture(image) ? 2 : 3;
  if (resampledPixelSpacing !== null && spacingAxes !== axes)
    throw new SentinodeError(
      'option-invalid',
      `resampledPixelSpacing has ${spacingAxes} numbers, and the image ${axes} axes.`,
      { field: 'setting.resampledPixelSpacing' },
    );
  if (axes === 3) return settings;
  return {
    ...settings,
    measurement: inPlane(settings.measurement),
    imageTypes: settings.imageTypes.map((one) => ({ ...one, measurement: inPlane(one.measurement) })),
  };
}

/** Axis across the slices, counted as in a volume. */
function inPlane(measurement: MeasurementSettings): MeasurementSettings {
  const { force2D, force2Ddimension } = measurement;
  if (!force2D) return { ...measurement, force2D: true, force2Ddimension: 0 };
  if (force2Ddimension > 1)
    throw new SentinodeError(
      'option-invalid',
      `force2Ddimension is ${force2Ddimension}, and a picture has the axes 0 (y) and 1 (x).`,
      { field: 'setting.force2Ddimension' },
    );
  return { ...measurement, force2Ddimension: force2Ddimension + 1 };
}

/** Diagnostics in as many numbers as the image has axes. */
export function inAxesOf<T extends Readonly<Record<string, string | number | readonly number[]>>>(
  image: Volume,
  diagnostics: T,
): T {
  if (!isPicture(image)) return diagnostics;
  return Object.fromEntries(
    Object.entries(diagnostics).map(([name, value]) => {
      if (name.endsWith('_Dimensionality')) return [name, '2D'];
      if (typeof value !== 'object') return [name, value];
      const flat = value.length === 6 ? [value[0]!, value[1]!, value[3]!, value[4]!] : value.slice(0, 2);
      return [name, flat];
    }),
  ) as unknown as T;
}

/** Shape in space is not measured on a picture. */
export const withoutSpace: Warning = {
  code: 'shape-skipped',
  message: 'shape was left out: the image is a picture of two axes; shape2D measures its regions.',
};
