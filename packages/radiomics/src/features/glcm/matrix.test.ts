import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  halfOffsets,
  lengthOf,
  type Point,
  type SmallRegion,
  smallRegion,
} from '../../testing/small-region.ts';
import { weightingNorms } from '../weighting.ts';
import { pairedDirections, probabilityMatrices } from './matrix.ts';

/** Counts by the definition: every voxel with every other one, by the offset between them. */
function countsByOffset(points: SmallRegion['points']): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const from of points)
    for (const to of points) {
      const key = from.at.map((value, axis) => to.at[axis]! - value).join();
      if (!found.has(key)) found.set(key, new Array<number>(9).fill(0));
      found.get(key)![3 * (from.level - 1) + to.level - 1]!++;
    }
  return found;
}

const divided = (counts: readonly number[]): number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
};

const cases = fc.record({
  size: fc.tuple(
    fc.integer({ min: 3, max: 5 }),
    fc.integer({ min: 3, max: 4 }),
    fc.integer({ min: 1, max: 4 }),
  ),
  seed: fc.integer({ min: 1, max: 1e6 }),
  share: fc.constantFrom(0, 0.3, 0.9),
  distances: fc.constantFrom([1], [2], [1, 2]),
  force2D: fc.boolean(),
  symmetricalGLCM: fc.boolean(),
  weightingNorm: fc.constantFrom(null, ...weightingNorms),
});
const spacing: Point = [0.7, 0.4, 1.1];

describe('the co-occurrence matrices', () => {
  test('are one matrix per direction, or their weighted sum, as the definition says', () => {
    fc.assert(
      fc.property(cases, ({ size, seed, share, ...chosen }) => {
        // dimension 2 of an array is x
        const settings = { ...chosen, distances: [...chosen.distances], force2Ddimension: 2 as const };
        const { volume, points } = smallRegion(size, seed, share);
        const counted = countsByOffset(points);
        const still = chosen.force2D ? 0 : undefined;
        const inBox = halfOffsets(chosen.distances, still).filter((offset) =>
          offset.every((step, axis) => Math.abs(step) < size[axis]!),
        );
        fc.pre(inBox.length > 0);
        const matrices = inBox.map((offset) => {
          const one = counted.get(offset.join()) ?? new Array<number>(9).fill(0);
          return chosen.symmetricalGLCM
            ? one.map((count, k) => count + one[3 * (k % 3) + Math.floor(k / 3)]!)
            : one;
        });
        const hasPair = matrices.map((counts) => counts.some((count) => count > 0));
        const summed = new Array<number>(9).fill(0);
        matrices.forEach((counts, k) => {
          const length = lengthOf(inBox[k]!, spacing, chosen.weightingNorm ?? 'no_weighting');
          counts.forEach((count, at) => {
            summed[at]! += count * Math.exp(-length * length);
          });
        });
        const isOne = chosen.weightingNorm !== null;
        const expected = (isOne ? [summed] : matrices)
          .filter((counts) => counts.some((count) => count > 0))
          .map(divided);
        const own = Array.from(probabilityMatrices(volume, spacing, settings), (p) => Array.from(p));
        expect(own).toHaveLength(expected.length);
        own.forEach((p, k) => {
          p.forEach((value, at) => expect(value).toBeCloseTo(expected[k]![at]!, 12));
        });
        expect(pairedDirections(volume, settings)).toEqual(isOne ? [hasPair.includes(true)] : hasPair);
      }),
    );
  });
});
