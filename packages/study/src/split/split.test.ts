import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSplit } from './split.ts';

const patients = (n: number, events: number) =>
  Array.from({ length: n }, (_, index) => ({ id: `P${index}`, outcome: (index < events ? 1 : 0) as 0 | 1 }));
const validation = (split: Map<string, string>) =>
  [...split].filter(([, cohort]) => cohort === 'validation').map(([id]) => id);

describe('randomSplit', () => {
  it('gives 177 and 77 of 254 patients at 30 %', () => {
    expect(validation(randomSplit(patients(254, 144), 0.3, 18, false))).toHaveLength(77);
  });
  it('depends on the seed and on nothing else', () => {
    const rows = patients(60, 30);
    expect(randomSplit(rows, 0.3, 18, false)).toEqual(randomSplit(rows, 0.3, 18, false));
    expect(randomSplit(rows, 0.3, 18, false)).not.toEqual(randomSplit(rows, 0.3, 19, false));
  });
  it('keeps the share of events within one patient when stratified, and the number of places always', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 300 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.boolean(),
        (n, share, seed, stratify) => {
          const events = Math.round(n * share);
          const chosen = validation(randomSplit(patients(n, events), 0.3, seed, stratify));
          expect(chosen).toHaveLength(Math.ceil(0.3 * n - 1e-9));
          if (stratify) {
            const among = chosen.filter((id) => Number(id.slice(1)) < events).length;
            expect(Math.abs(among - (chosen.length * events) / n)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });
});
