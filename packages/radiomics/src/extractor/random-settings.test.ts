import { readdirSync, readFileSync } from 'node:fs';
import { isSentinodeError } from '@sentinode/core';
import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { extract } from '../extract.ts';
import type { FeatureVector } from '../feature-vector.ts';
import { parseParameters } from '../parameters/parse-parameters.ts';
import { compareFeatures, type ExpectedFeatures } from '../testing/compare-features.ts';

/** Made by `reference/generate/random_settings.py`: volumes and parameter files drawn at random, by seed. */
const folder = (name: string): string => reference('pyradiomics-random', name);
const seeds = readdirSync(folder('')).flatMap((name) => /^(\d+)_features\.json$/.exec(name)?.[1] ?? []);

/** Relative, beside the floors of `illConditioned`. */
const RELATIVE = 1e-9;

async function measure(seed: string): Promise<FeatureVector> {
  const settings = parseParameters(
    readFileSync(folder(`${seed}_params.json`), 'utf8'),
    `${seed}_params.json`,
  );
  const [image, labels] = await Promise.all(
    ['image', 'mask'].map((part) =>
      readVolume(readBytes(folder(`${seed}_${part}.nrrd`)), { file: `${seed}_${part}.nrrd` }),
    ),
  );
  return extract(image!, maskFromLabels(labels!, settings.label), settings, labels);
}

describe('PyRadiomics on random volumes under random settings', () => {
  it.each(seeds)('seed %s', async (seed) => {
    const { features, error } = readJson<{ features?: ExpectedFeatures; error?: string }>(
      folder(`${seed}_features.json`),
    );
    if (features === undefined) {
      const refused = await measure(seed).catch((thrown: unknown) => thrown);
      expect(isSentinodeError(refused), error).toBe(true);
      return;
    }
    const vector = await measure(seed);
    expect(vector.names).toEqual(Object.keys(features));
    expect(compareFeatures(vector, features, RELATIVE).outside).toEqual([]);
  });
});
