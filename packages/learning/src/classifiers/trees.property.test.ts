import { createRandom, type FeatureTable, isSentinodeError } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestDifference } from '../testing/reference-tables.ts';
import { resolveClassifier } from './index.ts';
import { binColumn } from './lightgbm/bins.ts';
import { nextUp } from './lightgbm/constants.ts';

interface Rows {
  readonly table: FeatureTable;
  readonly outcomes: readonly (0 | 1)[];
}

/** Random rows with a signal in the first column; `step` above 0 rounds the values, which makes ties. */
function rowsOf(seed: number, n = 60, p = 3, step = 0): Rows {
  const random = createRandom(seed, 'rows');
  const outcomes = Array.from({ length: n }, (_, row): 0 | 1 => (row % 3 === 0 ? 1 : 0));
  const round = (value: number): number => (step > 0 ? Math.round(value / step) * step : value);
  return {
    outcomes,
    table: {
      ids: outcomes.map((_, row) => `p${row}`),
      names: Array.from({ length: p }, (_, j) => `c${j}`),
      columns: Array.from({ length: p }, (_, j) =>
        Float64Array.from(outcomes, (outcome) => round(random.normal() + (j === 0 ? outcome : 0))),
      ),
    },
  };
}
const mapColumns = (
  table: FeatureTable,
  change: (column: Float64Array, j: number) => Float64Array,
): FeatureTable => ({ ...table, columns: table.columns.map(change) });

/** Few trees whose leaves are large enough that no ties between columns decide. */
const settings: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['lightgbm', { n_estimators: 8, min_child_samples: 5 }],
  ['gradient-boosting', { n_estimators: 8, min_samples_leaf: 8 }],
  ['adaboost', { n_estimators: 8 }],
  ['adaboost', { n_estimators: 8, algorithm: 'SAMME', estimator: { max_depth: 2, min_samples_leaf: 5 } }],
];

describe.each(settings)('%s %j', (name, given) => {
  const { classifier, options } = resolveClassifier({ [name]: given });
  const fit = ({ table, outcomes }: Rows) => classifier.fit(table, outcomes, options, createRandom(1));
  const scores = (rows: Rows, scored = rows.table): Float64Array =>
    classifier.predictProba(fit(rows), scored);
  const seeds = fc.integer({ min: 1, max: 1000 });

  it('is not moved by scaling with powers of two', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: -3, max: 20 }), (seed, power) => {
        const rows = rowsOf(seed);
        const scaled = mapColumns(rows.table, (column) => column.map((value) => value * 2 ** power));
        expect(scores({ ...rows, table: scaled })).toEqual(scores(rows));
      }),
      { numRuns: 10 },
    );
  });
  it('is not moved by a constant column, nor by a column given twice', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const rows = rowsOf(seed);
        const { names, columns } = rows.table;
        const more: FeatureTable = {
          ...rows.table,
          names: [...names, 'constant', 'again'],
          columns: [...columns, new Float64Array(columns[0]!.length).fill(7), columns[0]!],
        };
        expect(scores({ ...rows, table: more })).toEqual(scores(rows));
      }),
      { numRuns: 10 },
    );
  });
  it('is the same when the outcome and its complement change places', () => {
    const rows = rowsOf(5, 90);
    const turned = scores({
      ...rows,
      outcomes: rows.outcomes.map((outcome): 0 | 1 => (outcome === 1 ? 0 : 1)),
    });
    expect(
      largestDifference(
        scores(rows),
        turned.map((value) => 1 - value),
      ),
    ).toBeLessThan(1e-6);
  });
  it('turns over with the columns', () => {
    const rows = rowsOf(8, 90);
    const turned: FeatureTable = {
      ...rows.table,
      names: rows.table.names.toReversed(),
      columns: rows.table.columns.toReversed(),
    };
    expect(largestDifference(scores({ ...rows, table: turned }), scores(rows))).toBeLessThan(1e-12);
  });
  it('gives everyone the same where nothing can be split, and says so', () => {
    const rows = rowsOf(3);
    const constant = mapColumns(rows.table, (column) => column.map(() => 2));
    const fitted = fit({ ...rows, table: constant });
    expect(new Set(classifier.predictProba(fitted, constant)).size).toBe(1);
    expect(fitted.notes?.join()).toMatch(/split/);
  });
  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    'refuses %d, in fit and in predict',
    (bad) => {
      const rows = rowsOf(4);
      const broken = mapColumns(rows.table, (column, j) =>
        j === 1 ? column.map((value, row) => (row === 2 ? bad : value)) : column,
      );
      for (const attempt of [() => fit({ ...rows, table: broken }), () => scores(rows, broken)]) {
        let caught: unknown;
        try {
          attempt();
        } catch (error) {
          caught = error;
        }
        expect(isSentinodeError(caught) && caught.code).toBe('not-finite');
        expect(String((caught as Error).message)).toMatch(/"c1".*row 3/);
      }
    },
  );
  it('refuses an unknown option with the nearest name, and a value that is not allowed', () => {
    expect(() => resolveClassifier({ [name]: { learning_rat: 0.1 } })).toThrow(/learning_rate/);
    expect(() => resolveClassifier({ [name]: { n_estimators: 0 } })).toThrow(/n_estimators/);
  });
});

