import { createRandom, symmetricEigen } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { largestAcross } from './largest-eigenvalue.ts';
import { maximalCorrelation } from './maximal-correlation.ts';

/** Symmetric counts of neighbours in a random walk over levels: joined, and mostly empty. */
function probabilities(levels: number, pairs: number, seed: number): Float64Array {
  const random = createRandom(seed);
  const p = new Float64Array(levels * levels);
  let at = 0;
  for (let k = 0; k < pairs; k++) {
    const next =
      k < levels
        ? (at + 1) % levels
        : Math.max(0, Math.min(levels - 1, Math.round(at + 0.1 * levels * random.normal())));
    p[at * levels + next]! += 1;
    p[next * levels + at]! += 1;
    at = next;
  }
  const total = p.reduce((sum, value) => sum + value, 0);
  return p.map((value) => value / total);
}

const margin = (p: Float64Array, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => p.subarray(i * n, i * n + n).reduce((sum, one) => sum + one, 0));

/** All eigenvalues of M M' with M = p / sqrt(px py). */
function dense(p: Float64Array, n: number): number[] {
  const px = margin(p, n);
  const m = p.map((value, at) => value / Math.sqrt(px[Math.floor(at / n)]! * px[at % n]!));
  const product = new Float64Array(n * n);
  for (let a = 0; a < n; a++)
    for (let b = 0; b < n; b++)
      for (let k = 0; k < n; k++) product[a * n + b]! += m[a * n + k]! * m[b * n + k]!;
  return [...symmetricEigen(product, n).values];
}

describe('maximal correlation of many levels', () => {
  it.each([
    [80, 900, 1],
    [120, 400, 2],
    [200, 6000, 3],
  ])('%i levels, %i pairs: the second of all eigenvalues', (levels, pairs, seed) => {
    const p = probabilities(levels, pairs, seed);
    const px = margin(p, levels);
    const [first, second] = dense(p, levels);
    expect(first).toBeCloseTo(1, 12);
    const found = maximalCorrelation(p, px, px, levels);
    // what eps changes is of the order of 1e-12 where levels are rare
    expect(Math.abs(found * found - second!)).toBeLessThan(1e-11);
    expect(maximalCorrelation(p, px, px, levels)).toBe(found);
  });
  it('of a thousand levels takes no longer than their matrix is worth', () => {
    const p = probabilities(1000, 8000, 4);
    const px = margin(p, 1000);
    const start = performance.now();
    expect(maximalCorrelation(p, px, px, 1000)).toBeGreaterThan(0.5);
    // all eigenvalues of this size take ten seconds and more
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('largest eigenvalue across a known vector', () => {
  it('is the second of a diagonal matrix, with its vector', () => {
    const diagonal = Float64Array.from({ length: 30 }, (_, k) => 1 / (1 + k));
    const known = Float64Array.from(diagonal, (_, k) => (k === 0 ? 1 : 0));
    const { value, vector } = largestAcross(known, (x) => x.map((one, k) => one * diagonal[k]!));
    expect(value).toBeCloseTo(0.5, 13);
    expect(Math.abs(vector[1]!)).toBeCloseTo(1, 12);
  });
  it('is 0 where the rest of the matrix is', () => {
    const known = Float64Array.from([0.6, 0.8, 0]);
    const one = (x: Float64Array): Float64Array => {
      const along = x[0]! * 0.6 + x[1]! * 0.8;
      return known.map((part) => part * along);
    };
    expect(Math.abs(largestAcross(known, one).value)).toBeLessThan(1e-14);
  });
});
