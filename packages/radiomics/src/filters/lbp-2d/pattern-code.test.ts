import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternCode } from './pattern-code.ts';

const textureOf = (bits: readonly number[]): Float64Array => Float64Array.from(bits, (bit) => (bit ? 5 : -5));
const turned = <T>(values: readonly T[], by: number): T[] => [...values.slice(by), ...values.slice(0, by)];
const patterns = fc.array(fc.constantFrom(0, 1), { minLength: 3, maxLength: 12 });

describe('codes of local binary patterns', () => {
  it('number patterns by their bits', () => {
    expect(patternCode('default', 4)(textureOf([1, 0, 1, 1]), 0)).toBe(1 + 4 + 8);
    expect(patternCode('uniform', 4)(textureOf([1, 0, 1, 1]), 0)).toBe(3);
    expect(patternCode('uniform', 4)(textureOf([1, 0, 1, 0]), 0)).toBe(5);
    expect(patternCode('ror', 4)(textureOf([0, 0, 1, 1]), 0)).toBe(3);
  });
  it('do not change when the circle is turned, except where turning is what they tell', () => {
    fc.assert(
      fc.property(patterns, fc.nat(11), (bits, by) => {
        const other = turned(bits, by % bits.length);
        for (const method of ['ror', 'uniform'] as const) {
          const code = patternCode(method, bits.length);
          expect(code(textureOf(other), 0)).toBe(code(textureOf(bits), 0));
        }
      }),
    );
  });
  it('give each turned uniform pattern its own number in nri_uniform, and one to all others', () => {
    const samples = 8;
    const code = patternCode('nri_uniform', samples);
    const found = new Map<number, number>();
    for (let pattern = 0; pattern < 256; pattern++) {
      const bits = Array.from({ length: samples }, (_, k) => (pattern >> k) & 1);
      const number = code(textureOf(bits), 0);
      found.set(number, (found.get(number) ?? 0) + 1);
    }
    // P (P - 1) + 2 uniform patterns one by one, and one number for the rest
    expect([...found.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 59 }, (_, k) => k));
    expect(found.get(58)).toBe(256 - 58);
  });
  it('have no variance where neighbours are equal, unless rounding leaves some (as scikit-image 0.26)', () => {
    expect(patternCode('var', 8)(new Float64Array(8).fill(5), 0)).toBeNaN();
    expect(patternCode('var', 8)(new Float64Array(8).fill(0.1), 0)).toBe(3.469446951953614e-18);
  });
});
