import { maskFromLabels, readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { readVectorNrrd } from '../testing/vector-nrrd.ts';
import { type FeatureMap, featureMaps } from './feature-maps.ts';

interface Run {
  readonly file: string;
  readonly image: string;
  readonly mask: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly nan_settings: readonly string[];
  readonly imageType: Record<string, Record<string, unknown>>;
  readonly featureClass: Record<string, string[]>;
  readonly maps: readonly string[];
}

const folder = (...parts: string[]): string => reference('pyradiomics-settings', ...parts);
const runs = readJson<readonly Run[]>(folder('voxel', 'index.json'));
const ofVoxels = ['kernelRadius', 'maskedKernel', 'initValue', 'voxelBatch'];

/** Relative, as SOURCE.md of the values. */
const RELATIVE = 1e-9;

/**
 * Absolute differences that count as equal beyond that, by feature; SOURCE.md has 1e-9 for all. Where the pairs of a
 * neighbourhood say nothing about each other, the second eigenvalue behind MCC is nought but for rounding (some 1e-17),
 * and its root is what the solver left: nine values of these runs differ by 1e-9 to 6e-9.
 */
const floorOf = (name: string): number => (name.endsWith('_glcm_MCC') ? 1e-8 : 1e-9);

/** How maps compare: NaN equals NaN. */
class MapDifference {
  values = 0;
  largest = 0;
  onFloor = 0;
  readonly outside: string[] = [];

  compare(name: string, found: ArrayLike<number>, wanted: Float64Array): void {
    expect(found.length).toBe(wanted.length);
    wanted.forEach((value, at) => {
      const got = found[at]!;
      if (Number.isNaN(got) !== Number.isNaN(value)) this.outside.push(`${name}[${at}]: ${got} for ${value}`);
      if (Number.isNaN(value)) return;
      this.values++;
      const absolute = Math.abs(got - value);
      const relative = absolute === 0 ? 0 : absolute / Math.abs(value);
      if (relative <= RELATIVE) this.largest = Math.max(this.largest, relative);
      else if (absolute <= floorOf(name)) this.onFloor++;
      else this.outside.push(`${name}[${at}]: ${got} for ${value}`);
    });
  }
}

describe('feature maps of PyRadiomics', () => {
  for (const run of runs) {
    it(run.file, async () => {
      const given = Object.entries(run.settings).map(
        ([name, value]) => [name, run.nan_settings.includes(name) ? Number.NaN : value] as const,
      );
      const part = (voxel: boolean) =>
        Object.fromEntries(given.filter(([name]) => ofVoxels.includes(name) === voxel));
      const settings = resolveSettings({
        imageType: run.imageType,
        featureClass: run.featureClass,
        setting: part(false),
        voxelSetting: part(true),
      });
      const image = await readVolume(readBytes(folder(run.image)), { file: run.image });
      const labels = await readVolume(readBytes(folder(run.mask)), { file: run.mask });
      const maps = [...featureMaps(image, maskFromLabels(labels, settings.label), settings)].filter(
        (step): step is FeatureMap => step.kind === 'map',
      );
      const wanted = readVectorNrrd(readBytes(folder('voxel', run.file)));
      expect(maps.map(({ name }) => name)).toEqual(run.maps);
      expect(maps[0]!.map.geometry.size).toEqual(wanted.size);
      const difference = new MapDifference();
      maps.forEach(({ name, map }, m) => difference.compare(name, map.data, wanted.components[m]!));
      const { values, largest, onFloor, outside } = difference;
      process.stdout.write(
        `${run.file}: ${values} values, largest relative difference ${largest.toExponential(1)}, ${onFloor} on a floor\n`,
      );
      expect(outside).toEqual([]);
    });
  }
});