describe('limits and fallbacks', () => {
  const fitted = (declared: Readonly<Record<string, Readonly<Record<string, unknown>>>>, rows: Rows) => {
    const { classifier, options } = resolveClassifier(declared);
    return classifier.fit(rows.table, rows.outcomes, options, createRandom(1));
  };
  it('refuses values beyond 32-bit floats in trees that compare in them', () => {
    const rows = rowsOf(1);
    const large = { ...rows, table: mapColumns(rows.table, (column) => column.map((value) => value * 1e39)) };
    for (const name of ['gradient-boosting', 'adaboost'])
      expect(() => fitted({ [name]: {} }, large)).toThrow(/"c0".*32-bit/);
    expect(() => fitted({ lightgbm: {} }, large)).not.toThrow();
  });
  it('gives the rate of events with fewer rows than LightGBM needs for two leaves', () => {
    const rows = rowsOf(1, 39);
    const model = fitted({ lightgbm: {} }, rows);
    const { classifier } = resolveClassifier('lightgbm');
    for (const value of classifier.predictProba(model, rows.table)) expect(value).toBeCloseTo(1 / 3, 12);
    expect(model.notes?.[0]).toMatch(/min_child_samples 20, 39 training patients/);
  });
  it('says which columns LightGBM left out', () => {
    const rows = rowsOf(1);
    const rare = mapColumns(rows.table, (column, j) =>
      j === 2 ? column.map((_, row) => (row < 3 ? 1 : 0)) : column,
    );
    expect(fitted({ lightgbm: {} }, { ...rows, table: rare }).notes?.[0]).toMatch(/left out.*: c2$/);
  });
  it('stops SAMME with a clear sentence when its first tree is no better than chance', () => {
    const rows = rowsOf(1, 64);
    const even = rows.outcomes.map((_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
    const constant = mapColumns(rows.table, (column) => column.fill(1));
    expect(() => fitted({ adaboost: { algorithm: 'SAMME' } }, { table: constant, outcomes: even })).toThrow(
      /no better than chance.*SAMME\.R/,
    );
  });
  it('stops boosting when a tree makes no error, and notes it', () => {
    const rows = rowsOf(1);
    const told = mapColumns(rows.table, (column, j) => (j === 0 ? Float64Array.from(rows.outcomes) : column));
    for (const algorithm of ['SAMME', 'SAMME.R']) {
      const model = fitted({ adaboost: { algorithm } }, { ...rows, table: told });
      expect((model.state as { trees: unknown[] }).trees).toHaveLength(1);
      expect(model.notes?.[0]).toMatch(/no error/);
    }
  });
  it.each([
    ['gradient-boosting', { n_iter_no_change: 3, n_estimators: 200 }],
    ['lightgbm', { early_stopping_round: 3, n_estimators: 200, min_child_samples: 5 }],
  ])('%s stops early by rows held out, the same with the same generator', (name, given) => {
    const rows = rowsOf(6, 120);
    const model = fitted({ [name]: given }, rows);
    const { trees, heldOutLoss } = model.state as { trees: unknown[]; heldOutLoss: number[] };
    expect(trees.length).toBeLessThan(200);
    expect(heldOutLoss.length).toBeGreaterThanOrEqual(trees.length);
    expect(model.rows).toEqual(rows.table.ids);
    expect(model.notes?.join()).toMatch(/on 12 training patients held out/);
    expect(fitted({ [name]: given }, rows)).toEqual(model);
    expect(() => fitted({ [name]: given }, rowsOf(6, 5))).toThrow(/one part would lack an outcome/);
  });
  it('draws other rows and columns with another generator, and the same with the same', () => {
    const rows = rowsOf(7, 80, 6);
    const { classifier, options } = resolveClassifier({
      'gradient-boosting': { subsample: 0.6, max_features: 2, n_estimators: 5 },
    });
    const fit = (seed: number) => classifier.fit(rows.table, rows.outcomes, options, createRandom(seed));
    expect(fit(1)).toEqual(fit(1));
    expect(fit(1).state).not.toEqual(fit(2).state);
  });
});

describe('LightGBM bins', () => {
  it('put every value at or below its bound, rows near evenly, zero in its own bin', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constant(0), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), {
          minLength: 2,
          maxLength: 200,
        }),
        fc.integer({ min: 2, max: 40 }),
        fc.integer({ min: 1, max: 8 }),
        (values, maxBin, minDataInBin) => {
          const column = Float64Array.from(values);
          const binned = binColumn(column, { maxBin, minDataInBin, minSplitData: 0 });
          if (binned === undefined) return;
          const { upperBounds, bins } = binned;
          expect(upperBounds.length).toBeLessThanOrEqual(maxBin);
          expect(upperBounds.at(-1)).toBe(Number.POSITIVE_INFINITY);
          column.forEach((value, row) => {
            const bin = bins[row]!;
            expect(value <= upperBounds[bin]!).toBe(true);
            if (bin > 0) expect(value > upperBounds[bin - 1]!).toBe(true);
          });
          upperBounds.forEach((bound, bin) => {
            if (bin > 0) expect(bound > upperBounds[bin - 1]!).toBe(true);
          });
        },
      ),
      { numRuns: 200 },
    );
  });
  it('steps to the next double', () => {
    expect(nextUp(1)).toBe(1 + 2 ** -52);
    expect(nextUp(-1)).toBe(-1 + 2 ** -53);
    expect(nextUp(0)).toBe(Number.MIN_VALUE);
    expect(nextUp(-Number.MIN_VALUE)).toBe(-0);
    expect(nextUp(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
