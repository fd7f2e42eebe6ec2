import { pythonText } from '@sentinode/core';
import type { ConfigurationText } from './settings.ts';

/** Settings that the reference lists even where a file says nothing of them, in its order, as Python prints them. */
const defaults: readonly (readonly [string, string])[] = [
  ['minimumROIDimensions', '2'],
  ['minimumROISize', 'None'],
  ['normalize', 'False'],
  ['normalizeScale', '1'],
  ['removeOutliers', 'None'],
  ['resampledPixelSpacing', 'None'],
  ['interpolator', "'sitkBSpline'"],
  ['preCrop', 'False'],
  ['padDistance', '5'],
  ['distances', '[1]'],
  ['force2D', 'False'],
  ['force2Ddimension', '0'],
  ['resegmentRange', 'None'],
  ['label', '1'],
  ['additionalInfo', 'True'],
];

/** Python's texts of what a file holds, where the file was read: it tells `2` from `2.0`, plain numbers do not. */
export interface WrittenTexts {
  /** Value of each setting. */
  readonly setting: Readonly<Record<string, string>>;
  readonly voxelSetting: Readonly<Record<string, string>>;
  readonly imageType: string | undefined;
}

/** The configuration as the reference prints it. */
export function configurationText(
  parameters: {
    readonly setting: Readonly<Record<string, unknown>>;
    readonly voxelSetting: Readonly<Record<string, unknown>>;
    readonly imageType: Readonly<Record<string, unknown>>;
  },
  texts: WrittenTexts | undefined,
): ConfigurationText {
  const settings = new Map(defaults);
  for (const part of ['setting', 'voxelSetting'] as const)
    for (const [name, value] of Object.entries(parameters[part]))
      settings.set(name, texts?.[part][name] ?? pythonText(value));
  return { settings: [...settings], imageTypes: texts?.imageType ?? pythonText(parameters.imageType) };
}
