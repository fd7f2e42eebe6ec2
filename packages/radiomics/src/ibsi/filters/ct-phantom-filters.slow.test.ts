import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, reference, shared } from '../../../../../reference/locator.ts';
import { extract } from '../../extract.ts';
import { parseProtocol } from '../../parameters/parse-parameters.ts';
import { phantomOf } from '../../testing/ibsi-reference.ts';

/** Rows of the reference values: filter id, feature, tag, consensus value, tolerance; no value means no consensus. */
function referenceRows(letter: 'A' | 'B'): { name: string; value: number; tolerance: number }[] {
  return readFileSync(shared('ibsi-2', 'reference_values.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(';') as [string, string, string, string, string])
    .filter(([id, , , value]) => id.endsWith(letter) && value !== '')
    .map(([id, , tag, value, tolerance]) => ({
      name: id.startsWith('1.') ? tag : `${id}__${tag}`,
      value: Number(value),
      tolerance: Number(tolerance),
    }));
}

describe.skipIf(!hasShared('ibsi-2') || !hasShared('ibsi-1'))('IBSI-2 phase 2', () => {
  it.each([
    ['A', 162],
    ['B', 161],
  ] as const)('settings 1.%s to 9: every consensus value within its tolerance', async (letter, total) => {
    const file = reference('..', 'examples', 'ibsi', `filters-${letter.toLowerCase()}.yaml`);
    const { image, mask } = await phantomOf({
      image: readBytes(shared('ibsi-1', 'ct_phantom', 'image.nii.gz')),
      mask: readBytes(shared('ibsi-1', 'ct_phantom', 'mask.nii.gz')),
    });
    const vector = extract(image, mask, parseProtocol(readFileSync(file, 'utf8'), file));
    const found = new Map(vector.names.map((name, at) => [name, vector.values[at]!]));
    const rows = referenceRows(letter);
    const outside = rows.filter(
      ({ name, value, tolerance }) => !(Math.abs(found.get(name)! - value) <= tolerance),
    );
    expect(outside).toEqual([]);
    expect(rows).toHaveLength(total);
  });
});
