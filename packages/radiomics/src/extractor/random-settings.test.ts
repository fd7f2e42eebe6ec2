import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isSentinodeError } from '@sentinode/core';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import type { FeatureVector } from '../feature-vector.ts';
import { parseParameters } from '../parameters/parse-parameters.ts';
import { compareFeatures, type ExpectedFeatures } from '../testing/compare-features.ts';

/** Volumes and parameter files drawn at random, by seed: `reference/generate/random_settings.py`, `unusual_settings.py`, `picture_settings.py`. */
const folders = ['pyradiomics-random', 'pyradiomics-unusual', 'pyradiomics-pictures'] as const;
const seedsOf = (folder: string): string[] =>
  readdirSync(reference(folder)).flatMap((name) => /^(\d+)_features\.json$/.exec(name)?.[1] ?? []);

/** Relative, beside the floors of `illConditioned`. */
const RELATIVE = 1e-9;

async function measure(folder: string, seed: string): Promise<FeatureVector> {
  const parameters = `${seed}_params.json`;
  const settings = parseParameters(readFileSync(reference(folder, parameters), 'utf8'), parameters);
  const read = (part: string, index?: number) => {
    const file = [`${seed}_${part}.nrrd`, `${seed}_${part}.nii.gz`].find((name) =>
      existsSync(reference(folder, name)),
    )!;
    return readVolume(readBytes(reference(folder, file)), { file, index });
  };
  const [image, labels] = await Promise.all([
    read('image'),
    // a mask with several values per voxel is read by its channel
    read('mask').catch(() => read('mask', settings.label_channel)),
  ]);
  return extract(image, maskFromLabels(labels, settings.label), settings, labels);
}

describe.each(folders)('PyRadiomics on random volumes under random settings: %s', (folder) => {
  it.each(seedsOf(folder))('seed %s', async (seed) => {
    const { features, error } = readJson<{ features?: ExpectedFeatures; error?: string }>(
      reference(folder, `${seed}_features.json`),
    );
    if (features === undefined) {
      const refused = await measure(folder, seed).catch((thrown: unknown) => thrown);
      expect(isSentinodeError(refused), error).toBe(true);
      return;
    }
    const vector = await measure(folder, seed);
    expect(vector.names).toEqual(Object.keys(features));
    expect(compareFeatures(vector, features, RELATIVE).outside).toEqual([]);
  });
});
