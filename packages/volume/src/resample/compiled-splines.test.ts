import { useAssembly } from '@sentinode/core';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Geometry, Volume } from '../volume.ts';
import { prefilterBSpline } from './interpolators/bspline/prefilter.ts';
import { resampleVolume } from './resample.ts';

afterEach(() => useAssembly(true));

function both<T>(compute: () => T): [T, T] {
  useAssembly(false);
  const plain = compute();
  useAssembly(true);
  return [plain, compute()];
}

const size = fc.tuple(
  fc.integer({ min: 1, max: 40 }),
  fc.integer({ min: 1, max: 17 }),
  fc.integer({ min: 1, max: 9 }),
);

function valuesOf(length: number, seed: number): Float64Array {
  let state = seed;
  return Float64Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state / 1e6 - 1000;
  });
}

test('coefficients of every order have the same bits with and without the compiled loops', () => {
  fc.assert(
    fc.property(size, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 2e9 }), (n, order, seed) => {
      const values = valuesOf(n[0] * n[1] * n[2], seed);
      const [plain, compiled] = both(() => prefilterBSpline(values, n, order));
      expect(Array.from(compiled)).toEqual(Array.from(plain));
    }),
  );
});

test('resampled images have the same bits with and without the compiled loops, oblique and beyond the edge too', () => {
  const kinds = fc.constantFrom('float32', 'float64', 'int16', 'uint8');
  const arrays = { float32: Float32Array, float64: Float64Array, int16: Int16Array, uint8: Uint8Array };
  fc.assert(
    fc.property(
      size,
      kinds,
      fc.integer({ min: 1, max: 2e9 }),
      fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      fc.double({ min: 0.4, max: 2.2, noNaN: true }),
      (n, elementType, seed, angle, step) => {
        const cos = Math.cos(angle);
        const sin = Math.sin(angle);
        const geometry: Geometry = {
          size: n,
          spacing: [0.7, 0.9, 2.5],
          origin: [-10, 4, 7],
          direction: [1, 0, 0, 0, 1, 0, 0, 0, 1],
        };
        const target: Geometry = {
          size: [Math.ceil((n[0] * 0.7) / step) + 2, Math.ceil((n[1] * 0.9) / step) + 2, n[2] + 3],
          spacing: [step, step, 2],
          origin: [-11, 3.3, 6],
          direction: [cos, -sin, 0, sin, cos, 0, 0, 0, 1],
        };
        const data = arrays[elementType].from(valuesOf(n[0] * n[1] * n[2], seed));
        const image = { geometry, elementType, data } as Volume;
        const [plain, compiled] = both(() => resampleVolume(image, target, 'bspline'));
        expect(Array.from(compiled.data)).toEqual(Array.from(plain.data));
      },
    ),
  );
});
