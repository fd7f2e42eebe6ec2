import { createRandom, type Random } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainedEquations, completeRow, type ImputationSettings } from './chained-equations.ts';
import { pooledTest, poolRubin } from './rubin.ts';
import type { ImputedVariable } from './variables.ts';

const settings: ImputationSettings = { imputations: 3, iterations: 3, donors: 5, continuous: 'pmm' };

/** A cohort with gaps: a number, its duplicate, a constant, two factors of which one follows the other, an outcome. */
function cohort(
  random: Random,
  n: number,
  gaps: number,
): { variables: ImputedVariable[]; outcomes: number[] } {
  const holed = (values: number[]): Float64Array =>
    Float64Array.from(values, (value, row) => (row > 3 && random.uniform() < gaps ? Number.NaN : value));
  const marker = Array.from({ length: n }, () => random.normal());
  const grade = marker.map((value, row) => (row < 3 ? row : value > 0.5 ? 2 : value > -0.5 ? 1 : 0));
  return {
    variables: [
      { name: 'marker', kind: 'continuous', values: holed(marker) },
      { name: 'copy', kind: 'continuous', values: holed(marker) },
      { name: 'constant', kind: 'continuous', values: holed(marker.map(() => 4)) },
      { name: 'grade', kind: 'factor', levels: ['a', 'b', 'c', 'never'], values: holed(grade) },
      {
        name: 'high',
        kind: 'factor',
        levels: ['no', 'yes'],
        values: holed(grade.map((g) => (g > 1 ? 1 : 0))),
      },
    ],
    outcomes: marker.map((value) => (value + random.normal() > 0 ? 1 : 0)),
  };
}

describe('chained equations', () => {
  it('leave known cells, fill every gap with a value that was seen, and are a function of the seed', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 8, max: 40 }), fc.boolean(), (seed, n, withOutcome) => {
        const { variables, outcomes } = cohort(createRandom(seed), n, 0.3);
        const run = () =>
          chainedEquations(variables, withOutcome ? outcomes : null, settings, createRandom(seed, 'draws'));
        const { completed, fitted } = run();
        expect(run()).toEqual({ completed, fitted });
        expect(fitted.chains).toHaveLength(withOutcome ? 0 : settings.imputations);
        for (const set of completed)
          variables.forEach(({ values }, k) => {
            const seen = new Set(values.filter((value) => !Number.isNaN(value)));
            values.forEach((value, row) => {
              if (Number.isNaN(value)) expect(seen).toContain(set[k]![row]);
              else expect(set[k]![row]).toBe(value);
            });
          });
      }),
      { numRuns: 25 },
    );
  });

  it('complete new rows from their JSON alone, known values untouched', () => {
    const { variables } = cohort(createRandom(5), 60, 0.2);
    const { fitted } = chainedEquations(variables, null, settings, createRandom(6));
    const again = JSON.parse(JSON.stringify(fitted)) as typeof fitted;
    const row = [0.3, Number.NaN, Number.NaN, Number.NaN, 1];
    for (let j = 0; j < settings.imputations; j++) {
      const completed = completeRow(fitted, row, j, createRandom(9, String(j)));
      expect(completeRow(again, row, j, createRandom(9, String(j)))).toEqual(completed);
      expect([completed[0], completed[4]]).toEqual([0.3, 1]);
      expect(completed[2]).toBe(4);
      expect([0, 1, 2]).toContain(completed[3]);
    }
  });

  it('recover a value that the others determine', () => {
    const random = createRandom(3);
    const base = Float64Array.from({ length: 80 }, () => random.normal());
    const double = base.map((value, row) => (row % 4 === 0 ? Number.NaN : 2 * value));
    const { completed } = chainedEquations(
      [
        { name: 'base', kind: 'continuous', values: base },
        { name: 'double', kind: 'continuous', values: double },
      ],
      null,
      { ...settings, continuous: 'linear' },
      createRandom(4),
    );
    for (const set of completed)
      set[1]!.forEach((value, row) => expect(value).toBeCloseTo(2 * base[row]!, 6));
  });

  it('refuse a variable without any value, by name', () => {
    const empty: ImputedVariable = {
      name: 'er',
      kind: 'continuous',
      values: new Float64Array(5).fill(Number.NaN),
    };
    expect(() => chainedEquations([empty], null, settings, createRandom(1))).toThrow(
      /er has no value in any of 5/,
    );
  });
});

describe("Rubin's rules", () => {
  it('add nothing where the estimates agree, and everything where nothing is known within', () => {
    const same = poolRubin([2, 2, 2], [0.5, 0.5, 0.5]);
    expect(same).toMatchObject({ estimate: 2, between: 0, total: 0.5, riv: 0, lambda: 0 });
    expect(poolRubin([1, 3], [0, 0])).toMatchObject({ lambda: 1, fmi: 1 });
    expect(pooledTest(same).ci[0]).toBeCloseTo(2 - 1.96 * Math.sqrt(0.5), 2);
  });
  it('need two data sets', () => {
    expect(() => poolRubin([1], [1])).toThrow(/at least two/);
  });
});
