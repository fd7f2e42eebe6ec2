import { SentinodeError } from '@sentinode/core';
import type { z } from 'zod';
import type { settingSchema } from './settings.ts';

type Setting = z.output<typeof settingSchema>;

/** Settings known by name whose other values a later version brings; the values that change nothing are accepted. */
const neutral: Partial<Record<keyof Setting, (setting: Setting) => boolean>> = {
  geometryTolerance: ({ geometryTolerance }) => geometryTolerance === null,
  correctMask: ({ correctMask }) => !correctMask,
  distances: ({ distances }) => distances.length === 1 && distances[0] === 1,
  force2D: ({ force2D }) => !force2D,
  resegmentRange: ({ resegmentRange }) => resegmentRange === null,
  weightingNorm: ({ weightingNorm }) => weightingNorm === null,
  label_channel: ({ label_channel }) => label_channel === 0,
};

/** @throws SentinodeError `not-built` that names the setting; a setting is never ignored silently */
export function refuseUnbuilt(setting: Setting, file: string | undefined): void {
  for (const [name, holds] of Object.entries(neutral)) {
    if (!holds(setting)) {
      throw new SentinodeError(
        'not-built',
        `The setting ${name} is not built yet; remove it to use its default.`,
        { file, field: `setting.${name}` },
      );
    }
  }
}
