import { readFileSync } from 'node:fs';
import { createRandom, isSentinodeError } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../../reference/locator.ts';
import { largestDifference, referenceParts } from '../../testing/reference-tables.ts';
import { lightgbm } from './index.ts';
import { lightgbmText, readLightgbmText } from './text-format.ts';

const { train, test } = referenceParts('T');
const fit = (options: Readonly<Record<string, unknown>>) =>
  lightgbm.fit(train.table, train.outcomes, lightgbm.options.parse(options), createRandom(1));
const scores = readJson<{ peer: number[]; own: number[]; ownProbability: number[] }>(
  reference('tree-models', 'text-scores.json'),
);
const peerText = readFileSync(reference('tree-models', 'peer-model.txt'), 'utf8');

describe('LightGBM text format', () => {
  it('is written as LightGBM reads it: its scores of our text are ours', async () => {
    const fitted = fit({ n_estimators: 8, num_leaves: 6, reg_lambda: 1, max_bin: 63 });
    // LightGBM's scores were computed from exactly this text
    await expect(lightgbmText(fitted)).toMatchFileSnapshot(reference('tree-models', 'own-model.txt'));
    expect(largestDifference(lightgbm.decision(fitted, test.table), scores.own)).toBe(0);
    expect(largestDifference(lightgbm.predictProba(fitted, test.table), scores.ownProbability)).toBeLessThan(
      1e-15,
    );
  });
  it('reads what LightGBM wrote and scores it as LightGBM does', () => {
    const model = readLightgbmText(peerText);
    expect(model.input).toEqual(train.table.names);
    expect(model.options).toMatchObject({
      num_leaves: 5,
      n_estimators: 6,
      min_child_samples: 10,
      max_bin: 255,
    });
    expect(largestDifference(lightgbm.decision(model, test.table), scores.peer)).toBe(0);
  });
  it('writes the trees of LightGBM number for number', () => {
    const fitted = fit({ n_estimators: 6, num_leaves: 5, min_child_samples: 10 });
    const lines = (text: string, names: string): string[] =>
      text.split('\n').filter((line) => new RegExp(`^(${names})=`).test(line));
    const exact =
      'num_leaves|split_feature|left_child|right_child|leaf_count|internal_count|decision_type|shrinkage';
    expect(lines(lightgbmText(fitted), exact)).toEqual(lines(peerText, exact));
    const values = (text: string): number[] =>
      lines(text, 'threshold|leaf_value|leaf_weight').flatMap((line) =>
        line.split('=')[1]!.split(' ').map(Number),
      );
    expect(values(lightgbmText(fitted))).toEqual(values(peerText));
  });
  it('survives writing and reading', () => {
    fc.assert(
      fc.property(
        fc.record({
          num_leaves: fc.integer({ min: 2, max: 12 }),
          n_estimators: fc.integer({ min: 1, max: 6 }),
          min_child_samples: fc.integer({ min: 1, max: 120 }),
          boost_from_average: fc.boolean(),
        }),
        (options) => {
          const fitted = fit(options);
          const read = readLightgbmText(lightgbmText(fitted));
          expect(lightgbm.decision(read, test.table)).toEqual(lightgbm.decision(fitted, test.table));
          expect(read.options).toEqual(fitted.options);
          expect(read.state).toEqual({ ...(fitted.state as object), heldOutLoss: [] });
        },
      ),
      { numRuns: 12 },
    );
  });
  it.each([
    ['no model', 'hello', /start/],
    ['a text cut off', peerText.slice(0, peerText.length / 2), /cut off/],
    ['several classes', peerText.replace('num_class=1', 'num_class=3'), /classes/],
    ['another objective', peerText.replace('binary sigmoid:1', 'regression'), /regression/],
    ['a random forest', peerText.replace('label_index=0', 'label_index=0\naverage_output'), /averaged/],
    ['categories', peerText.replace('num_cat=0', 'num_cat=1'), /categories/],
    ['linear leaves', peerText.replace('is_linear=0', 'is_linear=1'), /linear/],
    ['a missing number', peerText.replace(/^leaf_value=\S+ /m, 'leaf_value='), /leaf_value/],
    ['a word for a number', peerText.replace(/^threshold=\S+/m, 'threshold=x'), /threshold/],
    ['a loop', peerText.replace(/^left_child=\S+/m, 'left_child=0'), /do not form a tree/],
    ['a column without a name', peerText.replace(/^split_feature=\S+/m, 'split_feature=99'), /no name/],
  ])('refuses %s', (_what, text, message) => {
    let caught: unknown;
    try {
      readLightgbmText(text);
    } catch (error) {
      caught = error;
    }
    expect(isSentinodeError(caught) && caught.code).toBe('bundle-invalid');
    expect(String((caught as Error).message)).toMatch(message);
  });
});
