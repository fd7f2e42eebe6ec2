import { createRandom, type FeatureTable, selectRows } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { classifiers } from './index.ts';

const N = 60;
const random = createRandom(11, 'contract');
const outcomes = Array.from({ length: N }, (_, row): 0 | 1 => (row % 3 === 0 ? 1 : 0));
const table: FeatureTable = {
  ids: Array.from({ length: N }, (_, row) => `p${row}`),
  names: ['signal', 'noise'],
  columns: [
    Float64Array.from(outcomes, (outcome) => random.normal() + 1.5 * outcome),
    Float64Array.from(outcomes, () => random.normal()),
  ],
};

describe.each(classifiers.map((one) => [one.name, one] as const))('classifier %s', (name, classifier) => {
  const options = classifier.options.parse({});
  const fit = (own = table, of: readonly (0 | 1)[] = outcomes) =>
    classifier.fit(own, of, options, createRandom(3, 'fit'));

  it('gives probabilities, one per row, that follow the signal', () => {
    const fitted = fit();
    expect(fitted).toMatchObject({ classifier: name, rows: table.ids, input: table.names });
    const probabilities = classifier.predictProba(fitted, table);
    expect(probabilities).toHaveLength(N);
    for (const value of probabilities) expect(value >= 0 && value <= 1).toBe(true);
    const mean = (event: 0 | 1): number => {
      const own = [...probabilities].filter((_, row) => outcomes[row] === event);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    };
    expect(mean(1)).toBeGreaterThan(mean(0) + 0.1);
  });
  it('is the same when fitted again, and after JSON', () => {
    const fitted = fit();
    expect(fit()).toEqual(fitted);
    expect(classifier.predictProba(JSON.parse(JSON.stringify(fitted)), table)).toEqual(
      classifier.predictProba(fitted, table),
    );
  });
  it('scores a row the same alone and among others, by name of the columns', () => {
    const fitted = fit();
    const turned: FeatureTable = {
      ids: table.ids,
      names: ['noise', 'signal'],
      columns: [table.columns[1]!, table.columns[0]!],
    };
    expect(classifier.predictProba(fitted, turned)).toEqual(classifier.predictProba(fitted, table));
    expect(classifier.predictProba(fitted, selectRows(table, ['p9']))[0]).toBe(
      classifier.predictProba(fitted, table)[9],
    );
  });
  it('refuses one class', () => {
    expect(() =>
      fit(
        table,
        outcomes.map(() => 1),
      ),
    ).toThrow(/outcome|class/);
  });
  it('refuses a value that is not a finite number, and names the column', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const columns = [table.columns[0]!, table.columns[1]!.map((value, row) => (row === 4 ? bad : value))];
      expect(() => fit({ ...table, columns })).toThrow(/noise.*finite/);
    }
  });
  it('bears constant and repeated predictors, and outcomes that are separated', () => {
    const awkward: FeatureTable = {
      ids: table.ids,
      names: ['apart', 'again', 'constant'],
      columns: [
        Float64Array.from(outcomes, (outcome, row) => 4 * outcome + 0.01 * row),
        Float64Array.from(outcomes, (outcome, row) => 4 * outcome + 0.01 * row),
        new Float64Array(N).fill(0.1),
      ],
    };
    const probabilities = classifier.predictProba(fit(awkward), awkward);
    expect(probabilities.every((value) => value >= 0 && value <= 1)).toBe(true);
    const lowestEvent = Math.min(...probabilities.filter((_, row) => outcomes[row] === 1));
    const highestOther = Math.max(...probabilities.filter((_, row) => outcomes[row] === 0));
    expect(lowestEvent).toBeGreaterThanOrEqual(highestOther);
  });
  it('bears no predictors: the rate for everyone', () => {
    const empty: FeatureTable = { ids: table.ids, names: [], columns: [] };
    for (const value of classifier.predictProba(fit(empty), empty)) expect(value).toBeCloseTo(1 / 3, 10);
  });
});
