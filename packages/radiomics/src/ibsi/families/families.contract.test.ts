import type { Mask, Vector3, Volume } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractIbsi } from '../extract-ibsi.ts';
import { type IbsiSettings, ibsiSchema } from '../settings/settings.ts';
import { ibsiFamilies } from './index.ts';

interface Case {
  readonly size: Vector3;
  readonly values: readonly number[];
  readonly inside: readonly boolean[];
}

const SPACING: Vector3 = [1, 0.5, 2];

function settingsOf(family: string): IbsiSettings {
  return ibsiSchema.parse({
    standard: 'ibsi',
    families: [family],
    discretisation: { method: 'fixedBinSize', binWidth: 10, start: -200 },
    intensityVolumeHistogram: { method: 'fixedBinNumber', binCount: 20 },
  });
}

function measure(family: string, one: Case, spacing = SPACING): Map<string, number> {
  const direction = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const geometry = { size: one.size, spacing, origin: [3, -8, 5] as const, direction };
  const image: Volume = { geometry, elementType: 'float64', data: Float64Array.from(one.values) };
  const mask: Mask = { geometry, data: Uint8Array.from(one.inside, Number) };
  const { names, values } = extractIbsi(image, mask, settingsOf(family));
  return new Map(names.map((name, at) => [name, values[at]!]));
}

/** The same case on another grid: where each voxel of the new grid comes from, undefined for background. */
function moved(
  { size, values, inside }: Case,
  newSize: Vector3,
  from: (x: number, y: number, z: number) => Vector3 | undefined,
  background: number,
): Case {
  const [nx, ny, nz] = newSize;
  const at = Array.from({ length: nx * ny * nz }, (_, k) => {
    const source = from(k % nx, Math.floor(k / nx) % ny, Math.floor(k / (nx * ny)));
    return source === undefined ? undefined : source[0] + size[0] * (source[1] + size[1] * source[2]);
  });
  return {
    size: newSize,
    values: at.map((k) => (k === undefined ? background : values[k]!)),
    inside: at.map((k) => k !== undefined && inside[k]!),
  };
}

/**
 * Small images with regions of any form in which each voxel has a neighbour. The lowest and highest grey value are in
 * the region, so that bins are the same however the image is cut.
 */
const cases: fc.Arbitrary<Case> = fc
  .tuple(fc.integer({ min: 3, max: 5 }), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 2, max: 4 }))
  .chain((size) => {
    const length = size[0] * size[1] * size[2];
    return fc.record({
      size: fc.constant(size as Vector3),
      values: fc.array(fc.integer({ min: -40, max: 60 }), { minLength: length, maxLength: length }),
      inside: fc.array(fc.boolean(), { minLength: length, maxLength: length }),
    });
  })
  .filter(({ inside }) => inside.filter(Boolean).length >= 4);

/**
 * Roots of differences of almost equal numbers, and what follows from a mesh or from principal axes of equal length:
 * their digits hang on the order of additions, which a flip changes.
 */
const unsteady = /^(cm_info_corr|cm_corr|cm_clust_shade|stat_skew|ih_skew|stat_kurt|morph_pca|ngt_busyness)/;
/** Voxels that touch only along an edge can be joined by a mesh or not; its table decides that by the direction of the axes. */
const ofMesh = /^morph_(volume|area|av|comp|sph|asph|vol_dens|area_dens|integ_int)/;

function expectSame(found: Map<string, number>, wanted: Map<string, number>, but?: RegExp): void {
  expect([...found.keys()]).toEqual([...wanted.keys()]);
  for (const [name, value] of wanted) {
    if (but?.test(name)) continue;
    const got = found.get(name)!;
    const allowed = unsteady.test(name) ? 1e-6 : 1e-9;
    if (Number.isNaN(value)) expect(got, name).toBeNaN();
    else expect(Math.abs(got - value), name).toBeLessThanOrEqual(allowed * Math.max(1, Math.abs(value)));
  }
}

const box: Case = {
  size: [5, 4, 3],
  values: Array.from({ length: 60 }, (_, k) => (k * 37) % 50),
  inside: Array.from({ length: 60 }, (_, k) => k % 5 > 0 && k !== 21),
};
const runs = { numRuns: 12 };

