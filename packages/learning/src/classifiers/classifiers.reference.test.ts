import { createRandom } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../reference/locator.ts';
import { largestDifference, referenceParts, referencePredictions } from '../testing/reference-tables.ts';
import { resolveClassifier } from './index.ts';

/** Largest differences to scikit-learn 1.2.1; reasons in reference/learning/SOURCE.md. */
const tolerance = {
  // the reference's own gradient at the optimum is below 1e-10
  logistic: 1e-9,
  naiveBayes: 1e-11,
  knn: 1e-12,
  svmDecision: 1e-6,
  // the reference stops a little before the optimum of the sigmoid
  platt: 1e-6,
};

interface Case {
  readonly setting: string;
  readonly table: string;
  readonly options: Readonly<Record<string, unknown>>;
}
const cases = (file: string): readonly Case[] =>
  readJson(reference('learning', 'classifiers', `${file}.json`));
const title = ({ setting, table }: Case): string => `${setting} on ${table}`;

function fitted(name: string, options: Readonly<Record<string, unknown>>, table: string) {
  const { classifier, options: complete } = resolveClassifier({ [name]: options });
  const { train, test } = referenceParts(table);
  const model = classifier.fit(train.table, train.outcomes, complete, createRandom(1));
  return {
    model,
    probability: (part: 'train' | 'test') => classifier.predictProba(model, { train, test }[part].table),
    decision: (part: 'train' | 'test') => classifier.decision!(model, { train, test }[part].table),
  };
}

describe('scikit-learn', () => {
  it.each(cases('logistic').map((one) => [title(one), one] as const))(
    'logistic regression, %s',
    (_title, { setting, table, options }) => {
      const own = fitted('logistic-regression', options, table);
      for (const part of ['train', 'test'] as const) {
        const expected = referencePredictions('logistic', `${setting}/converged`, table, part);
        expect(largestDifference(own.probability(part), expected.probability)).toBeLessThan(
          tolerance.logistic,
        );
        expect(largestDifference(own.decision(part), expected.decision)).toBeLessThan(
          10 * tolerance.logistic,
        );
      }
    },
  );
  it.each(cases('naive_bayes').map((one) => [title(one), one] as const))(
    'Gaussian naive Bayes, %s',
    (_title, { setting, table, options }) => {
      const own = fitted('gaussian-nb', options, table);
      for (const part of ['train', 'test'] as const) {
        const expected = referencePredictions('naive_bayes', setting, table, part);
        expect(largestDifference(own.probability(part), expected.probability)).toBeLessThan(
          tolerance.naiveBayes,
        );
      }
    },
  );
  it.each(cases('knn').map((one) => [title(one), one] as const))(
    'K nearest neighbours, %s',
    (_title, { setting, table, options }) => {
      const own = fitted('knn', options, table);
      for (const part of ['train', 'test'] as const) {
        const expected = referencePredictions('knn', setting, table, part);
        expect(largestDifference(own.probability(part), expected.probability)).toBeLessThan(tolerance.knn);
      }
    },
  );
  it.each(cases('svc').map((one) => [title(one), one] as const))(
    'support vector machine, %s',
    (_title, { setting, table, options }) => {
      const own = fitted('svm', { ...options, platt_split: 'k-fold' }, table);
      for (const part of ['train', 'test'] as const) {
        const converged = referencePredictions('svc', `${setting}/converged`, table, part);
        expect(largestDifference(own.decision(part), converged.decision)).toBeLessThan(tolerance.svmDecision);
        const platt = referencePredictions('svc', `${setting}/platt_out_of_fold_sklearn`, table, part);
        expect(largestDifference(own.probability(part), platt.probability)).toBeLessThan(tolerance.platt);
      }
    },
  );
});
