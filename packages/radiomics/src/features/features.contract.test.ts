import type { Mask, Volume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { featureClasses, onlyByName } from './index.ts';

type Vector3 = readonly [number, number, number];
const every = Object.fromEntries(
  featureClasses
    .filter(({ name }) => name !== 'shape2D')
    .map(({ name, features }) => [name, features.map((one) => one.name)]),
);
const settings = resolveSettings({ featureClass: every, setting: { minimumROIDimensions: 1 } });
/** shape2D measures one slice only. */
const settings2D = resolveSettings({
  featureClass: {
    shape2D: featureClasses.find(({ name }) => name === 'shape2D')!.features.map((one) => one.name),
  },
  setting: { force2D: true },
});

/** A case whose image and mask are given by index. */
function measure(
  size: Vector3,
  value: (x: number, y: number, z: number) => number,
  inside: (x: number, y: number, z: number) => boolean,
  chosen = settings,
): Record<string, number> {
  const [nx, ny, nz] = size;
  const geometry = {
    size,
    spacing: [1, 1, 1],
    origin: [0, 0, 0],
    direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  } as unknown as Volume['geometry'];
  const at = <T>(read: (x: number, y: number, z: number) => T): T[] =>
    Array.from({ length: nx * ny * nz }, (_, k) =>
      read(k % nx, Math.floor(k / nx) % ny, Math.floor(k / (nx * ny))),
    );
  const image: Volume = { geometry, elementType: 'int16', data: Int16Array.from(at(value)) };
  const mask: Mask = { geometry, data: Uint8Array.from(at((x, y, z) => (inside(x, y, z) ? 1 : 0))) };
  const { names, values } = extract(image, mask, chosen);
  return Object.fromEntries(names.map((name, index) => [name.replace('original_', ''), values[index]!]));
}

const texture = (x: number, y: number, z: number): number => ((x * 31 + y * 17 + z * 7 + x * y * 3) % 9) * 25;
const blob = (x: number, y: number, z: number): boolean =>
  (x - 3) ** 2 + (y - 3) ** 2 + (z - 3) ** 2 <= 8 || (x === 6 && y === 3 && z === 3);
const slice = (x: number, y: number, z: number): boolean => z === 3 && blob(x, y, z);
const cube: Vector3 = [7, 7, 7];

/** Largest difference relative to the value, 1e-12 below 1. */
function expectClose(found: Record<string, number>, wanted: Record<string, number>, allowed: number): void {
  for (const [name, value] of Object.entries(wanted))
    expect(Math.abs(found[name]! - value), name).toBeLessThanOrEqual(allowed * Math.max(1, Math.abs(value)));
}

describe.each(featureClasses.map((one) => [one.name, one] as const))('feature class %s', (name, feature) => {
  const own = (vector: Record<string, number>): Record<string, number> =>
    Object.fromEntries(Object.entries(vector).filter(([key]) => key.startsWith(`${name}_`)));
  const flatOnly = name === 'shape2D';
  const region = flatOnly ? slice : blob;
  const measured = (...given: Parameters<typeof measure>): Record<string, number> =>
    measure(given[0], given[1], given[2], flatOnly ? settings2D : settings);

  it('documents every feature by its formula, once', () => {
    for (const { formula } of feature.features) expect(formula.length).toBeGreaterThan(2);
    expect(new Set(feature.features.map((one) => one.name)).size).toBe(feature.features.length);
  });
  it('is measured whole, finite, and the same each time', () => {
    const first = own(measured(cube, texture, region));
    expect(Object.keys(first)).toEqual(feature.features.map((one) => `${name}_${one.name}`));
    for (const value of Object.values(first)) expect(Number.isFinite(value)).toBe(true);
    expect(own(measured(cube, texture, region))).toEqual(first);
  });
  it('does not change when an axis is turned round', () => {
    const first = own(measured(cube, texture, region));
    const turns: ((x: number, y: number, z: number) => Vector3)[] = [
      (x, y, z) => [6 - x, y, z],
      (x, y, z) => [x, 6 - y, z],
      (x, y, z) => [x, y, 6 - z],
    ];
    for (const turn of turns)
      expectClose(
        own(
          measured(
            cube,
            (...at) => texture(...turn(...at)),
            (...at) => region(...turn(...at)),
          ),
        ),
        first,
        1e-9,
      );
  });
  it('does not see what lies outside the region', () => {
    const first = own(measured(cube, texture, region));
    expect(own(measured(cube, (...at) => (region(...at) ? texture(...at) : 5000), region))).toEqual(first);
  });
  it('does not change when the volume grows round the region', () => {
    const moved = (x: number, y: number, z: number): Vector3 => [x - 2, y - 1, z - 3];
    const grown = measured(
      [12, 9, 13],
      (...at) => texture(...moved(...at)),
      (...at) => region(...moved(...at)),
    );
    expectClose(own(grown), own(measured(cube, texture, region)), 1e-12);
  });
  it('has a value or no value on a flat region, never infinity', () => {
    for (const value of Object.values(own(measured(cube, () => 7, region))))
      expect(Math.abs(value)).not.toBe(Number.POSITIVE_INFINITY);
  });
});

/** Values of PyRadiomics 3.1.0 for a flat 3 x 3 x 3 region, run by the project. */
const flat = {
  firstorder_Uniformity: 1,
  firstorder_Skewness: 0,
  firstorder_Kurtosis: 0,
  firstorder_Variance: 0,
  glcm_JointEnergy: 1,
  glcm_MaximumProbability: 1,
  glcm_Id: 1,
  glcm_Idm: 1,
  glcm_Idn: 1,
  glcm_Idmn: 1,
  glcm_Autocorrelation: 1,
  glcm_JointAverage: 1,
  glcm_Correlation: 1,
  glcm_MCC: 1,
  glcm_Imc1: 0,
  glcm_Imc2: 0,
  glcm_InverseVariance: 0,
  glcm_Contrast: 0,
  glcm_ClusterShade: 0,
  glcm_SumAverage: 2,
  glszm_ZonePercentage: 1 / 27,
  glszm_LargeAreaEmphasis: 729,
  gldm_DependenceEntropy: 1.698245835,
  glrlm_RunPercentage: 0.5498575499,
  ngtdm_Coarseness: 1e6,
  ngtdm_Contrast: 0,
  ngtdm_Busyness: 0,
  ngtdm_Complexity: 0,
  ngtdm_Strength: 0,
  shape_MeshVolume: 23.1666667,
  shape_SurfaceArea: 42.7026136,
  shape_Sphericity: 0.920319664,
  shape_Maximum3DDiameter: 4.12310563,
  shape_Maximum2DDiameterSlice: 3.60555128,
  shape_Maximum2DDiameterRow: 3.60555128,
  shape_Maximum2DDiameterColumn: 3.60555128,
  shape_MajorAxisLength: 3.26598632,
  shape_Elongation: 1,
  shape_Flatness: 1,
};

/** The same for two neighbouring voxels of 7 and 57. */
const pair = {
  firstorder_10Percentile: 12,
  firstorder_90Percentile: 52,
  glcm_Correlation: -1,
  glcm_Imc1: -1,
  glcm_Imc2: 0.929873495,
  ngtdm_Coarseness: 0.5,
  ngtdm_Busyness: 1,
  ngtdm_Contrast: 2,
  ngtdm_Complexity: 4,
  ngtdm_Strength: 2,
  shape_MeshVolume: 2 / 3,
  shape_MinorAxisLength: 0,
  shape_LeastAxisLength: 0,
};
/** The printed values have nine digits. */
const PRINTED = 5e-9;

describe('degenerate regions as PyRadiomics has them', () => {
  it('flat', () => {
    const found = measure(
      [5, 5, 5],
      () => 7,
      (x, y, z) => [x, y, z].every((k) => k >= 1 && k <= 3),
    );
    expectClose(found, flat, PRINTED);
    for (const name of ['firstorder_Entropy', 'glcm_JointEntropy', 'glcm_SumEntropy', 'glszm_ZoneEntropy'])
      expect(Math.abs(found[name]! + 3.203426503814917e-16)).toBeLessThan(1e-30);
  });
  it('two voxels', () => {
    const found = measure(
      [4, 3, 3],
      (x) => (x === 1 ? 7 : 57),
      (x, y, z) => (x === 1 || x === 2) && y === 1 && z === 1,
    );
    expectClose(found, pair, PRINTED);
    expect(found.firstorder_RobustMeanAbsoluteDeviation).toBeNaN();
  });
  it('features only by name are not in an unrestricted extraction', () => {
    const names = resolveSettings({}).featureClasses.flatMap(({ features }) => features);
    for (const name of onlyByName) expect(names).not.toContain(name);
  });
});
