import { cos, createRandom, sin } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { type Complex, fastLength, fourier } from './fourier.ts';

const random = createRandom(5);
const noise = (n: number): Complex => ({
  re: Float64Array.from({ length: n }, () => random.uniform() - 0.5),
  im: Float64Array.from({ length: n }, () => random.uniform() - 0.5),
});

/** The definition, term by term. */
function defined({ re, im }: Complex): Complex {
  const n = re.length;
  const out = { re: new Float64Array(n), im: new Float64Array(n) };
  for (let f = 0; f < n; f++) {
    for (let k = 0; k < n; k++) {
      const angle = (-2 * Math.PI * ((f * k) % n)) / n;
      out.re[f]! += re[k]! * cos(angle) - im[k]! * sin(angle);
      out.im[f]! += re[k]! * sin(angle) + im[k]! * cos(angle);
    }
  }
  return out;
}

describe('fourier', () => {
  it.each([1, 2, 3, 4, 5, 6, 8, 12, 30, 64, 67, 197, 201, 204])('length %i equals its definition', (n) => {
    const data = noise(n);
    const expected = defined(data);
    fourier(data, [n, 1, 1], 'forward');
    for (let k = 0; k < n; k++) {
      expect(Math.abs(data.re[k]! - expected.re[k]!)).toBeLessThan(1e-11);
      expect(Math.abs(data.im[k]! - expected.im[k]!)).toBeLessThan(1e-11);
    }
  });

  it('returns in three dimensions what it was given', () => {
    const size = [6, 10, 7] as const;
    const data = noise(420);
    const before = Float64Array.from(data.re);
    fourier(data, size, 'forward');
    fourier(data, size, 'inverse');
    for (let k = 0; k < 420; k++) expect(Math.abs(data.re[k]! - before[k]!)).toBeLessThan(1e-14);
  });

  it('sums along the axes asked for only', () => {
    const data = { re: new Float64Array(24).fill(1), im: new Float64Array(24) };
    fourier(data, [2, 3, 4], 'forward', [1]);
    expect(Array.from(data.re.subarray(0, 6))).toEqual([
      3,
      3,
      expect.closeTo(0),
      expect.closeTo(0),
      expect.closeTo(0),
      expect.closeTo(0),
    ]);
  });

  it('finds the next fast length', () => {
    expect([1, 7, 11, 197, 243].map(fastLength)).toEqual([1, 8, 12, 200, 243]);
  });
});
