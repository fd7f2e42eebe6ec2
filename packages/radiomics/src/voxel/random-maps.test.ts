import { readdirSync, readFileSync } from 'node:fs';
import { maskFromLabels, readVolume, type Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { parseParameters } from '../parameters/parse-parameters.ts';
import { featureMaps } from './feature-maps.ts';

/** Made by `reference/generate/voxel_settings.py`: small volumes under settings drawn at random, by seed. */
const folder = (name: string): string => reference('pyradiomics-voxel', name);
const seeds = readdirSync(folder('')).flatMap((name) => /^(\d+)_maps\.json$/.exec(name)?.[1] ?? []);

/** Relative, and absolute below 1. */
const TOLERANCE = 1e-9;

interface Wanted {
  readonly size: readonly number[];
  readonly origin: readonly number[];
  readonly data: readonly (number | null)[];
}

describe('feature maps of PyRadiomics under random settings', () => {
  it.each(seeds)('seed %s', async (seed) => {
    const { maps } = readJson<{ maps: Record<string, Wanted> }>(folder(`${seed}_maps.json`));
    const file = `${seed}_params.json`;
    const settings = parseParameters(readFileSync(folder(file), 'utf8'), file);
    const [image, labels] = await Promise.all(
      ['image', 'mask'].map((part) => readVolume(readBytes(folder(`${seed}_${part}.nrrd`)))),
    );
    const found = new Map<string, Volume>();
    for (const step of featureMaps(image!, maskFromLabels(labels!, settings.label), settings))
      if (step.kind === 'map') found.set(step.name, step.map);
    expect([...found.keys()]).toEqual(Object.keys(maps));
    for (const [name, { geometry, data }] of found) {
      const wanted = maps[name]!;
      expect(geometry.size, name).toEqual(wanted.size);
      geometry.origin.forEach((mm, axis) => {
        expect(mm, name).toBeCloseTo(wanted.origin[axis]!, 6);
      });
      const outside = wanted.data.filter((value, at) => {
        const got = data[at]!;
        if (value === null) return !Number.isNaN(got);
        return !(Math.abs(got - value) <= TOLERANCE * Math.max(1, Math.abs(value)));
      });
      expect(outside, name).toEqual([]);
    }
  });
});
