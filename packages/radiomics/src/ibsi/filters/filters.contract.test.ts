import type { Vector3 } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropArray } from '../crop.ts';
import type { IbsiImage } from '../ibsi-image.ts';
import { filterSchema, ibsiFilters, labelOf, readyFilter } from './index.ts';

/** Settings to try each filter with, and what holds for each by its definition. */
interface Tried {
  readonly settings: Record<string, unknown>;
  /** Response to an image of ones, away from the edge; undefined where the formula gives no plain number. */
  readonly ofOnes?: number;
  /** Whether the response of a sum is the sum of the responses. */
  readonly linear: boolean;
  /** Whether turning an axis round turns the response round: symmetric kernels, or all rotations pooled. */
  readonly turns: boolean;
}

const tried: readonly Tried[] = [
  { settings: { type: 'mean', support: 3 }, ofOnes: 1, linear: true, turns: true },
  { settings: { type: 'mean', support: 5, dimension: '2D' }, ofOnes: 1, linear: true, turns: true },
  { settings: { type: 'log', sigma: 1 }, linear: true, turns: true },
  { settings: { type: 'log', sigma: 1.5, dimension: '2D' }, linear: true, turns: true },
  { settings: { type: 'laws', kernels: 'E3S3L3' }, ofOnes: 0, linear: true, turns: false },
  {
    settings: { type: 'laws', kernels: 'L3E3S3', rotationInvariant: true, pooling: 'max' },
    ofOnes: 0,
    linear: false,
    turns: true,
  },
  {
    settings: { type: 'laws', kernels: 'E3L3', rotationInvariant: true, energyDistance: 2 },
    ofOnes: 0,
    linear: false,
    turns: true,
  },
  { settings: { type: 'gabor', sigma: 1.5, lambda: 2, gamma: 0.8 }, linear: false, turns: true },
  {
    settings: { type: 'gabor', sigma: 1, lambda: 2, thetaStep: 45, orthogonalPlanes: true },
    linear: false,
    turns: true,
  },
  { settings: { type: 'wavelet', wavelet: 'db2', subband: 'LHL' }, ofOnes: 0, linear: true, turns: false },
  {
    settings: { type: 'wavelet', wavelet: 'haar', subband: 'LLL' },
    ofOnes: Math.SQRT2 ** 3,
    linear: true,
    turns: false,
  },
  {
    settings: { type: 'wavelet', wavelet: 'coif1', subband: 'HHL', rotationInvariant: true, pooling: 'mean' },
    ofOnes: 0,
    linear: true,
    turns: true,
  },
  { settings: { type: 'simoncelli', level: 1 }, linear: true, turns: false },
];

const size: Vector3 = [17, 15, 13];
const spacing: Vector3 = [1, 1, 1];
const at = (x: number, y: number, z: number): number => x + size[0] * (y + size[1] * z);
const imageOf = (value: (x: number, y: number, z: number) => number): IbsiImage => ({
  size,
  spacing,
  values: Float64Array.from({ length: size[0] * size[1] * size[2] }, (_, k) =>
    value(k % size[0], Math.floor(k / size[0]) % size[1], Math.floor(k / (size[0] * size[1]))),
  ),
});
const texture = imageOf((x, y, z) => ((x * 31 + y * 17 + z * 7 + x * y * 3) % 23) - 9);
const centre: Vector3 = [8, 7, 6];

function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0;
  for (let k = 0; k < a.length; k++) most = Math.max(most, Math.abs(a[k]! - b[k]!));
  return most;
}

it('every filter of IBSI-2 has settings to be tried with', () => {
  for (const { type } of ibsiFilters) expect(tried.map(({ settings }) => settings.type)).toContain(type);
});