describe.each(ibsiFamilies.map((one) => [one.name, one] as const))('IBSI family %s', (name, family) => {
  it('names each feature once, with a code of the manual and a formula', () => {
    expect(new Set(family.features.map(({ tag }) => tag)).size).toBe(family.features.length);
    for (const { code, formula, title } of family.features) {
      expect(code).toMatch(/^[0-9A-Z]{4}$/);
      expect(Math.min(formula.length, title.length)).toBeGreaterThan(2);
    }
    for (const { code } of family.aggregations) expect(code).toMatch(/^[0-9A-Z]{4}$/);
  });
  it('measures every feature with every aggregation, finite, and the same bits each time', () => {
    const found = measure(name, box);
    expect(found.size).toBe(family.features.length * Math.max(1, family.aggregations.length));
    for (const [feature, value] of found) expect(Number.isFinite(value), feature).toBe(true);
    expect([...measure(name, box)]).toEqual([...found]);
  });
  it('has a value or a reason on a flat region, never infinity', () => {
    const flat = { ...box, values: box.values.map(() => 7) };
    for (const value of measure(name, flat).values())
      expect(Math.abs(value)).not.toBe(Number.POSITIVE_INFINITY);
  });
  it('does not change when axes are turned round', () => {
    fc.assert(
      fc.property(cases, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (one, flips) => {
        const turn = (at: number, axis: 0 | 1 | 2) => (flips[axis] ? one.size[axis] - 1 - at : at);
        const turned = moved(one, one.size, (x, y, z) => [turn(x, 0), turn(y, 1), turn(z, 2)], 0);
        expectSame(measure(name, turned), measure(name, one), ofMesh);
      }),
      runs,
    );
  });
  it('does not change when the region lies elsewhere in a larger image, whatever is round it', () => {
    // local intensity looks 6.2 mm round the region: there the surroundings are kept
    const looksBeyond = name === 'local-intensity';
    fc.assert(
      fc.property(cases, fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), fc.nat(3), (one, before, after) => {
        if (looksBeyond) return;
        const grown = one.size.map((extent, axis) => extent + before[axis]! + after) as unknown as Vector3;
        const place = moved(
          one,
          grown,
          (x, y, z) => {
            const source = [x - before[0], y - before[1], z - before[2]] as const;
            return source.every((at, axis) => at >= 0 && at < one.size[axis]!) ? source : undefined;
          },
          999,
        );
        expectSame(measure(name, place), measure(name, one));
      }),
      runs,
    );
    if (looksBeyond) {
      const larger = moved(box, [6, 4, 3], (x, y, z) => (x < 5 ? [x, y, z] : undefined), 999);
      expect(measure(name, larger).get('loc_peak_glob')).toBeGreaterThan(
        measure(name, box).get('loc_peak_glob')!,
      );
    }
  });
  it('does not see intensities outside the mask', () => {
    const other = { ...box, values: box.values.map((value, k) => (box.inside[k] ? value : 4000)) };
    const [found, wanted] = [measure(name, other), measure(name, box)];
    // but for local intensity, which is defined to
    if (name === 'local-intensity') expect([...found]).not.toEqual([...wanted]);
    else expect([...found]).toEqual([...wanted]);
  });
});

describe('IBSI families of grey levels', () => {
  it('do not change when intensities and the first bin rise together', () => {
    for (const family of ['intensity-histogram', 'glcm', 'glrlm', 'glszm', 'gldzm', 'ngtdm', 'ngldm']) {
      const raised = { ...box, values: box.values.map((value) => value + 130) };
      const settings = (start: number) =>
        ibsiSchema.parse({
          standard: 'ibsi',
          families: [family],
          discretisation: { method: 'fixedBinSize', binWidth: 10, start },
        });
      const run = ({ size, values, inside }: Case, start: number): number[] => {
        const direction = [1, 0, 0, 0, 1, 0, 0, 0, 1];
        const geometry = { size, spacing: SPACING, origin: [0, 0, 0] as const, direction };
        const image: Volume = { geometry, elementType: 'float64', data: Float64Array.from(values) };
        return [
          ...extractIbsi(image, { geometry, data: Uint8Array.from(inside, Number) }, settings(start)).values,
        ];
      };
      expect(run(raised, 80), family).toEqual(run(box, -50));
    }
  });
});
