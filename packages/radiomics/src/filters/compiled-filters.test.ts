import { useAssembly } from '@sentinode/core';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { laplacianOfGaussian } from './log/laplacian.ts';
import { filterBank } from './wavelet/filter-bank.ts';
import { evenGrid, subBands } from './wavelet/undecimated.ts';

afterEach(() => useAssembly(true));

type Size = [number, number, number];

/** What a computation gives without and with the compiled loops. */
function both<T>(compute: () => T): [T, T] {
  useAssembly(false);
  const plain = compute();
  useAssembly(true);
  return [plain, compute()];
}

const cases = fc.record({
  size: fc.tuple(
    fc.integer({ min: 4, max: 23 }),
    fc.integer({ min: 4, max: 19 }),
    fc.integer({ min: 4, max: 11 }),
  ),
  kind: fc.constantFrom(Float32Array, Float64Array, Int16Array),
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  corner: fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
});

function imageOf({ size, kind, seed, corner }: Parameters<Parameters<typeof cases.map>[0]>[0]) {
  let state = seed;
  const values = kind.from(
    Array.from({ length: size[0] * size[1] * size[2] }, () => {
      state = (state * 48271) % 2147483647;
      return state / 1e5;
    }),
  );
  const start = size.map((n, axis) => Math.floor(corner[axis]! * (n - 1))) as Size;
  const box = { start, size: size.map((n, axis) => Math.max(1, Math.floor((n - start[axis]!) / 2))) as Size };
  return { size: size as Size, values, box };
}

test('LoG has the same bits with and without the compiled loops', () => {
  fc.assert(
    fc.property(cases, fc.double({ min: 0.6, max: 4, noNaN: true }), fc.boolean(), (given, sigma, flat) => {
      const { size, values, box } = imageOf(given);
      const axes = flat ? ([0, 1] as const) : ([0, 1, 2] as const);
      const [plain, compiled] = both(() =>
        laplacianOfGaussian(values, size, [0.8, 1, 1.3], sigma, box, axes),
      );
      expect(Array.from(compiled)).toEqual(Array.from(plain));
    }),
  );
});

test('wavelet bands have the same bits with and without the compiled loops', () => {
  const wavelets = fc.constantFrom('haar', 'coif1', 'db3', 'bior2.2', 'sym5');
  fc.assert(
    fc.property(
      cases,
      wavelets,
      fc.constantFrom<(0 | 1 | 2)[]>([0, 1, 2], [0, 2], [1]),
      (given, name, axes) => {
        const { size, values, box } = imageOf(given);
        const single = given.kind === Float32Array;
        const [plain, compiled] = both(() =>
          subBands(evenGrid(values, size), box, axes, filterBank(name, single), single),
        );
        expect(compiled.map(({ band }) => band)).toEqual(plain.map(({ band }) => band));
        for (const [k, { data }] of compiled.entries())
          expect(Array.from(data)).toEqual(Array.from(plain[k]!.data));
      },
    ),
  );
});
