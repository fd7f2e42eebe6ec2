import { createRandom } from '@sentinode/core';
import { linearOf } from '@sentinode/learning';
import { bootstrapAucDifferenceUnpaired, spearmanMatrix } from '@sentinode/statistics';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import { formulaOf } from '../models/lock-model.ts';
import type { LockedModel } from '../models/locked-model.ts';
import type { ModelData } from '../models/model-data.ts';
import { nomogramOf } from '../models/nomogram-of.ts';
import type { PreparedModel } from '../models/prepare-models.ts';
import { type EvaluationSetting, evaluateCohort, type Prediction } from '../results/evaluate-cohort.ts';
import type {
  Cohort,
  CohortEvaluation,
  ModelResult,
  NotComputed,
  StudyResults,
} from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import type { ScoredCandidate } from './choose-classifiers.ts';
import { sampleSizesOf } from './sample-size.ts';

/** Evaluates the chosen classifier of a model in both cohorts. */
export function evaluateModel(
  { fitted, ...scores }: ScoredCandidate,
  prepared: PreparedModel,
  ledger: Ledger,
  { seed, statistics }: Study,
  centres: EvaluationSetting['centres'],
  candidates: number,
): ModelResult {
  const model = fitted.locked;
  const evaluate = (cohort: Cohort): CohortEvaluation => {
    const rows = ofCohort(ledger, cohort);
    const probabilities = scores[cohort];
    const predictions = rows.map(
      (row, index): Prediction => ({ id: row.id, probability: probabilities[index]!, outcome: row.outcome }),
    );
    return evaluateCohort(
      predictions,
      model.threshold,
      createRandom(seed, `evaluation/${model.name}/${cohort}`),
      { ...statistics, centres },
    );
  };
  const training = evaluate('training');
  const validation = evaluate('validation');
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
      coefficient: linear === undefined ? null : linear.coefficients[index]!,
    })),
    intercept: linear?.intercept ?? null,
    formula: formulaOf(model),
    threshold: model.threshold,
    thresholdRule: model.thresholdRule,
    eventsPerVariable: {
      byColumns: perVariable(rarer, model.predictors.length),
      byVariables: perVariable(rarer, variables),
      byCandidates: perVariable(rarer, candidates),
    },
    sampleSize: sampleSizesOf(training, model.predictors.length, candidates, statistics.nagelkerke),
    nomogram: nomogramOf(model, prepared),
    training,
    validation,
    trainingMinusValidation: bootstrapAucDifferenceUnpaired(
      scored(training),
      scored(validation),
      createRandom(seed, `training minus validation/${model.name}`),
      statistics.resamples,
    ),
  };
}

const scored = ({ predictions }: CohortEvaluation) => ({
  scores: predictions.map((prediction) => prediction.probability),
  outcomes: predictions.map((prediction) => prediction.outcome),
});

const perVariable = (events: number, count: number): number | null => (count === 0 ? null : events / count);

/** Columns that a model could have taken: features of its blocks, and clinical columns with their dummies. */
export function candidateColumns({ parts }: PreparedModel['model'], data: ModelData): number {
  const clinical = data.clinical.variables.reduce(
    (sum, variable) => sum + (variable.kind === 'continuous' ? 1 : variable.levels.length - 1),
    0,
  );
  return (
    (parts.includes('radiomics') ? (data.radiomics?.names.length ?? 0) : 0) +
    (parts.includes('deep') ? (data.deep?.names.length ?? 0) : 0) +
    (parts.includes('clinical') ? clinical : 0)
  );
}

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

/** Predictors of the model with the most of them, training cohort. */
export function correlationOf(models: readonly PreparedModel[]): StudyResults['correlation'] {
  const largest = models.reduce<PreparedModel | undefined>(
    (most, model) =>
      most === undefined || model.inputs.names.length > most.inputs.names.length ? model : most,
    undefined,
  );
  if (largest === undefined || largest.inputs.names.length < 2) return null;
  const { names, columns } = largest.patients.inputs;
  return { names, rho: spearmanMatrix(columns) };
}
