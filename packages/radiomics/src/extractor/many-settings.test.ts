import { readdirSync, readFileSync } from 'node:fs';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import { compareFeatures, type ExpectedFeatures } from '../testing/compare-features.ts';
import { goldenSettings } from '../testing/golden-settings.ts';
import { type ParityRow, parityPage } from '../testing/parity-page.ts';

interface Golden {
  readonly image: string;
  readonly mask: string;
  readonly features: ExpectedFeatures;
}

/** Values of the peer: the settings, and by reference/generate/image-types.py more of the image types. */
const folders = ['pyradiomics-settings', 'pyradiomics-image-types'];

/** Relative, as SOURCE.md of the values; there is no absolute one beside those of `illConditioned`. */
const RELATIVE = 1e-9;

const rows: ParityRow[] = [];

describe.each(folders)('PyRadiomics in many settings: %s', (name) => {
  const folder = (...parts: string[]): string => reference(name, ...parts);
  for (const file of readdirSync(folder('goldens')).map((entry) => entry.replace('.json', ''))) {
    it(file, async () => {
      const golden = readJson<Golden>(folder('goldens', `${file}.json`));
      const settings = goldenSettings(readFileSync(folder('goldens', `${file}.json`), 'utf8'), file);
      const image = await readVolume(readBytes(folder(golden.image)), { file: golden.image });
      const index = golden.mask.includes('vector') ? settings.label_channel : undefined;
      const labels = await readVolume(readBytes(folder(golden.mask)), { file: golden.mask, index });
      const vector = extract(image, maskFromLabels(labels, settings.label), settings, labels);
      expect(vector.names).toEqual(Object.keys(golden.features));
      const { count, largest, largestName, onFloor, outside } = compareFeatures(
        vector,
        golden.features,
        RELATIVE,
      );
      expect(outside).toEqual([]);
      rows.push({ name, file, count, largest, largestName, onFloor });
    });
  }
});

it('docs/reference/pyradiomics-parity.md holds what was found', async ({ skip }) => {
  const files = folders.flatMap((name) => readdirSync(reference(name, 'goldens')));
  if (rows.length < files.length) skip('needs every file');
  await expect(parityPage(rows, RELATIVE)).toMatchFileSnapshot(
    reference('..', 'docs', 'reference', 'pyradiomics-parity.md'),
  );
});
