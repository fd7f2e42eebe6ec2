import { nearest, SentinodeError } from '@sentinode/core';
import type { FeatureClass } from '../features/feature-class.ts';
import { featureClasses } from '../features/index.ts';

/** A column name taken apart. */
export interface FeatureName {
  /** e.g. `wavelet-LLH`; undefined when only class and feature were given. */
  readonly imageName: string | undefined;
  readonly found: FeatureClass;
  readonly feature: string;
}

/**
 * Reads `<image>_<class>_<Feature>` or `<class>_<Feature>`.
 * @throws SentinodeError `option-unknown` with the nearest name
 */
export function readFeatureName(name: string): FeatureName {
  const parts = name.split('_');
  const feature = parts.at(-1)!;
  const className = parts.at(-2);
  const imageName = parts.length > 2 ? parts.slice(0, -2).join('_') : undefined;
  const found = featureClasses.find((candidate) => candidate.name === className);
  if (found === undefined)
    throw unknown(
      name,
      className ?? '',
      featureClasses.map((one) => one.name),
      'class',
    );
  const known = found.features.map((one) => one.name);
  if (!known.includes(feature)) throw unknown(name, feature, known, 'feature');
  return { imageName, found, feature };
}

function unknown(name: string, part: string, known: readonly string[], what: string): SentinodeError {
  const close = nearest(part, known);
  return new SentinodeError(
    'option-unknown',
    `"${name}" names no feature: unknown ${what} "${part}" (${close === undefined ? `known: ${known.join(', ')}` : `did you mean "${close}"?`}). Write it as in column names, e.g. original_glcm_Contrast.`,
    { field: 'feature' },
  );
}
