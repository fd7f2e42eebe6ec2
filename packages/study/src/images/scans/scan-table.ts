/** Scanner and sequence of one image, by the name of the parameter; what is not stated is left out. */
export interface Scan {
  readonly patient: string;
  readonly visit: string;
  readonly sequence: string;
  readonly stated: ReadonlyMap<string, string>;
}

/** Scanner and sequence of the images of a study. */
export interface ScanTable {
  /** File that they were read from. */
  readonly source: string;
  /** Parameters in the order of the file. */
  readonly parameters: readonly string[];
  readonly scans: readonly Scan[];
}

/** Parameters that tell scanners apart, by the names that the import gives them. */
const ofScanner = ['manufacturer', 'model'] as const;
const FIELD_STRENGTH = 'field strength, T';
/** A column of this name says it outright. */
const SCANNER = 'scanner';
const SEVERAL = 'several scanners';

/**
 * Scanner by patient: `<manufacturer> <model> <field strength> T`, or what a column `scanner` says; null where nothing is
 * stated.
 */
export function scannersOf({ scans }: ScanTable): Map<string, string | null> {
  const found = new Map<string, Set<string>>();
  for (const { patient, stated } of scans) {
    const labels = found.get(patient) ?? new Set<string>();
    const label = labelOf(stated);
    if (label !== '') labels.add(label);
    found.set(patient, labels);
  }
  return new Map(
    [...found].map(([patient, labels]) => [
      patient,
      labels.size === 0 ? null : labels.size === 1 ? [...labels][0]! : SEVERAL,
    ]),
  );
}

function labelOf(stated: Scan['stated']): string {
  const outright = stated.get(SCANNER);
  if (outright !== undefined) return outright;
  const tesla = stated.get(FIELD_STRENGTH);
  return [...ofScanner.map((name) => stated.get(name)), tesla === undefined ? undefined : `${tesla} T`]
    .filter((part) => part !== undefined)
    .join(' ');
}