describe.each(tried.map((one) => [labelOf(filterSchema.parse(one.settings)), one] as const))(
  'IBSI filter %s',
  (_, { settings, ofOnes, linear, turns }) => {
    const parsed = filterSchema.parse(settings);
    const ready = readyFilter(parsed, spacing)!;

    it('is named by its options and refuses those that it does not know', () => {
      expect(ready.label).toMatch(/^[A-Za-z0-9.+-]+$/);
      expect(() => filterSchema.parse({ ...settings, sgima: 1 })).toThrow(/sgima/);
      expect(labelOf(filterSchema.parse({ ...settings, name: 'mine' }))).toBe('mine');
    });
    it('gives the same bits each time and leaves its input alone', () => {
      const before = Float64Array.from(texture.values);
      const first = ready.apply(texture);
      expect(first).toHaveLength(texture.values.length);
      expect(ready.apply(texture)).toEqual(first);
      expect(texture.values).toEqual(before);
    });
    it('answers to a flat image as its kernel says', () => {
      const found = ready.apply(imageOf(() => 1));
      const middle = found[at(...centre)]!;
      if (ofOnes !== undefined) expect(middle).toBeCloseTo(ofOnes, 10);
      expect(Number.isFinite(middle)).toBe(true);
    });
    it('moves with the image', () => {
      // two points far enough from the edge; what is read as a period or a frequency moves in a circle
      const point = (x0: number): IbsiImage =>
        imageOf((x, y, z) => (x === x0 && y === centre[1] && z === centre[2] ? 1 : 0));
      if (ready.reach === undefined) return;
      const [reach] = ready.reach;
      const [here, there] = [ready.apply(point(8)), ready.apply(point(9))];
      for (let x = reach + 1; x < size[0] - reach - 1; x++)
        for (let y = 0; y < size[1]; y++)
          expect(there[at(x + 1, y, centre[2])]!).toBeCloseTo(here[at(x, y, centre[2])]!, 12);
    });
    it(linear ? 'is linear' : 'is no sum of parts', () => {
      const other = imageOf((x, y, z) => ((x * 5 + y * 11 + z * 3) % 13) * 2);
      const sum = imageOf((x, y, z) => 2 * texture.values[at(x, y, z)]! - 3 * other.values[at(x, y, z)]!);
      const [a, b] = [ready.apply(texture), ready.apply(other)];
      const apart = farthest(
        ready.apply(sum),
        a.map((value, k) => 2 * value - 3 * b[k]!),
      );
      if (linear) expect(apart).toBeLessThan(1e-9);
      else expect(apart).toBeGreaterThan(1e-3);
    });
    it('gives the same in a part of the image with all that it reads', () => {
      const { reach } = ready;
      if (reach === undefined) return;
      fc.assert(
        fc.property(fc.nat(2), fc.nat(2), fc.nat(2), (x, y, z) => {
          const start = [x, y, z].map((first, axis) => Math.max(0, 6 + first - reach[axis]!));
          const end = [x, y, z].map((first, axis) => Math.min(size[axis]!, 6 + first + 3 + reach[axis]!));
          const part = {
            start: start as unknown as Vector3,
            size: end.map((last, axis) => last - start[axis]!) as unknown as Vector3,
          };
          const cut = ready.apply({
            spacing,
            size: part.size,
            values: cropArray(texture.values, size, part),
          });
          const whole = ready.apply(texture);
          for (let dz = 0; dz < 3; dz++)
            for (let dy = 0; dy < 3; dy++)
              for (let dx = 0; dx < 3; dx++) {
                const place = [6 + x + dx, 6 + y + dy, 6 + z + dz] as const;
                const [u, v, w] = place.map((index, axis) => index - start[axis]!) as [
                  number,
                  number,
                  number,
                ];
                expect(cut[u + part.size[0] * (v + part.size[1] * w)]!).toBeCloseTo(whole[at(...place)]!, 9);
              }
        }),
        { numRuns: 4 },
      );
    });
    if (turns)
      it('turns with the image', () => {
        // half a turn about z
        const turned = imageOf((x, y, z) => texture.values[at(size[0] - 1 - x, size[1] - 1 - y, z)]!);
        const [found, wanted] = [ready.apply(turned), ready.apply(texture)];
        let most = 0;
        for (let z = 0; z < size[2]; z++)
          for (let y = 0; y < size[1]; y++)
            for (let x = 0; x < size[0]; x++)
              most = Math.max(
                most,
                Math.abs(found[at(x, y, z)]! - wanted[at(size[0] - 1 - x, size[1] - 1 - y, z)]!),
              );
        expect(most).toBeLessThan(1e-9);
      });
  },
);
