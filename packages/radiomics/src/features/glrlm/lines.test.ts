import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directions, touching } from '../../kernels/directions.ts';
import { levelVolume, regionShape } from '../../kernels/level-volume.ts';
import { runMatrices, runsByDirection } from './matrix.ts';

type Voxel = readonly [number, number, number];

const regions = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
    ),
    marks: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 120, maxLength: 120 }),
    filled: fc.constantFrom(0.03, 0.1, 0.4, 1),
    levels: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ size, marks, filled, levels }) => {
    const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, (_, i) =>
      marks[i]! < filled ? 1 : 0,
    );
    mask[mask.length - 1] = 1;
    const shape = regionShape(mask, size);
    const bins = Uint16Array.from(shape.inBox, (at) => 1 + (Math.floor(marks[at]! * 997) % levels));
    const voxels = Array.from(
      shape.inBox,
      (at): Voxel => [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))],
    );
    return { volume: levelVolume(shape, bins, levels), voxels, bins };
  })
  .filter(({ volume }) => volume.size.some((n) => n > 1));

/** Whether one voxel lies a whole number of steps ahead of the other, gaps allowed. */
function onOneLine(from: Voxel, to: Voxel, step: Voxel): boolean {
  for (let n = 1; n <= 6; n++) if (to.every((c, axis) => c === from[axis]! + n * step[axis]!)) return true;
  return false;
}

test('a direction counts where some line of it holds two voxels of the region, gaps allowed', () => {
  fc.assert(
    fc.property(regions, ({ volume, voxels }) => {
      const expected = directions(volume.size, touching()).filter((step) =>
        voxels.some((from) => voxels.some((to) => onOneLine(from, to, step))),
      );
      expect(runsByDirection(volume).map(({ offset }) => offset)).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('runs are maximal lines of neighbours of one level, counted voxel by voxel', () => {
  fc.assert(
    fc.property(regions, ({ volume, voxels, bins }) => {
      const binAt = new Map(voxels.map((voxel, v) => [voxel.join(), bins[v]!]));
      for (const { offset, matrix } of runsByDirection(volume)) {
        const step = (from: Voxel, n: number): string => from.map((c, axis) => c + n * offset[axis]!).join();
        const counted = new Map<string, number>();
        voxels.forEach((from, v) => {
          if (binAt.get(step(from, -1)) === bins[v]) return;
          let length = 1;
          while (binAt.get(step(from, length)) === bins[v]) length++;
          const key = `${bins[v]} ${length}`;
          counted.set(key, (counted.get(key) ?? 0) + 1);
        });
        const found = Array.from(matrix.counts, (count, k): [string, number] => [
          `${matrix.levels[k]} ${matrix.sizes[k]}`,
          count,
        ]);
        expect(new Map(found)).toEqual(counted);
      }
    }),
  );
});

test('one matrix of all directions weighs each run by the length of its step', () => {
  fc.assert(
    fc.property(regions, ({ volume }) => {
      const spacing = [0.5, 1, 2] as const;
      const [weighted, ...others] = runMatrices(volume, { weightingNorm: 'euclidean', spacing });
      expect(others).toEqual([]);
      const sums = new Map<string, number>();
      for (const { offset, matrix } of runsByDirection(volume)) {
        const weight = Math.hypot(...offset.map((c, axis) => c * spacing[axis]!));
        matrix.counts.forEach((count, k) => {
          const key = `${matrix.levels[k]} ${matrix.sizes[k]}`;
          sums.set(key, (sums.get(key) ?? 0) + count * weight);
        });
      }
      if (sums.size === 0) {
        expect(weighted).toBeUndefined();
        return;
      }
      expect(weighted!.counts).toHaveLength(sums.size);
      weighted!.counts.forEach((count, k) =>
        expect(count).toBeCloseTo(sums.get(`${weighted!.levels[k]} ${weighted!.sizes[k]}`)!, 9),
      );
    }),
  );
});
