import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderCurve, auc } from './auc.ts';

test('the area alone is the area with its interval', () => {
  const score = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(score, fc.boolean()), { minLength: 2, maxLength: 60 }), (rows) => {
      const outcomes = rows.map(([, event]): 0 | 1 => (event ? 1 : 0));
      fc.pre(new Set(outcomes).size === 2);
      const scores = rows.map(([value]) => value);
      expect(areaUnderCurve(scores, outcomes)).toBe(auc(scores, outcomes).auc);
    }),
  );
});
