import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discretise } from './discretise.ts';

describe('grey levels', () => {
  it('have edges at multiples of the width; a value on an edge belongs to the upper bin', () => {
    const { bins, highest } = discretise([-30, -25, -1, 0, 24.9, 25, 60], { binWidth: 25 });
    expect([...bins]).toEqual([1, 2, 2, 3, 3, 4, 5]);
    expect(highest).toBe(5);
  });
  it('of a fixed count hold the largest value in the last bin, and a flat region in one', () => {
    expect([...discretise([0, 1, 2, 3, 4], { binCount: 4 }).bins]).toEqual([1, 2, 3, 4, 4]);
    expect(new Set(discretise([7, 7, 7], { binCount: 4 }).bins).size).toBe(1);
  });
  it('begin at 1 and do not fall as values rise', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e4, max: 1e4, noNaN: true }), { minLength: 1, maxLength: 50 }),
        fc.double({ min: 5, max: 100, noNaN: true }),
        (values, binWidth) => {
          const sorted = values.sort((a, b) => a - b);
          const { bins } = discretise(sorted, { binWidth });
          expect(bins[0]).toBe(1);
          for (let i = 1; i < bins.length; i++) expect(bins[i]!).toBeGreaterThanOrEqual(bins[i - 1]!);
        },
      ),
    );
  });
  it('are refused, with the numbers, where un-normalised 16-bit values meet a width of 0.01', () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => i * 65);
    expect(() => discretise(values, { binWidth: 0.01 })).toThrowError(
      /Bin width 0\.01 gives 6493501 grey levels between 0 and 64935.*about 2\.03e\+3/,
    );
  });
});
