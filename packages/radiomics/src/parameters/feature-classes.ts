import type { FeatureClass } from '../features/feature-class.ts';
import { featureClasses, onlyByName } from '../features/index.ts';
import { unknownName } from './places.ts';
import type { FeatureClassSettings } from './settings.ts';

/** Classes of a parameter file that names none: all, by name. */
export const unrestricted: Readonly<Record<string, null>> = Object.fromEntries(
  featureClasses
    .map(({ name }) => name)
    .sort()
    .map((name) => [name, null]),
);

/** Output order of an unrestricted class: that of the reference's method names. */
function alphabetical(names: readonly string[]): string[] {
  const key = (name: string): string => `${name}FeatureValue`;
  return [...names].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/**
 * A class with the features wanted of it: those named, in that order, or all but {@link onlyByName}.
 * @throws SentinodeError `option-unknown`
 */
export function featureClass(
  name: string,
  wanted: readonly string[] | null,
  file: string | undefined,
  remarks: string[],
): FeatureClassSettings {
  const field = `featureClass.${name}`;
  const found: FeatureClass | undefined = featureClasses.find((candidate) => candidate.name === name);
  if (found === undefined)
    throw unknownName(
      'feature class',
      name,
      featureClasses.map((one) => one.name),
      { file, field },
    );
  const known = found.features.map((feature) => feature.name);
  if (wanted === null || wanted.length === 0)
    return { name, features: alphabetical(known.filter((feature) => !onlyByName.includes(feature))) };
  const withdrawn = found.withdrawn ?? [];
  for (const feature of wanted) {
    if (withdrawn.includes(feature))
      remarks.push(`${name} ${feature} was withdrawn by PyRadiomics and is not measured.`);
    else if (!known.includes(feature)) throw unknownName('feature', feature, known, { file, field });
  }
  return { name, features: [...new Set(wanted)].filter((feature) => known.includes(feature)) };
}
