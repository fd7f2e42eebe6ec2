import { createRandom } from '@sentinode/core';
import { bootstrapAucDifference, delongTest, holm, reclassification } from '@sentinode/statistics';
import type { Profile } from '../profiles/profile.ts';
import type { ModelComparison } from '../results/further-results.ts';
import type { CohortEvaluation, ModelResult, StudyResults } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';

const cohorts = ['training', 'validation'] as const;
const probabilitiesOf = ({ predictions }: CohortEvaluation): number[] =>
  predictions.map((prediction) => prediction.probability);
const outcomesOf = ({ predictions }: CohortEvaluation): (0 | 1)[] =>
  predictions.map((prediction) => prediction.outcome);

/** Every pair of models, in the order of the study file. */
const pairsOf = (models: readonly ModelResult[]): (readonly [ModelResult, ModelResult])[] =>
  models.flatMap((a, i) => models.slice(i + 1).map((b) => [a, b] as const));

/** Paired DeLong tests of every pair of models in both cohorts; corrected within a cohort where the profile says so. */
export function delongOf(
  models: readonly ModelResult[],
  correction: Profile['correction'],
): StudyResults['delong'] {
  return cohorts.flatMap((cohort) => {
    const tests = pairsOf(models).map(([a, b]) => ({
      cohort,
      a: a.name,
      b: b.name,
      ...delongTest(probabilitiesOf(a[cohort]), probabilitiesOf(b[cohort]), outcomesOf(a[cohort])),
    }));
    const adjusted = correction === null ? null : holm(tests.map((test) => test.p));
    return tests.map((test, index) => ({ ...test, adjusted: adjusted?.[index] ?? null }));
  });
}

/** Bootstrap tests of AUC differences, NRI and IDI of every pair of models in both cohorts. */
export function comparisonsOf(
  models: readonly ModelResult[],
  { seed, statistics: { resamples, categories } }: Study,
): ModelComparison[] {
  return cohorts.flatMap((cohort) =>
    pairsOf(models).map(([first, second]): ModelComparison => {
      const [a, b] = [first, second].map((model) => probabilitiesOf(model[cohort])) as [number[], number[]];
      const outcomes = outcomesOf(first[cohort]);
      const random = createRandom(seed, `comparison/${cohort}/${first.name}/${second.name}`);
      return {
        cohort,
        a: first.name,
        b: second.name,
        auc: bootstrapAucDifference(a, b, outcomes, random, resamples),
        reclassification: reclassification(a, b, outcomes),
        categorical: categories.length === 0 ? null : reclassification(a, b, outcomes, categories),
      };
    }),
  );
}
