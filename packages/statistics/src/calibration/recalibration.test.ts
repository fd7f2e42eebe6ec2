import { createRandom } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rocBand, sensitivityAt } from '../roc/band.ts';
import { calibration, recalibration } from './calibration.ts';

describe('recalibration', () => {
  it('is the slope and intercept of calibration', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 12, max: 80 }), (seed, n) => {
        const random = createRandom(seed, 'recalibration');
        const outcomes = Array.from({ length: n }, (_, i): 0 | 1 => (i % 3 === 0 ? 1 : 0));
        const p = outcomes.map((outcome) => 0.02 + 0.9 * random.uniform() + 0.06 * outcome);
        const whole = (): { slope: number; intercept: number } => {
          const { slope, intercept } = calibration(p, outcomes);
          return { slope: slope.value, intercept: intercept.value };
        };
        const [alone, both] = [recalibration(p, outcomes), whole()];
        for (const key of ['slope', 'intercept'] as const)
          expect(Math.abs(alone[key] - both[key])).toBeLessThan(1e-9 * (1 + Math.abs(both[key])));
      }),
      { numRuns: 40 },
    );
  });
  it('refuses what calibration refuses', () => {
    for (const p of [
      [0.1, 0.2, 0.8, 0.9],
      [0.5, 0.5, 0.5, 0.5],
    ]) {
      expect(() => recalibration(p, [0, 0, 1, 1])).toThrow(/separate|same/);
      expect(() => calibration(p, [0, 0, 1, 1])).toThrow(/separate|same/);
    }
  });
});

describe('band of a ROC curve', () => {
  it('lies around the curve, and reads resamples as the curve itself is read', () => {
    const random = createRandom(3, 'band');
    const outcomes = Array.from({ length: 60 }, (_, i): 0 | 1 => (i % 2 === 0 ? 1 : 0));
    // ties among the scores
    const scores = outcomes.map((outcome) => Math.round(6 * random.uniform() + 2 * outcome));
    const at = [0, 0.1, 0.35, 0.5, 0.8, 1];
    const band = rocBand(scores, outcomes, at, createRandom(1, 'draws'), 400);
    const own = sensitivityAt(scores, outcomes);
    at.forEach((specificity, k) => {
      expect(band.low[k]).toBeLessThanOrEqual(own(specificity) + 1e-12);
      expect(band.high[k]).toBeGreaterThanOrEqual(own(specificity) - 1e-12);
    });
    // one resample is one curve: both limits are its sensitivity
    const single = rocBand(scores, outcomes, at, createRandom(1, 'draws'), 1);
    const events = outcomes.flatMap((outcome, i) => (outcome === 1 ? [i] : []));
    const others = outcomes.flatMap((outcome, i) => (outcome === 0 ? [i] : []));
    const draws = createRandom(1, 'draws');
    const drawn = [...events.map(() => events), ...others.map(() => others)].map(
      (stratum) => stratum[draws.integer(stratum.length)]!,
    );
    const resample = sensitivityAt(
      drawn.map((i) => scores[i]!),
      drawn.map((_, i) => (i < events.length ? 1 : 0)),
    );
    at.forEach((specificity, k) => {
      expect(single.low[k]).toBeCloseTo(resample(specificity), 12);
    });
  });
});
