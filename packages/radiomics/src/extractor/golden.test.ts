import { type Mask, maskFromLabels, readVolume, type Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, readJson, reference, shared } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import { defaultProtocol } from '../parameters/default-protocol.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';

interface Golden {
  settings: Record<string, unknown>;
  imageType: Record<string, Record<string, unknown>>;
  features: Record<string, number>;
}

/** Relative difference allowed; no feature of these eight runs needs an absolute floor. */
const RELATIVE = 1e-10;

const glcm = defaultProtocol().featureClasses.find(({ name }) => name === 'glcm')!.features;
const classes = {
  shape: null,
  firstorder: null,
  glcm: [...glcm],
  glrlm: null,
  glszm: null,
  gldm: null,
  ngtdm: null,
};

async function caseOf(name: string): Promise<{ image: Volume; mask: Mask }> {
  const [image, labels] = await Promise.all(
    ['image', 'label'].map(async (part) =>
      readVolume(readBytes(shared(`mri-pyradiomics/${name}_${part}.nrrd`)), { file: part }),
    ),
  );
  return { image: image!, mask: maskFromLabels(labels!, 1) };
}

describe.skipIf(!hasShared('mri-pyradiomics'))('PyRadiomics on real MRI', () => {
  for (const name of ['breast1', 'brain2']) {
    for (const setting of ['dlr_norm100', 'dlr_norm1', 'int16_native', 'int16_resample']) {
      it(`${name} ${setting}`, async () => {
        const golden = readJson(reference(`pyradiomics-golden/${name}__${setting}.json`)) as Golden;
        const settings = resolveSettings({
          imageType: golden.imageType,
          featureClass: classes,
          setting: golden.settings,
        });
        const { image, mask } = await caseOf(name);
        const vector = extract(image, mask, settings);
        expect(vector.names).toEqual(Object.keys(golden.features));
        let largest = { difference: 0, name: '' };
        const outside: string[] = [];
        vector.names.forEach((feature, i) => {
          const expected = golden.features[feature]!;
          const got = vector.values[i]!;
          const absolute = Math.abs(got - expected);
          const relative = absolute === 0 ? 0 : absolute / Math.abs(expected);
          if (relative > largest.difference) largest = { difference: relative, name: feature };
          if (!(relative <= RELATIVE)) outside.push(`${feature} ${got} ${expected}`);
        });
        process.stdout.write(
          `${name} ${setting}: ${vector.names.length} values, largest relative difference ${largest.difference.toExponential(2)} (${largest.name})\n`,
        );
        expect(outside).toEqual([]);
      });
    }
  }
});
