import { createRandom, type FeatureTable } from '@sentinode/core';
import { auc } from '@sentinode/statistics';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, readJson, reference } from '../../../../reference/locator.ts';
import {
  candidatesOf,
  chooseWithin,
  crossValidate,
  firstBest,
  fitPipeline,
  groupedKFold,
  kFold,
  leaveOneGroupOut,
  nestedFold,
  predictPipeline,
  preparing,
  stratifiedKFold,
} from '../index.ts';

const foldsOf = (test: readonly (readonly number[])[], rows: number): number[] => {
  const fold = new Array<number>(rows).fill(-1);
  test.forEach((own, index) => {
    for (const row of own) fold[row] = index;
  });
  return fold;
};

describe('folds', () => {
  const answers = readJson<{
    kfold: Record<string, number[]>;
    stratified: Record<string, { y: (0 | 1)[]; fold: number[] }>;
  }>(reference('learning', 'folds', 'folds.json'));
  it('are those of scikit-learn where they are not shuffled', () => {
    for (const [name, expected] of Object.entries(answers.kfold)) {
      const [, n, k] = /^n(\d+)_k(\d+)$/.exec(name)!.map(Number);
      expect(foldsOf(kFold(n!, k!), n!), name).toEqual(expected);
    }
    for (const [name, { y, fold }] of Object.entries(answers.stratified)) {
      const k = Number(/_k(\d+)$/.exec(name)![1]);
      expect(foldsOf(stratifiedKFold(y, k), y.length), name).toEqual(fold);
    }
  });
  it('hold every row once, and as many events as the others within one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 5, max: 60 }),
        fc.integer(),
        (a, b, seed) => {
          const random = createRandom(Math.abs(seed), 'folds');
          const outcomes = random.shuffle([...new Array<0>(a).fill(0), ...new Array<1>(b).fill(1)]);
          const test = stratifiedKFold(outcomes, 5, random);
          expect(test.flat().sort((x, y) => x - y)).toEqual(outcomes.map((_, row) => row));
          const events = test.map((rows) => rows.filter((row) => outcomes[row] === 1).length);
          expect(Math.max(...events) - Math.min(...events)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });
  it('never part a group', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 40 }), fc.integer(), (persons, seed) => {
        const random = createRandom(Math.abs(seed), 'groups');
        const groups = Array.from({ length: persons }, (_, person) =>
          new Array<string>(1 + random.integer(3)).fill(`p${person}`),
        ).flat();
        const outcomes = groups.map((): 0 | 1 => (random.uniform() < 0.5 ? 1 : 0));
        const test = groupedKFold(outcomes, groups, 5, random);
        expect(test.flat().sort((x, y) => x - y)).toEqual(groups.map((_, row) => row));
        const where = foldsOf(test, groups.length);
        groups.forEach((group, row) => expect(where[row]).toBe(where[groups.indexOf(group)]));
      }),
    );
  });
  it('leave one centre out', () => {
    expect(leaveOneGroupOut(['A', 'B', 'A', 'C'])).toEqual([
      { group: 'A', test: [0, 2] },
      { group: 'B', test: [1] },
      { group: 'C', test: [3] },
    ]);
    expect(() => leaveOneGroupOut(['A', 'A'])).toThrow(/two centres/);
  });
  it('are refused when an outcome is too rare', () => {
    expect(() => stratifiedKFold([1, 0, 0, 0, 0, 1], 3)).toThrow(/rarer outcome has 2/);
    expect(() => groupedKFold([1, 0, 1], ['a', 'a', 'b'], 3, createRandom(1))).toThrow(/3 folds/);
  });
});

/** scikit-learn: SOURCE.md of the reference allows 1e-6 for the nested fits. */
const TOLERANCE = 1e-6;

