import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { halfOffsets, lengthOf, type Point, type SmallRegion, smallRegion } from '../testing/small-region.ts';
import { dependenceMatrix } from './gldm/matrix.ts';
import { runMatrices } from './glrlm/matrix.ts';
import { zoneMatrix } from './glszm/matrix.ts';
import { toneMatrix } from './ngtdm/matrix.ts';
import type { SizeMatrix } from './size-matrix.ts';
import { weightingNorms } from './weighting.ts';

const cases = fc.record({
  size: fc.tuple(
    fc.integer({ min: 3, max: 5 }),
    fc.integer({ min: 2, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  ),
  seed: fc.integer({ min: 1, max: 1e6 }),
  share: fc.constantFrom(0, 0.3, 0.9),
  still: fc.constantFrom(undefined, 0 as const, 1 as const, 2 as const),
});
const spacing: Point = [0.7, 0.4, 1.1];

const keyOf = (at: readonly number[]): string => at.join();
const moved = (at: Point, by: readonly number[], times = 1): Point =>
  at.map((value, axis) => value + times * by[axis]!) as unknown as Point;
const levelsOf = (points: SmallRegion['points']) =>
  new Map(points.map(({ at, level }) => [keyOf(at), level]));

/** Offsets both ways that can join two voxels of the box. */
function neighbours(size: Point, still: number | undefined, distances: readonly number[] = [1]): Point[] {
  const half = halfOffsets(distances, still).filter((by) =>
    by.every((step, axis) => Math.abs(step) < size[axis]!),
  );
  return [...half, ...half.map((by) => by.map((step) => -step) as unknown as Point)];
}

/** Counts by level and size. */
const asMap = ({ levels, sizes, counts }: SizeMatrix): Map<string, number> =>
  new Map(Array.from(counts, (count, k) => [`${levels[k]} ${sizes[k]}`, count]));
function addTo(counts: Map<string, number>, level: number, size: number, weight = 1): void {
  const key = `${level} ${size}`;
  counts.set(key, (counts.get(key) ?? 0) + weight);
}
function expectSame(own: Map<string, number>, expected: Map<string, number>): void {
  expect([...own.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [key, count] of expected) expect(own.get(key)).toBeCloseTo(count, 10);
}

describe('one matrix by its definition', () => {
  test('dependences: 1 + neighbours whose level differs by at most alpha', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom(0, 1, 2),
        fc.constantFrom([1], [2], [1, 2]),
        (one, alpha, distances) => {
          const by = neighbours(one.size, one.still, distances);
          fc.pre(by.length > 0);
          const { volume, points } = smallRegion(one.size, one.seed, one.share);
          const levels = levelsOf(points);
          const expected = new Map<string, number>();
          for (const { at, level } of points) {
            const near = by.filter((offset) => {
              const other = levels.get(keyOf(moved(at, offset)));
              return other !== undefined && Math.abs(other - level) <= alpha;
            });
            addTo(expected, level, 1 + near.length);
          }
          expectSame(
            asMap(dependenceMatrix(volume, alpha, { distances: [...distances], still: one.still })),
            expected,
          );
        },
      ),
    );
  });

  test('zones: voxels of one level that hang together', () => {
    fc.assert(
      fc.property(cases, ({ size, seed, share, still }) => {
        const by = neighbours(size, still);
        fc.pre(by.length > 0);
        const { volume, points } = smallRegion(size, seed, share);
        const open = levelsOf(points);
        const expected = new Map<string, number>();
        for (const { at, level } of points) {
          if (!open.delete(keyOf(at))) continue;
          const zone: Point[] = [at];
          for (const from of zone)
            for (const offset of by) {
              const next = moved(from, offset);
              if (open.get(keyOf(next)) !== level) continue;
              open.delete(keyOf(next));
              zone.push(next);
            }
          addTo(expected, level, zone.length);
        }
        expectSame(asMap(zoneMatrix(volume, still)), expected);
      }),
    );
  });

  test('runs: one level as far as it goes, by direction or added with the length of the step', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(null, ...weightingNorms), (one, norm) => {
        const { size, seed, share, still } = one;
        const half = halfOffsets([1], still).filter((by) =>
          by.every((step, axis) => Math.abs(step) < size[axis]!),
        );
        fc.pre(half.length > 0);
        const { volume, points } = smallRegion(size, seed, share);
        const levels = levelsOf(points);
        const summed = new Map<string, number>();
        const matrices: Map<string, number>[] = [];
        for (const by of half) {
          // a direction counts when one of its lines holds two voxels of the region, with gaps or not
          const meets = points.some(({ at }) =>
            [1, 2, 3, 4].some((times) => levels.has(keyOf(moved(at, by, times)))),
          );
          if (!meets) continue;
          const runs = new Map<string, number>();
          const length = norm === null || norm === 'no_weighting' ? 1 : lengthOf(by, spacing, norm);
          for (const { at, level } of points) {
            if (levels.get(keyOf(moved(at, by, -1))) === level) continue;
            let size = 1;
            while (levels.get(keyOf(moved(at, by, size))) === level) size++;
            addTo(runs, level, size);
            addTo(summed, level, size, length);
          }
          matrices.push(runs);
        }
        const own = runMatrices(volume, { still, weightingNorm: norm, spacing }).map(asMap);
        const expected = norm === null ? matrices : summed.size === 0 ? [] : [summed];
        expect(own).toHaveLength(expected.length);
        own.forEach((matrix, k) => expectSame(matrix, expected[k]!));
      }),
    );
  });

  test('tones: distance of a level from the mean of its neighbours', () => {
    fc.assert(
      fc.property(cases, ({ size, seed, share, still }) => {
        const by = neighbours(size, still);
        fc.pre(by.length > 0);
        const { volume, points } = smallRegion(size, seed, share);
        const levels = levelsOf(points);
        const n = [0, 0, 0, 0];
        const joined = [0, 0, 0, 0];
        const s = [0, 0, 0, 0];
        for (const { at, level } of points) {
          const near = by.flatMap((offset) => levels.get(keyOf(moved(at, offset))) ?? []);
          n[level]!++;
          if (near.length === 0) continue;
          joined[level]!++;
          s[level]! += Math.abs(level - near.reduce((sum, other) => sum + other, 0) / near.length);
        }
        const own = toneMatrix(volume, { distances: [1], still });
        expect(Array.from(own.n)).toEqual(n);
        expect(Array.from(own.joined)).toEqual(joined);
        Array.from(own.s).forEach((value, k) => expect(value).toBeCloseTo(s[k]!, 10));
      }),
    );
  });
});
