import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, readCsv, reference, shared } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import { parseProtocol } from '../parameters/parse-parameters.ts';
import { compliance, type FamilyCompliance, phantomOf } from '../testing/ibsi-reference.ts';

/** Configuration, its example file and its number of consensus values. */
const configurations = [
  ['digital_phantom', 'digital-phantom', 482],
  ['config_A', 'config-a', 406],
  ['config_B', 'config-b', 406],
  ['config_C', 'config-c', 270],
  ['config_D', 'config-d', 270],
  ['config_E', 'config-e', 270],
] as const;

const row = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

const phantom = (name: string): Parameters<typeof phantomOf>[0] => ({
  image: readBytes(shared('ibsi-1', name, 'image.nii.gz')),
  mask: readBytes(shared('ibsi-1', name, 'mask.nii.gz')),
});
const consensus = (config: string): ReturnType<typeof readCsv> =>
  readCsv(shared('ibsi-1', 'reference_values_zrad', `${config}.csv`));

describe.skipIf(!hasShared('ibsi-1'))('IBSI-1 compliance', () => {
  const found = new Map<string, FamilyCompliance[]>();

  it.each(configurations)(
    '%s: every consensus value within its tolerance',
    async (config, example, total) => {
      const file = reference('..', 'examples', 'ibsi', `${example}.yaml`);
      const name = config === 'digital_phantom' ? 'digital_phantom' : 'ct_phantom';
      const { image, mask } = await phantomOf(phantom(name));
      const families = compliance(
        consensus(config),
        extract(image, mask, parseProtocol(readFileSync(file, 'utf8'), file)),
      );
      found.set(config, families);
      expect(families.flatMap(({ outside }) => outside)).toEqual([]);
      expect(families.reduce((sum, { within }) => sum + within, 0)).toBe(total);
    },
  );

  it('docs/reference/ibsi-compliance.md says what was found', async () => {
    const families = [...new Set([...found.values()].flat().map(({ family }) => family))];
    const cells = (of: (list: readonly FamilyCompliance[]) => readonly FamilyCompliance[]): string[] =>
      [...found.values()].map((list) => {
        const some = of(list);
        const sum = (key: 'within' | 'total'): number => some.reduce((all, one) => all + one[key], 0);
        return `${sum('within')} / ${sum('total')}`;
      });
    const page = [
      '<!-- Printed by `npx vitest run --project slow packages/radiomics/src/ibsi -u`; do not edit. -->',
      '# IBSI-1 compliance',
      '',
      'Values within the published tolerance / values with a consensus value, from the test run over the phantoms and reference tables of the Image Biomarker Standardisation Initiative with the parameter files in `examples/ibsi/`. A value is rounded to the digits of the table (three, whole numbers all) and its difference compared with the tolerance of its row, which is 0 for many. Diagnostics are sizes, voxel counts and intensities before and after each step of processing.',
      '',
      row('family', ...[...found.keys()].map((config) => config.replace('_', ' '))),
      row('---', ...[...found.keys()].map(() => '---')),
      ...families.map((family) =>
        row(family, ...cells((list) => list.filter((one) => one.family === family))),
      ),
      row('**all**', ...cells((list) => list)),
      '',
      'Not counted, since they have no consensus value: densities of the oriented minimum bounding box and of the minimum volume enclosing ellipsoid, and the area under the intensity volume histogram.',
      '',
    ].join('\n');
    await expect(page).toMatchFileSnapshot(reference('..', 'docs', 'reference', 'ibsi-compliance.md'));
  });
});
