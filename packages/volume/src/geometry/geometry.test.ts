import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Geometry, Vector3 } from '../volume.ts';
import { assertSameGrid } from './assert-same-grid.ts';
import { describeGeometry } from './describe-geometry.ts';
import { checkGeometry, indexToWorld, worldToIndex } from './geometry.ts';
import { sameGeometry } from './same-geometry.ts';

const straight: Geometry = {
  size: [256, 256, 120],
  spacing: [0.8, 0.8, 2],
  origin: [-100, -90.5, 12],
  direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
};
/** Turned by 90 degrees about z: x runs to posterior, y to the right. */
const turned: Geometry = { ...straight, direction: [0, -1, 0, 1, 0, 0, 0, 0, 1] };

describe('index and world', () => {
  it('follow origin + direction * diag(spacing) * index', () => {
    expect(indexToWorld(straight, [10, 20, 30])).toEqual([-92, -74.5, 72]);
    expect(indexToWorld(turned, [10, 20, 30])).toEqual([-116, -82.5, 72]);
  });

  it('are inverse to each other', () => {
    const part = fc.double({ min: -500, max: 500, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(part, part, part), (point) => {
        indexToWorld(turned, worldToIndex(turned, point)).forEach((mm, axis) => {
          expect(Math.abs(mm - point[axis]!)).toBeLessThan(1e-10);
        });
      }),
      { seed: 18 },
    );
  });
});

describe('checkGeometry', () => {
  it.each<[string, Partial<Geometry>]>([
    ['size', { size: [0, 1, 1] }],
    ['size', { size: [1.5, 1, 1] }],
    ['spacing', { spacing: [1, -1, 1] }],
    ['spacing', { spacing: [1, 0, 1] }],
    ['spacing', { spacing: [1, Number.NaN, 1] }],
    ['spacing', { spacing: [1, Number.POSITIVE_INFINITY, 1] }],
    ['origin', { origin: [Number.NaN, 0, 0] }],
    ['direction', { direction: [1, 0, 0, 0, 1, 0, 0, 0, Number.NaN] }],
    ['direction', { direction: [1, 0, 0, 0, 1, 0, 0, 1, 0] }],
    ['direction', { direction: [1, 0, 0, 0, 1, 0] }],
    ['direction', { direction: [2, 0, 0, 0, 1, 0, 0, 0, 1] }],
    ['direction', { direction: [1, 0.1, 0, 0, 0.995, 0, 0, 0, 1] }],
  ])('refuses a bad %s', (field, change) => {
    expect(() => checkGeometry({ ...straight, ...change })).toThrow(
      expect.objectContaining({ code: 'volume-geometry', place: { field } }),
    );
  });

  it('takes a left-handed grid', () => {
    const mirrored = { ...straight, direction: [-1, 0, 0, 0, 1, 0, 0, 0, 1] };
    expect(checkGeometry(mirrored)).toBe(mirrored);
  });
});

describe('describeGeometry', () => {
  it('names size, spacing and origin, and axes that are not straight', () => {
    expect(describeGeometry(straight)).toBe(
      '256 x 256 x 120 voxels, 0.8 x 0.8 x 2 mm, origin (-100, -90.5, 12)',
    );
    expect(describeGeometry(turned)).toBe(
      `${describeGeometry(straight)}, axes (0, 1, 0) (-1, 0, 0) (0, 0, 1)`,
    );
  });

  it('writes float32 spacings short', () => {
    expect(describeGeometry({ ...straight, spacing: [Math.fround(0.8), Math.fround(0.8), 2] })).toContain(
      '0.8 x 0.8 x 2 mm',
    );
  });
});

describe('two grids', () => {
  const moved = (change: Partial<Geometry>): { geometry: Geometry } => ({
    geometry: { ...straight, ...change },
  });

  it('are one within float32 rounding', () => {
    const rounded = moved({ spacing: straight.spacing.map(Math.fround) as unknown as Vector3 });
    expect(sameGeometry(straight, rounded.geometry)).toBe(true);
    expect(() => assertSameGrid({ geometry: straight }, rounded)).not.toThrow();
  });

  it('follow the tolerance given', () => {
    const near = moved({ origin: [-100.001, -90.5, 12] }).geometry;
    expect(sameGeometry(straight, near, 1e-6)).toBe(false);
    expect(sameGeometry(straight, near, 1e-2)).toBe(true);
  });

  it('of other sizes are named, both', () => {
    expect(() => assertSameGrid({ geometry: straight }, moved({ size: [128, 256, 120] }))).toThrow(
      expect.objectContaining({
        code: 'mask-size',
        message: expect.stringMatching(/256 x 256 x 120 voxels.*128 x 256 x 120 voxels/),
      }),
    );
  });

  it.each<[string, Partial<Geometry>]>([
    ['origin', { origin: [-100, -90, 12] }],
    ['spacing', { spacing: [0.8, 0.8, 2.1] }],
    ['direction', { direction: turned.direction }],
  ])('of another %s are named, both', (field, change) => {
    expect(() => assertSameGrid({ geometry: straight }, moved(change))).toThrow(
      expect.objectContaining({
        code: 'mask-geometry',
        place: { field },
        message: expect.stringMatching(new RegExp(`${field} differs.*Image: 256.*mask: 256`)),
      }),
    );
  });
});
