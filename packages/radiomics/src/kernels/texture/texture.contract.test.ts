import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directions, steps, stepsBothWays, touching } from '../directions.ts';
import { type LevelVolume, levelVolume, regionShape } from '../level-volume.ts';
import { compiledTexture } from './compiled.ts';
import { plainTexture } from './plain.ts';

/** Regions of odd shapes with gaps between the bins, some with few levels and long runs. */
const volumes = fc
  .record({
    size: fc.tuple(
      fc.integer({ min: 1, max: 21 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 7 }),
    ),
    filled: fc.double({ min: 0.2, max: 1, noNaN: true }),
    levels: fc.integer({ min: 1, max: 70 }),
    gap: fc.integer({ min: 1, max: 40 }),
    smooth: fc.integer({ min: 1, max: 5 }),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    distance: fc.integer({ min: 1, max: 2 }),
  })
  .map(({ size, filled, levels, gap, smooth, seed, distance }) => {
    let state = seed;
    const next = (): number => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647;
    };
    const mask = Uint8Array.from({ length: size[0] * size[1] * size[2] }, () => (next() < filled ? 1 : 0));
    mask[mask.length - 1] = 1;
    const shape = regionShape(mask, size, distance);
    let bin = 1;
    const bins = Uint16Array.from(shape.inBox, (_, i) => {
      if (i % smooth === 0) bin = 1 + gap * Math.floor(next() * levels);
      return bin;
    });
    return levelVolume(shape, bins, Math.max(...bins));
  });

const compiled = compiledTexture()!;
const list = (values: ArrayLike<number>): number[] => Array.from(values);

/** Same bits: -0 is not 0. */
const same = (a: ArrayLike<number>, b: ArrayLike<number>): void => expect(list(a)).toEqual(list(b));

const hasNeighbours = ({ size }: LevelVolume): boolean => size.some((n) => n > 1);

test('this engine has the compiled kernels', () => expect(compiled).toBeDefined());

test('both implementations count the same pairs, and sum them to the same bits', () => {
  fc.assert(
    fc.property(volumes.filter(hasNeighbours), fc.boolean(), (volume, symmetric) => {
      const { count, binOf, highest } = volume;
      for (const step of steps(volume.size, volume.strides)) {
        const counts = compiled.pairs(volume, step);
        same(counts, plainTexture.pairs(volume, step));
        const total = list(counts).reduce((sum, n) => sum + n, 0);
        if (total === 0) continue;
        const p = counts.map((n, k) => {
          const other = counts[(k % count) * count + Math.floor(k / count)]!;
          return symmetric ? (n + other) / (2 * total) : n / total;
        });
        const wanted = plainTexture.jointSums(p, binOf, count, highest, symmetric);
        expect(compiled.jointSums(p, binOf, count, highest, symmetric)).toEqual(wanted);
        // and in place, in the loops' own memory: counted again, since p may have moved it
        const inPlace = compiled.pairs(volume, step);
        inPlace.set(p);
        expect(compiled.jointSums(inPlace, binOf, count, highest, symmetric)).toEqual(wanted);
        same(inPlace, p);
      }
    }),
  );
});

test('both implementations find the same dependences and grey tone differences', () => {
  fc.assert(
    fc.property(volumes.filter(hasNeighbours), (volume) => {
      const reach = volume.border === 2 ? [1, 2] : [1];
      const both = stepsBothWays(volume.size, volume.strides, { distances: reach });
      same(compiled.dependences(volume, both), plainTexture.dependences(volume, both));
      expect(compiled.tones(volume, both)).toEqual(plainTexture.tones(volume, both));
    }),
  );
});

test('both implementations find the same runs and zones', () => {
  fc.assert(
    fc.property(volumes.filter(hasNeighbours), (volume) => {
      const oneWay = steps(volume.size, volume.strides, touching());
      const longest = Math.max(...volume.size);
      const runs = compiled.runs(volume, oneWay, longest).map(list);
      expect(runs).toEqual(plainTexture.runs(volume, oneWay, longest).map(list));
      expect(runs).toHaveLength(directions(volume.size, touching()).length);
      const both = stepsBothWays(volume.size, volume.strides, touching());
      same(compiled.zones(volume, both), plainTexture.zones(volume, both));
    }),
  );
});

test('sums of bins that exceed a lane are left to plain TypeScript', () => {
  const shape = regionShape(new Uint8Array(27).fill(1), [3, 3, 3]);
  const bins = Uint16Array.from({ length: 27 }, (_, i) => 9000 + 13 * i);
  const volume = levelVolume(shape, bins, 9338);
  const both = stepsBothWays(volume.size, volume.strides, touching());
  expect(compiled.tones(volume, both)).toEqual(plainTexture.tones(volume, both));
});