describe('nested cross-validation beside scikit-learn', () => {
  const rows = readCsv(reference('learning', 'A_train.csv'));
  const names = Object.keys(rows[0]!).filter((name) => name !== 'y' && name !== 'row');
  const table: FeatureTable = {
    ids: rows.map((_, row) => String(row)),
    names,
    columns: names.map((name) => Float64Array.from(rows, (row) => Number(row[name]))),
  };
  const outcomes = rows.map((row): 0 | 1 => (row.y === '1' ? 1 : 0));
  const expected = readJson<{
    C: number[];
    folds: {
      scoring: string;
      outer: number;
      best_C: number;
      inner_mean_score: number[];
      inner_split_scores: number[][];
      outer_auc: number;
      outer_rows: number[];
      outer_probability: number[];
    }[];
  }>(reference('learning', 'nested', 'nested.json'));
  const assigned = readCsv(reference('learning', 'nested_folds.csv'));
  const candidates = expected.C.map((C) => ({ 'logistic-regression': { C } }));
  const prepare = preparing(['z-score'], { table, outcomes, readers: null });

  it('chooses the same penalty from the same inner AUCs and scores the outer rows the same', () => {
    for (const wanted of expected.folds.filter((fold) => fold.scoring === 'roc_auc')) {
      const test = wanted.outer_rows;
      const train = rows.flatMap((_, row) => (test.includes(row) ? [] : [row]));
      const inner = (own: readonly number[]): number[][] =>
        Array.from({ length: 5 }, (_, fold) =>
          own.flatMap((row, position) =>
            Number(assigned[row]![`inner_when_outer_${wanted.outer}`]) === fold ? [position] : [],
          ),
        );
      const [found] = nestedFold(prepare, candidates, { train, test, outcomes, inner }, createRandom(1));
      expect(found!.chosen).toEqual({ 'logistic-regression': { C: wanted.best_C } });
      found!.choice!.scores.forEach((score, at) => {
        expect(Math.abs(score.mean! - wanted.inner_mean_score[at]!)).toBeLessThan(TOLERANCE);
        score.folds.forEach((value, fold) => {
          expect(Math.abs(value! - wanted.inner_split_scores[fold]![at]!)).toBeLessThan(TOLERANCE);
        });
      });
      found!.probabilities.forEach((value, i) => {
        expect(Math.abs(value - wanted.outer_probability[i]!)).toBeLessThan(TOLERANCE);
      });
      const area = auc(
        found!.probabilities,
        test.map((row) => outcomes[row]!),
      ).auc;
      expect(Math.abs(area - wanted.outer_auc)).toBeLessThan(TOLERANCE);
    }
  });

  it('depends on the seed alone, and learns nothing from the rows it is tested on', () => {
    const inner = (own: readonly number[], random: ReturnType<typeof createRandom>): number[][] =>
      stratifiedKFold(
        own.map((row) => outcomes[row]!),
        3,
        random,
      );
    const train = Array.from({ length: 120 }, (_, row) => row);
    const test = Array.from({ length: 57 }, (_, row) => 120 + row);
    const run = (data: FeatureTable, y: readonly (0 | 1)[]) =>
      nestedFold(
        preparing(['mann-whitney', 'z-score'], { table: data, outcomes: y, readers: null }),
        candidatesOf('logistic-regression').concat({ 'logistic-regression': { C: 0.3 } }),
        { train, test, outcomes: y, inner },
        createRandom(4),
      )[0]!;
    const first = run(table, outcomes);
    const told = ({ choice, chosen, fitted, probabilities }: typeof first) => ({
      choice,
      chosen,
      fitted,
      probabilities,
    });
    expect(told(run(table, outcomes))).toEqual(told(first));
    const noise = createRandom(9, 'noise');
    const disturbed = {
      ...table,
      columns: table.columns.map((column) =>
        column.map((value, row) => (row >= 120 ? value + 50 * noise.normal() : value)),
      ),
    };
    const flipped = outcomes.map((outcome, row): 0 | 1 => (row >= 120 ? ((1 - outcome) as 0 | 1) : outcome));
    const second = run(disturbed, flipped);
    expect(second.choice).toEqual(first.choice);
    expect(second.probabilities).not.toEqual(first.probabilities);
  });

  it('leaves rows that no fold tests without a probability, and a one-class fold without an AUC', () => {
    const events = outcomes.flatMap((outcome, row) => (outcome === 1 ? [row] : [])).slice(0, 4);
    const [[score]] = crossValidate(
      prepare,
      ['logistic-regression'],
      { rows: outcomes.map((_, row) => row), outcomes, folds: [events] },
      createRandom(1),
    ) as [[ReturnType<typeof crossValidate>[number][number]]];
    expect(score.folds).toEqual([null]);
    expect(score.mean).toBeNull();
    expect([...score.probabilities].filter(Number.isFinite)).toHaveLength(4);
  });

  it('takes the earlier of equal candidates', () => {
    expect([firstBest([0.7, 0.8, 0.8]), firstBest([0.8, 0.8 + 1e-15]), firstBest([null, 0.2])]).toEqual([
      1, 0, 1,
    ]);
    const same = [{ 'logistic-regression': { C: 2 } }, { 'logistic-regression': { C: 2 } }];
    const inner = (own: readonly number[]): number[][] => kFold(own.length, 4);
    const all = outcomes.map((_, row) => row);
    expect(
      chooseWithin(prepare, same, { rows: all, outcomes, inner }, createRandom(1)).map(
        (choice) => choice.best,
      ),
    ).toEqual([0]);
  });
});

describe('a pipeline', () => {
  it('is one estimator: plain JSON that alone predicts and lists its rows', () => {
    const random = createRandom(2, 'pipeline');
    const outcomes = Array.from({ length: 40 }, (_, row): 0 | 1 => (row % 2 === 0 ? 1 : 0));
    const table: FeatureTable = {
      ids: outcomes.map((_, row) => `p${row}`),
      names: ['a', 'b'],
      columns: [
        Float64Array.from(outcomes, (outcome) => outcome + random.normal()),
        Float64Array.from(outcomes, () => random.normal()),
      ],
    };
    const fitted = fitPipeline(
      { steps: ['z-score'], classifier: { 'logistic-regression': { C: 0.5 } } },
      { table, outcomes, readers: null },
      createRandom(3),
    );
    expect(fitted.rows).toEqual(table.ids);
    expect(predictPipeline(JSON.parse(JSON.stringify(fitted)), table)).toEqual(
      predictPipeline(fitted, table),
    );
  });
});
