import { log } from '@sentinode/core';
import { auc, logistic } from '@sentinode/statistics';
import { classWeights } from '../../classifiers/training-rows.ts';
import { rowsOutside } from '../../cross-validation/declared-folds.ts';
import { elasticNetSolver } from '../../penalised-logistic/elastic-net.ts';
import { pathPredictor } from '../../penalised-logistic/lasso-path.ts';
import type { LogisticCoefficients } from '../../penalised-logistic/problem.ts';

export type Scoring = 'neg_log_loss' | 'roc_auc' | 'accuracy';
type ClassWeight = Parameters<typeof classWeights>[0];

/** L1 logistic regressions for rising C, each from the one before: C times the log-losses plus |w|, intercept free. */
export function fitRisingC(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  Cs: readonly number[],
  classWeight: ClassWeight,
): { intercept: number; coefficients: Float64Array }[] {
  const n = outcomes.length;
  const events = outcomes.reduce<number>((sum, outcome) => sum + outcome, 0);
  const weight = classWeights(classWeight, n, events);
  const model: LogisticCoefficients = { intercept: 0, coefficients: new Float64Array(columns.length) };
  const order = Cs.map((_, k) => k).sort((a, b) => Cs[a]! - Cs[b]!);
  const fits: { intercept: number; coefficients: Float64Array }[] = new Array(Cs.length);
  const solve = elasticNetSolver({
    columns,
    outcomes,
    weights: Float64Array.from(outcomes, (outcome) => weight[outcome]),
    hasIntercept: true,
  });
  for (const k of order) {
    // the same optimum with the losses unscaled and the penalty 1 / C
    solve({ l1: 1 / Cs[k]!, l2: 0 }, model);
    fits[k] = { intercept: model.intercept, coefficients: Float64Array.from(model.coefficients) };
  }
  return fits;
}

/** Score of each fold at each C, [fold][C]; larger is better (scikit-learn `LogisticRegressionCV.scores_`). */
export function scoreFolds(
  columns: readonly Float64Array[],
  outcomes: readonly (0 | 1)[],
  folds: readonly (readonly number[])[],
  Cs: readonly number[],
  classWeight: ClassWeight,
  scoring: Scoring,
): number[][] {
  return folds.map((test) => {
    const train = rowsOutside(test, outcomes.length);
    const fits = fitRisingC(
      columns.map((column) => Float64Array.from(train, (row) => column[row]!)),
      train.map((row) => outcomes[row]!),
      Cs,
      classWeight,
    );
    const tested = test.map((row) => outcomes[row]!);
    return fits.map((fit) =>
      scoreOf(scoring, pathPredictor(fit.intercept, fit.coefficients, columns, test), tested),
    );
  });
}

function scoreOf(scoring: Scoring, eta: Float64Array, outcomes: readonly (0 | 1)[]): number {
  if (scoring === 'roc_auc') return auc(eta, outcomes).auc;
  let sum = 0;
  outcomes.forEach((outcome, i) => {
    if (scoring === 'accuracy') sum += eta[i]! > 0 === (outcome === 1) ? 1 : 0;
    else {
      const p = Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, logistic(eta[i]!)));
      sum += log(outcome === 1 ? p : 1 - p);
    }
  });
  return sum / outcomes.length;
}
