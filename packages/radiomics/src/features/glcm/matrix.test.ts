import { createRandom } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levelVolume, regionShape } from '../../kernels/level-volume.ts';
import { weightingNorms } from '../weighting.ts';
import { pairedDirections, probabilityMatrices } from './matrix.ts';

type Point = readonly [number, number, number];

/** A region of some voxels with levels 1 to 3, as a list of points. */
function region(size: Point, seed: number, share: number) {
  const random = createRandom(seed);
  const [nx, ny, nz] = size;
  const mask = new Uint8Array(nx * ny * nz);
  const points: { at: Point; level: number }[] = [];
  for (let z = 0, k = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, k++) {
        // the first three voxels hold every level, so that levels keep their numbers
        if (k > 2 && random.uniform() > share) continue;
        mask[k] = 1;
        points.push({ at: [x, y, z], level: k < 3 ? k + 1 : 1 + random.integer(3) });
      }
  const shape = regionShape(mask, size, 2);
  const volume = levelVolume(
    shape,
    Uint16Array.from(points, ({ level }) => level),
    3,
  );
  return { volume, points };
}

/** Counts by the definition: every voxel with every other one, by the offset between them. */
function countsByOffset(points: ReturnType<typeof region>['points']): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const from of points)
    for (const to of points) {
      const key = from.at.map((value, axis) => to.at[axis]! - value).join();
      if (!found.has(key)) found.set(key, new Array<number>(9).fill(0));
      found.get(key)![3 * (from.level - 1) + to.level - 1]!++;
    }
  return found;
}

/** Half of the offsets at the distances, from (+,+,+) downward in (z, y, x). */
function offsets(distances: readonly number[], still: number | undefined): Point[] {
  const steps = [2, 1, 0, -1, -2];
  return steps.flatMap((z) =>
    steps.flatMap((y) =>
      steps.flatMap((x): Point[] => {
        const isForward = z > 0 || (z === 0 && (y > 0 || (y === 0 && x > 0)));
        const isStill = still === undefined || [x, y, z][still] === 0;
        const length = Math.max(Math.abs(x), Math.abs(y), Math.abs(z));
        return isForward && isStill && distances.includes(length) ? [[x, y, z]] : [];
      }),
    ),
  );
}

const divided = (counts: readonly number[]): number[] => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => count / total);
};

function lengthOf([x, y, z]: Point, spacing: Point, norm: string): number {
  const [a, b, c] = [Math.abs(x) * spacing[0], Math.abs(y) * spacing[1], Math.abs(z) * spacing[2]];
  if (norm === 'manhattan') return a + b + c;
  if (norm === 'euclidean') return Math.sqrt(a * a + b * b + c * c);
  return norm === 'infinity' ? Math.max(a, b, c) : 0;
}

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
        const { volume, points } = region(size, seed, share);
        const counted = countsByOffset(points);
        const still = chosen.force2D ? 0 : undefined;
        const inBox = offsets(chosen.distances, still).filter((offset) =>
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
