import { createRandom } from '@sentinode/core';
import type { DeclaredClassifier } from '@sentinode/learning';
import { type ResamplingJob, runResampling } from '@sentinode/study';
import { type Size, simulatedCohort } from './data.ts';

const logisticSteps = ['mann-whitney', 'z-score', 'logistic-lasso'];
const squaredSteps = ['mann-whitney', 'z-score', 'lasso'];
const grid = [0.01, 0.1, 1, 10].map((C) => ({ 'logistic-regression': { C } }));

/** Seconds of one thread that a bootstrap of the whole pipeline takes: selection, tuning and choice made anew. */
export async function bootstrapCost(size: Size, bootstraps: number): Promise<Record<string, number>> {
  const { data } = await simulatedCohort(size);
  const draws = createRandom(size.seed, 'bootstraps of the whole pipeline');
  const job = (
    lasso: readonly string[],
    candidates: readonly DeclaredClassifier[],
    index: number,
  ): ResamplingJob => ({
    recipe: {
      seed: size.seed,
      profile: 'defensible',
      models: [
        { name: 'clinical', parts: ['clinical'] },
        { name: 'radiomics', parts: ['radiomics'] },
        { name: 'deep', parts: ['deep'] },
        { name: 'dlr', parts: ['radiomics', 'deep', 'clinical'] },
      ],
      radiomicSteps: ['undefined', 'icc', 'constant', 'spearman', ...lasso],
      deepSteps: ['undefined', { pca: { components: 128 } }, ...lasso],
      classifiers: ['logistic-regression'],
      candidates,
      choice: 'per-model',
      innerFolds: 5,
      imputation: null,
    },
    data,
    unit: { kind: 'bootstrap', index, rows: data.ids.map(() => draws.integer(data.ids.length)) },
  });
  const seconds = (make: (index: number) => ResamplingJob): number => {
    const start = process.cpuUsage();
    for (let index = 0; index < bootstraps; index++) runResampling(make(index));
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1e6 / bootstraps;
  };
  return {
    'logistic LASSO, settings tuned (profile defensible)': seconds((index) =>
      job(logisticSteps, grid, index),
    ),
    'squared LASSO, settings tuned': seconds((index) => job(squaredSteps, grid, index)),
  };
}
