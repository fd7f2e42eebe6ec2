import { type Mask, maskFromLabels, readVolume, type Volume } from '@sentinode/volume';
import type { FeatureVector } from '../feature-vector.ts';

/** Image and region of a phantom from the bytes of its two files. */
export async function phantomOf(files: {
  readonly image: Uint8Array;
  readonly mask: Uint8Array;
}): Promise<{ image: Volume; mask: Mask }> {
  return {
    image: await readVolume(files.image, { file: 'image.nii.gz' }),
    mask: maskFromLabels(await readVolume(files.mask, { file: 'mask.nii.gz' }), 1),
  };
}

/** How the values of one family agree with the consensus. */
export interface FamilyCompliance {
  readonly family: string;
  readonly within: number;
  readonly total: number;
  /** One line per value outside its tolerance or missing. */
  readonly outside: readonly string[];
}

/** Values carry three significant digits in the tables, whole numbers such as voxel counts all of theirs. */
function roundLike(value: number, reference: string): number {
  const digits = reference.replace(/[-.]/g, '').replace(/^0+|0+$/g, '').length;
  return Number(value.toPrecision(Math.max(3, digits)));
}

/**
 * Compares features and diagnostics with the consensus values of a configuration, family by family.
 * @param rows of the table of reference values; those without a value have no consensus
 */
export function compliance(
  rows: readonly Readonly<Record<string, string>>[],
  vector: FeatureVector,
): FamilyCompliance[] {
  const found = new Map<string, number>(vector.names.map((name, at) => [name, vector.values[at]!]));
  for (const [name, value] of Object.entries(vector.diagnostics)) found.set(name, Number(value));
  const families = new Map<string, { within: number; total: number; outside: string[] }>();
  for (const row of rows) {
    const reference = row['reference value']!;
    if (reference === '') continue;
    const family = row.family!.replace(/^Diagnostics.*/, 'Diagnostics').replace(/ \(.*\)$/, '');
    const entry = families.get(family) ?? { within: 0, total: 0, outside: [] };
    families.set(family, entry);
    entry.total++;
    const value = found.get(row.tag!);
    const difference =
      value === undefined ? Number.NaN : Math.abs(roundLike(value, reference) - Number(reference));
    if (difference <= Number(row.tolerance) * (1 + 1e-9)) entry.within++;
    else
      entry.outside.push(
        `${row.tag}: ${value}, consensus ${reference} +- ${row.tolerance} (${row.consensus})`,
      );
  }
  return [...families].map(([family, entry]) => ({ family, ...entry }));
}
