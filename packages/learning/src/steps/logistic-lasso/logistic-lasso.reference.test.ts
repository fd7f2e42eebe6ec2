import { selectColumns } from '@sentinode/core';
import { describe, expect, it } from 'vitest';
import { readJson, reference } from '../../../../../reference/locator.ts';
import { kFold } from '../../cross-validation/k-fold.ts';
import { largestDifference, referenceRows } from '../../testing/reference-tables.ts';
import { fitRisingC, scoreFolds } from '../l1-logistic/tune.ts';
import { zScore } from '../z-score/index.ts';
import { logisticLassoCv } from './cv-glmnet.ts';

/** Largest differences; glmnet stops at thresh 1e-14, saga with KKT violations up to 7e-9, in its folds at tol 1e-8. */
const tolerance = { glmnet: 1e-6, saga: 1e-6, sagaScores: 1e-6, lambda: 1e-9 };

interface Glmnet {
  readonly features: string[];
  readonly foldid: number[];
  readonly lambda: number[];
  readonly cvm: number[];
  readonly cvsd: number[];
  readonly nzero: number[];
  readonly lambda_min: number;
  readonly lambda_1se: number;
  readonly coef_min: number[];
  readonly coef_1se: number[];
}

describe('logistic LASSO on correlated columns', () => {
  const expected = readJson<Glmnet>(reference('learning', 'selection', 'cv_glmnet.json'));
  const { table, outcomes } = referenceRows('B_train.csv');
  const { columns } = selectColumns(table, expected.features);
  const folds = Array.from({ length: 10 }, (_, fold) =>
    expected.foldid.flatMap((id, row) => (id === fold + 1 ? [row] : [])),
  );
  const relative = (a: number, b: number): number => Math.abs(a / b - 1);

  it('equals cv.glmnet with penalties from the data', () => {
    const cv = logisticLassoCv(columns, outcomes, folds, { count: 60, ratio: 1e-4 }, true);
    expect(cv.deviance).toHaveLength(expected.lambda.length);
    expected.lambda.forEach((lambda, k) => {
      expect(relative(cv.path.lambdas[k]!, lambda)).toBeLessThan(tolerance.lambda);
    });
    expect(largestDifference(cv.deviance, expected.cvm)).toBeLessThan(tolerance.glmnet);
    expect(largestDifference(cv.standardError, expected.cvsd)).toBeLessThan(tolerance.glmnet);
    expect(relative(cv.path.lambdas[cv.indexMin]!, expected.lambda_min)).toBeLessThan(tolerance.lambda);
    expect(relative(cv.path.lambdas[cv.index1se]!, expected.lambda_1se)).toBeLessThan(tolerance.lambda);
    expect(
      cv.path.coefficients
        .slice(0, expected.nzero.length)
        .map((values) => values.filter((value) => value !== 0).length),
    ).toEqual(expected.nzero);
    for (const [index, coefficients] of [
      [cv.indexMin, expected.coef_min],
      [cv.index1se, expected.coef_1se],
    ] as const)
      [cv.path.intercepts[index]!, ...cv.path.coefficients[index]!].forEach((value, j) => {
        const expectedValue = coefficients[j]!;
        expect(Math.abs(value - expectedValue) / (1 + Math.abs(expectedValue))).toBeLessThan(
          tolerance.glmnet,
        );
      });
  });
});

interface L1 {
  readonly features: string[];
  readonly path: { readonly C: number; readonly coef_saga: number[]; readonly intercept_saga: number }[];
  readonly cv: {
    readonly Cs: number[];
    readonly scores: number[][];
    readonly best_C: number;
    readonly coef: number[];
    readonly intercept: number;
  };
}

describe('L1 logistic regression of scikit-learn', () => {
  const expected = readJson<L1>(reference('learning', 'selection', 'logistic_l1.json'));
  const { table, outcomes } = referenceRows('B_train.csv');
  const chosen = selectColumns(table, expected.features);
  const { columns } = zScore.transform(zScore.fit(chosen), chosen);

  it('has the coefficients of saga at every C', () => {
    const fits = fitRisingC(
      columns,
      outcomes,
      expected.path.map((one) => one.C),
      null,
    );
    fits.forEach((fit, k) => {
      const { coef_saga, intercept_saga } = expected.path[k]!;
      expect(
        largestDifference([fit.intercept, ...fit.coefficients], [intercept_saga, ...coef_saga]),
      ).toBeLessThan(tolerance.saga);
    });
  });
  it('has its cross-validated scores', () => {
    const { Cs, scores } = expected.cv;
    const own = scoreFolds(columns, outcomes, kFold(outcomes.length, 5), Cs, null, 'neg_log_loss');
    // at the first C no column has a coefficient, and saga, which watches coefficients only, leaves the intercept off
    // its optimum (by up to 1e-3 in the score)
    own.forEach((fold, k) => {
      expect(largestDifference(fold.slice(1), scores[k]!.slice(1))).toBeLessThan(tolerance.sagaScores);
    });
  });
});
