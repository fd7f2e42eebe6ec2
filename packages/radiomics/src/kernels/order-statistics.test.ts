import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderStatistics } from './order-statistics.ts';

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -5, max: 5 }).map(Number),
  fc.double({ min: 0, max: 1e-9, noNaN: true }),
);

test('the values at any places are those of the sorted order', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 1, max: 100 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
      (some, times, parts) => {
        // repeated with a small drift, so that there are more values than buckets
        const values = Float64Array.from(
          { length: some.length * times },
          (_, i) => some[i % some.length]! + (i % 7) * 1e-3,
        );
        const places = parts.map((part) => Math.floor(part * (values.length - 1)));
        const sorted = values.slice().sort();
        expect(orderStatistics(values, places)).toEqual(places.map((place) => sorted[place]!));
      },
    ),
  );
});

test('one value far away leaves all others in one bucket', () => {
  const values = Float64Array.from({ length: 5000 }, (_, i) => (i === 17 ? 1e300 : (i * 7919) % 5000));
  expect(orderStatistics(values, [0, 1, 2500, 4998, 4999])).toEqual([0, 1, 2500, 4999, 1e300]);
});
