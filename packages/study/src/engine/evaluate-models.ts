import { createRandom } from '@sentinode/core';
import { linearOf } from '@sentinode/learning';
import { delongTest, spearmanMatrix } from '@sentinode/statistics';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import { featureLookup, formulaOf, type PatientTables, scoreAll } from '../models/fit-models.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { predictorsOf } from '../models/score.ts';
import { evaluateCohort, type Prediction } from '../results/evaluate-cohort.ts';
import type {
  Cohort,
  CohortEvaluation,
  ModelResult,
  NotComputed,
  StudyResults,
} from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';

/** Scores both cohorts with a locked model and evaluates it. */
export function evaluateModel(
  model: LockedModel,
  ledger: Ledger,
  tables: PatientTables,
  study: Study,
): ModelResult {
  const evaluate = (cohort: Cohort): CohortEvaluation => {
    const rows = ofCohort(ledger, cohort);
    const probabilities = scoreAll(
      model,
      tables,
      rows.map((row) => row.id),
    );
    const predictions = rows.map(
      (row, index): Prediction => ({ id: row.id, probability: probabilities[index]!, outcome: row.outcome }),
    );
    return evaluateCohort(
      predictions,
      model.threshold,
      createRandom(study.seed, `evaluation/${model.name}/${cohort}`),
    );
  };
  const training = evaluate('training');
  const linear = linearOf(model.classifier);
  const rarer = Math.min(training.events, training.n - training.events);
  const variables =
    (model.radiomics?.columns.length ?? 0) + (model.deep?.columns.length ?? 0) + model.clinical.length;
  return {
    name: model.name,
    classifier: model.classifier.classifier,
    predictors: model.predictors.map(({ name, kind }, index) => ({
      name,
      kind,
      coefficient: linear?.coefficients[index] ?? 0,
    })),
    intercept: linear?.intercept ?? 0,
    formula: formulaOf(model),
    threshold: model.threshold,
    thresholdRule: model.thresholdRule,
    eventsPerVariable: {
      byColumns: perVariable(rarer, model.predictors.length),
      byVariables: perVariable(rarer, variables),
    },
    training,
    validation: evaluate('validation'),
  };
}

const perVariable = (events: number, count: number): number | null => (count === 0 ? null : events / count);

/** Where calibration could not be fitted, and why. */
export function withoutCalibration(model: ModelResult): NotComputed[] {
  return (['training', 'validation'] as const)
    .filter((cohort) => model[cohort].calibration === null)
    .map((cohort) => ({
      item: `Calibration of ${model.name}, ${cohort} cohort`,
      reason: 'the probabilities separate the outcomes completely, all are equal, or one is 0 or 1',
    }));
}

/** Models that no predictor entered. */
export function emptyModels(models: readonly LockedModel[]): string[] {
  return models
    .filter((model) => model.predictors.length === 0)
    .map(
      (model) =>
        `No predictor of the model ${model.name} passed the selection; it predicts the training rate for everyone.`,
    );
}

/** Paired DeLong tests of every pair of models in both cohorts. */
export function delongOf(models: readonly ModelResult[]): StudyResults['delong'] {
  return (['training', 'validation'] as const).flatMap((cohort) =>
    models.flatMap((a, i) =>
      models.slice(i + 1).map((b) => {
        const scores = (model: ModelResult): number[] =>
          model[cohort].predictions.map((prediction) => prediction.probability);
        return {
          cohort,
          a: a.name,
          b: b.name,
          ...delongTest(
            scores(a),
            scores(b),
            a[cohort].predictions.map((prediction) => prediction.outcome),
          ),
        };
      }),
    ),
  );
}

/** Predictors of the model with the most of them, training cohort. */
export function correlationOf(
  models: readonly LockedModel[],
  training: readonly string[],
  tables: PatientTables,
): StudyResults['correlation'] {
  const largest = models.reduce<LockedModel | undefined>(
    (most, model) => (most === undefined || model.predictors.length > most.predictors.length ? model : most),
    undefined,
  );
  if (largest === undefined || largest.predictors.length < 2) return null;
  const lookup = featureLookup(tables);
  const rows = training.map((id) =>
    predictorsOf(largest, { id, feature: lookup(id), clinical: tables.clinical.values.get(id) ?? {} }),
  );
  const columns = largest.predictors.map((_, column) => Float64Array.from(rows, (row) => row[column]!));
  return { names: largest.predictors.map((predictor) => predictor.name), rho: spearmanMatrix(columns) };
}
