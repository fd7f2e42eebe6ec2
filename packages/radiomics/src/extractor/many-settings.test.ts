import { readdirSync, readFileSync } from 'node:fs';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, reference } from '../../../../reference/locator.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { compareFeatures, type ExpectedFeatures } from '../testing/compare-features.ts';
import { notYet } from '../testing/not-yet.ts';
import { extract } from './extract.ts';

interface Golden {
  readonly image: string;
  readonly mask: string;
  readonly settings: Record<string, unknown>;
  readonly imageType: Record<string, Record<string, unknown>>;
  readonly featureClass: Record<string, string[]>;
  readonly features: ExpectedFeatures;
}

const folder = (...parts: string[]): string => reference('pyradiomics-settings', ...parts);
const files = readdirSync(folder('goldens')).map((name) => name.replace('.json', ''));

/** Whole widths of LoG become text, as from a parameter file: JSON would lose whether 2 or 2.0 was meant. */
function readGolden(path: string): Golden {
  const text = readFileSync(path, 'utf8');
  return JSON.parse(
    text.replace(/"sigma": \[[^\]]*\]/g, (list) => list.replace(/(?<![\d.])-?\d+(?![\d.])/g, '"$&"')),
  ) as Golden;
}

/** Relative, as SOURCE.md of the values; there is no absolute one beside those of `illConditioned`. */
const RELATIVE = 1e-9;

describe('PyRadiomics in many settings', () => {
  it('has a file for every name that is not equal yet', () => {
    expect(notYet.filter((name) => !files.includes(name))).toEqual([]);
  });
  for (const file of files) {
    it.skipIf(notYet.includes(file))(file, async () => {
      const golden = readGolden(folder('goldens', `${file}.json`));
      const settings = resolveSettings({
        imageType: golden.imageType,
        featureClass: golden.featureClass,
        setting: golden.settings,
      });
      const image = await readVolume(readBytes(folder(golden.image)), { file: golden.image });
      const labels = await readVolume(readBytes(folder(golden.mask)), { file: golden.mask });
      const vector = extract(image, maskFromLabels(labels, settings.label), settings);
      expect(vector.names).toEqual(Object.keys(golden.features));
      const { count, largest, largestName, onFloor, outside } = compareFeatures(
        vector,
        golden.features,
        RELATIVE,
      );
      process.stdout.write(
        `${file}: ${count} values, largest relative difference ${largest.toExponential(1)}${largest > 0 ? ` (${largestName})` : ''}, ${onFloor} on a floor\n`,
      );
      expect(outside).toEqual([]);
    });
  }
});
