import { createRandom, type FeatureTable, matrixOfColumns, selectRows } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../reference/locator.ts';
import { singleRows, sortColumns } from '../decision-tree/sorted-columns.ts';
import type { FittedClassifier } from '../estimator.ts';
import { largestDifference } from '../testing/reference-tables.ts';
import { boostTrees } from './gradient-boosting/boost.ts';
import type { GradientBoostingOptions } from './gradient-boosting/options.ts';
import { resolveClassifier } from './index.ts';
import { boostLeafWise } from './lightgbm/boost.ts';
import type { LightgbmOptions } from './lightgbm/options.ts';
import { classWeights } from './training-rows.ts';

/** Random tables and settings, answered by scikit-learn and LightGBM: reference/tree-models/SOURCE.md. */
interface Answer {
  readonly options: Readonly<Record<string, unknown>>;
  readonly trees: number;
  /** Largest range of a probability over other random states with the same draws; 0 says that no tie decides. */
  readonly spread?: number;
  readonly error?: string;
  /** Rows that each tree of the peer saw, and rows it held out. */
  readonly bags?: number[][];
  readonly parts?: { readonly fit: number[]; readonly held: number[] };
  readonly trainDecision: number[];
  readonly newDecision: number[];
  readonly newProbability: number[];
}
interface Case {
  readonly case: number;
  readonly columns: number[][];
  readonly outcomes: (0 | 1)[];
  readonly new: number[][];
  readonly 'gradient-boosting': Answer;
  readonly adaboost: Answer;
  readonly lightgbm: Answer;
}

/** Where no tie decides all three agree to the rounding of sums; decision values of AdaBoost reach some tens. */
const tolerance = 1e-11;

const { cases } = readJson<{ cases: Case[] }>(
  process.env.SENTINODE_TREE_CASES ?? reference('tree-models', 'random.json'),
);
const tableOf = (columns: number[][]): FeatureTable => ({
  ids: columns[0]!.map((_, row) => `p${row}`),
  names: columns.map((_, j) => `c${j}`),
  columns: columns.map((column) => Float64Array.from(column)),
});
const rowsOf = (table: FeatureTable, rows: readonly number[]): FeatureTable =>
  selectRows(
    table,
    rows.map((row) => `p${row}`),
  );

/** State of a fit that uses the peer's draws; undefined where there were none. */
function withDrawsOfPeer(
  name: string,
  train: FeatureTable,
  outcomes: readonly (0 | 1)[],
  { bags = [], parts }: Answer,
  options: unknown,
): unknown {
  if (bags.length === 0 && parts === undefined) return undefined;
  const fit = parts?.fit ?? outcomes.map((_, row) => row);
  const own = rowsOf(train, fit);
  const ownOutcomes = fit.map((row) => outcomes[row]!);
  const held = parts && matrixOfColumns(rowsOf(train, parts.held).columns, parts.held.length).data;
  const heldOutcomes = Float64Array.from(parts?.held ?? [], (row) => outcomes[row]!);
  if (name === 'lightgbm') {
    const { class_weight } = options as LightgbmOptions;
    const events = ownOutcomes.filter((outcome) => outcome === 1).length;
    const weights = classWeights(class_weight, fit.length, events);
    const data = {
      columns: own.columns,
      outcomes: ownOutcomes,
      weights: class_weight === null ? null : Float32Array.from(ownOutcomes, (outcome) => weights[outcome]),
    };
    return {
      ...boostLeafWise(data, options as LightgbmOptions, { rows: held!, outcomes: heldOutcomes }),
      sigmoid: 1,
    };
  }
  const draws = bags.values();
  return boostTrees(
    sortColumns(own.columns, train.names, fit.length),
    Float64Array.from(ownOutcomes),
    options as GradientBoostingOptions,
    { drawBag: () => Uint8Array.from(draws.next().value!), choice: undefined },
    held && { rows: singleRows(held, train.names), outcomes: heldOutcomes },
  );
}

describe.each(['gradient-boosting', 'adaboost', 'lightgbm'] as const)('%s on random tables', (name) => {
  it.each(cases.map((one) => [one.case, one] as const))('case %i', (_number, one) => {
    const answer = one[name];
    const { classifier, options } = resolveClassifier({ [name]: answer.options });
    const train = tableOf(one.columns);
    const fit = (): FittedClassifier => classifier.fit(train, one.outcomes, options, createRandom(1));
    if (answer.error !== undefined) {
      expect(fit).toThrow(/chance/);
      return;
    }
    const fitted = fit();
    const state = withDrawsOfPeer(name, train, one.outcomes, answer, options) ?? fitted.state;
    const model = { ...fitted, state };
    const fresh = tableOf(one.new);
    const differences = [
      largestDifference(classifier.decision!(model, train), answer.trainDecision),
      largestDifference(classifier.decision!(model, fresh), answer.newDecision),
      largestDifference(classifier.predictProba(model, fresh), answer.newProbability),
    ];
    expect((state as { trees: unknown[] }).trees).toHaveLength(answer.trees);
    const { ties } = state as { ties?: { tied: number } };
    if ((answer.spread ?? 0) > 1e-12) expect(ties!.tied).toBeGreaterThan(0);
    else for (const difference of differences) expect(difference).toBeLessThan(tolerance);
  });
});
