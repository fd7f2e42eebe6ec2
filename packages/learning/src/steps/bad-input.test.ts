import { createRandom, type FeatureTable, isSentinodeError } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { type DeclaredStep, fitSteps, resolveStep } from '../pipeline/steps.ts';
import { steps } from './index.ts';

const N = 30;
const outcomes = Array.from({ length: N }, (_, row): 0 | 1 => (row % 3 === 0 ? 1 : 0));

function tableOf(columns: readonly Float64Array[]): FeatureTable {
  return {
    ids: Array.from({ length: columns[0]?.length ?? N }, (_, row) => `p${row}`),
    names: columns.map((_, j) => `c${j}`),
    columns,
  };
}
function noise(rows: number, count: number): Float64Array[] {
  const random = createRandom(11, 'bad input');
  return Array.from({ length: count }, () => Float64Array.from({ length: rows }, () => random.normal()));
}
/** Three columns, the first of which knows the outcome. */
const usual = tableOf(
  noise(N, 3).map((column, j) => column.map((v, row) => v + (j === 0 ? 2 * outcomes[row]! : 0))),
);

/** Fits a step; the readers are the table itself. @returns the fit, or the error it threw */
function attempt(declared: DeclaredStep, table: FeatureTable, of: readonly (0 | 1)[]) {
  try {
    const { steps: fitted, output } = fitSteps([declared], table, {
      outcomes: of,
      readers: [table, table],
      random: createRandom(1),
    });
    return { fitted: fitted[0]!, output };
  } catch (error) {
    if (!isSentinodeError(error)) throw error;
    return { error };
  }
}
type Attempt = ReturnType<typeof attempt>;

/** A refusal is a coded sentence; a fit has finite numbers, and says what it did. */
function expectRefusalOrResult(found: Attempt): void {
  if (found.error !== undefined) {
    expect(found.error.message).toMatch(/^[A-Z"].{20,}/s);
    expect(found.error.message).not.toMatch(/undefined|\[object|NaN columns/);
    return;
  }
  expect(found.fitted.note.length).toBeGreaterThan(5);
  for (const column of found.output.columns) expect(column.every(Number.isFinite)).toBe(true);
  expect(JSON.stringify(found.fitted.state ?? null)).not.toMatch(/NaN|Infinity/);
}

/** Steps that look at the outcome cannot learn from one class. */
const supervised = [
  'lasso',
  'mann-whitney',
  'logistic-lasso',
  'l1-logistic',
  'univariate',
  'mrmr',
  'stability-selection',
];

describe.each(steps.map((step) => [step.name]))('step %s with bad input', (name) => {
  it('refuses, or is not concerned by, outcomes of one class', () => {
    for (const value of [0, 1] as const) {
      const found = attempt(
        name,
        usual,
        outcomes.map(() => value),
      );
      expectRefusalOrResult(found);
      if (supervised.includes(name)) expect(found.error?.code).toBe('one-class');
    }
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY])('names the column that holds %s, or drops it', (bad) => {
    const table = tableOf(
      usual.columns.map((column, j) => (j === 1 ? column.map((v, row) => (row === 4 ? bad : v)) : column)),
    );
    const found = attempt(name, table, outcomes);
    if (found.error !== undefined) {
      expect(found.error.code).toBe('not-finite');
      expect(found.error.message).toContain('c1');
    } else {
      expect(found.fitted.output).not.toContain('c1');
      for (const column of found.output.columns) expect(column.every(Number.isFinite)).toBe(true);
    }
  });
  it('bears a table without columns', () => {
    const found = attempt(name, { ids: usual.ids, names: [], columns: [] }, outcomes);
    expectRefusalOrResult(found);
    if (found.error === undefined) expect(found.output.names).toEqual([]);
  });
  it('bears columns that are all constant, and columns that repeat one another', () => {
    expectRefusalOrResult(
      attempt(name, tableOf([1, 2, 3].map((v) => new Float64Array(N).fill(v))), outcomes),
    );
    const [first] = usual.columns;
    expectRefusalOrResult(attempt(name, tableOf([first!, first!, first!.map((v) => 2 * v)]), outcomes));
  });
  it('bears outcomes that a column separates', () => {
    const separating = Float64Array.from(outcomes, (outcome, row) => outcome + row / 1000);
    expectRefusalOrResult(attempt(name, tableOf([separating, ...noise(N, 2)]), outcomes));
  });
  it('refuses, or works with, fewer patients than folds and a single event', () => {
    for (const rows of [2, 3, 6]) {
      const table = tableOf(noise(rows, 3));
      expectRefusalOrResult(
        attempt(
          name,
          table,
          table.ids.map((_, row): 0 | 1 => (row === 0 ? 1 : 0)),
        ),
      );
    }
  });
  it('bears far more columns than patients', () => {
    expectRefusalOrResult(attempt(name, tableOf(noise(12, 60)), outcomes.slice(0, 12)));
  });
  it('names an unknown option and the nearest known one', () => {
    expect(() => resolveStep({ [name]: { thresholdd: 1 } })).toThrow(/thresholdd/);
  });
});
