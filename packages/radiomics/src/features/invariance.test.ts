import type { Mask, Vector3, Volume } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extract } from '../extract.ts';
import { resolveSettings } from '../parameters/resolve-settings.ts';
import { featureClasses } from './index.ts';

/** Every class and feature of 3-D regions, also those that are measured only by name. */
const settings = resolveSettings({
  featureClass: Object.fromEntries(
    featureClasses
      .filter(({ name }) => name !== 'shape2D')
      .map(({ name, features }) => [name, features.map((feature) => feature.name)]),
  ),
  setting: { minimumROIDimensions: 1, binWidth: 10 },
});

interface Case {
  readonly size: Vector3;
  readonly values: readonly number[];
  readonly inside: readonly boolean[];
}

/** Small images of few grey values with regions of any form, also in pieces, of two voxels at least. */
const cases: fc.Arbitrary<Case> = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 4 }))
  .chain((size) => {
    const length = size[0] * size[1] * size[2];
    return fc.record({
      size: fc.constant(size as Vector3),
      values: fc.array(fc.integer({ min: -40, max: 60 }), { minLength: length, maxLength: length }),
      inside: fc.array(fc.boolean(), { minLength: length, maxLength: length }),
    });
  })
  .filter(({ inside }) => inside.filter(Boolean).length >= 2);

const SPACING: Vector3 = [1, 0.5, 2];

function measure(
  size: Vector3,
  spacing: Vector3,
  values: readonly number[],
  inside: readonly boolean[],
): Map<string, number> {
  const direction = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const geometry = { size, spacing, origin: [3, -8, 5] as const, direction };
  const image: Volume = { geometry, elementType: 'float64', data: Float64Array.from(values) };
  const mask: Mask = { geometry, data: Uint8Array.from(inside, Number) };
  const { names, values: found } = extract(image, mask, settings);
  return new Map(names.map((name, at) => [name, found[at]!]));
}

/** The same case on another grid: where each voxel of the new grid comes from, undefined for background. */
function moved(
  { size, values, inside }: Case,
  newSize: Vector3,
  spacing: Vector3,
  from: (x: number, y: number, z: number) => Vector3 | undefined,
): Map<string, number> {
  const [nx, ny, nz] = newSize;
  const at = Array.from({ length: nx * ny * nz }, (_, k) => {
    const source = from(k % nx, Math.floor(k / nx) % ny, Math.floor(k / (nx * ny)));
    return source === undefined ? undefined : source[0] + size[0] * (source[1] + size[1] * source[2]);
  });
  return measure(
    newSize,
    spacing,
    at.map((k) => (k === undefined ? 999 : values[k]!)),
    at.map((k) => k !== undefined && inside[k]!),
  );
}

/**
 * Voxels that touch only along an edge or at a corner can be joined by a mesh or not; the reference's table decides it
 * by the direction of the axes, so these change where the region is no solid.
 */
const ofMesh =
  /_shape_(MeshVolume|SurfaceArea|SurfaceVolumeRatio|Sphericity|Compactness1|Compactness2|SphericalDisproportion)$/;

/**
 * Features that take the root of a difference of almost equal numbers, or compare such numbers: their last digits hang
 * on the order of additions, and an axis flip changes that order.
 */
const unsteady =
  /_(MCC|Imc1|Imc2|Correlation|ClusterShade|Skewness|Elongation|Flatness|LeastAxisLength|MinorAxisLength|Busyness)$/;

function expectSame(found: Map<string, number>, wanted: Map<string, number>, but?: RegExp): void {
  for (const [name, value] of wanted) {
    if (but?.test(name)) continue;
    const got = found.get(name)!;
    if (unsteady.test(name)) {
      if (Number.isNaN(got) || Number.isNaN(value)) continue;
      expect(Math.abs(got - value), name).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
    } else if (Number.isNaN(value)) expect(got, name).toBeNaN();
    else expect(Math.abs(got - value), name).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  }
}

const runs = { numRuns: 20 };

describe('every feature, by its definition, does not change', () => {
  it('when axes are turned round', () => {
    fc.assert(
      fc.property(cases, fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), (one, flips) => {
        const turn = (at: number, axis: 0 | 1 | 2) => (flips[axis] ? one.size[axis] - 1 - at : at);
        const turned = moved(one, one.size, SPACING, (x, y, z) => [turn(x, 0), turn(y, 1), turn(z, 2)]);
        expectSame(turned, measure(one.size, SPACING, one.values, one.inside), ofMesh);
      }),
      runs,
    );
  });
  it('when axes of a solid are turned round, its mesh included', () => {
    fc.assert(
      fc.property(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2)), fc.nat(2), (corner, axis) => {
        const size: Vector3 = [4, 5, 3];
        // a box without one of its corner blocks
        const inside = Array.from({ length: 60 }, (_, k) => {
          const at = [k % 4, Math.floor(k / 4) % 5, Math.floor(k / 20)];
          return at.some((index, a) => index >= corner[a]!);
        });
        const one = { size, values: inside.map((_, k) => (k * 37) % 50), inside };
        const turned = moved(one, size, SPACING, (x, y, z) => {
          const from = [x, y, z];
          from[axis] = size[axis]! - 1 - from[axis]!;
          return from as unknown as Vector3;
        });
        expectSame(turned, measure(size, SPACING, one.values, inside));
      }),
      { numRuns: 12 },
    );
  });
  it('when the region lies elsewhere in a larger image, whatever is round it', () => {
    fc.assert(
      fc.property(cases, fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)), fc.nat(3), (one, before, after) => {
        const grown = one.size.map((extent, axis) => extent + before[axis]! + after) as unknown as Vector3;
        const inPlace = moved(one, grown, SPACING, (x, y, z) => {
          const source = [x - before[0], y - before[1], z - before[2]] as const;
          return source.every((at, axis) => at >= 0 && at < one.size[axis]!) ? source : undefined;
        });
        expectSame(inPlace, measure(one.size, SPACING, one.values, one.inside));
      }),
      runs,
    );
  });
  it('when axes change places with their spacings, but for the diameters that name an axis', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const [nx, ny, nz] = one.size;
        const spacing: Vector3 = [SPACING[2], SPACING[0], SPACING[1]];
        const swapped = moved(one, [nz, nx, ny], spacing, (a, b, c) => [b, c, a]);
        const wanted = measure(one.size, SPACING, one.values, one.inside);
        for (const name of wanted.keys()) if (name.includes('Maximum2D')) wanted.delete(name);
        expectSame(swapped, wanted, ofMesh);
      }),
      runs,
    );
  });
  it('when grey values rise by a whole number of bins, in the classes of levels', () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: -6, max: 6 }), (one, bins) => {
        const plain = measure(one.size, SPACING, one.values, one.inside);
        const raised = measure(
          one.size,
          SPACING,
          one.values.map((value) => value + 10 * bins),
          one.inside,
        );
        for (const name of plain.keys())
          if (name.includes('_firstorder_') && !/_(Entropy|Uniformity|Variance|Range)$/.test(name))
            plain.delete(name);
        expectSame(raised, plain);
      }),
      runs,
    );
  });
});
