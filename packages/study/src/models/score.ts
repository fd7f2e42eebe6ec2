import { type FeatureTable, SentinodeError } from '@sentinode/core';
import { type FittedClassifier, predictProba } from '@sentinode/learning';
import type { ClinicalValues } from '../cohort/clinical-data.ts';
import { encodeClinical } from './clinical-encoding.ts';
import { completionsOf } from './clinical-imputation.ts';
import type { DeepBlock, LockedModel, RadiomicBlock } from './locked-model.ts';

/** What is known of one patient: values by feature name (undefined when there is none) and clinical values. */
export interface PatientFeatures {
  readonly id: string;
  readonly feature: (name: string) => number | undefined;
  readonly clinical: ClinicalValues;
}

/** As much of a model as gives probabilities. */
export interface ScoringModel extends Pick<LockedModel, 'radiomics' | 'deep' | 'clinical' | 'imputation'> {
  readonly predictors: readonly { readonly name: string }[];
  readonly classifier: FittedClassifier;
}

/** The predictors of one patient, in the order of the model. @throws `feature-undefined`, `clinical-missing` */
export function predictorsOf(model: ScoringModel, patient: PatientFeatures): Float64Array {
  return Float64Array.from([
    ...(model.radiomics === null ? [] : radiomicPredictors(model.radiomics, patient)),
    ...(model.deep === null ? [] : deepPredictors(model.deep, patient)),
    ...encodeClinical(model.clinical, patient.clinical, patient.id),
  ]);
}

/** The predictors of every completed version of a patient; one where nothing that the model needs is missing. */
export function completedPredictors(model: ScoringModel, patient: PatientFeatures): Float64Array[] {
  const { imputation } = model;
  if (imputation === undefined) return [predictorsOf(model, patient)];
  const needed = model.clinical.map(({ name }) => name);
  return completionsOf(imputation, patient.clinical, needed).map((clinical) =>
    predictorsOf(model, { ...patient, clinical }),
  );
}

/** Probability by completed version of a patient. */
export function scoresOf(model: ScoringModel, patient: PatientFeatures): number[] {
  return completedPredictors(model, patient).map((predictors) => probabilityOf(model, predictors));
}

/** What a model says of a patient: the mean over the completed versions. */
export function meanProbability(scores: readonly number[]): number {
  return scores.length === 1 ? scores[0]! : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Probability of the positive outcome from predictors. */
export function probabilityOf(model: ScoringModel, predictors: Float64Array): number {
  const row: FeatureTable = {
    ids: ['patient'],
    names: model.predictors.map((predictor) => predictor.name),
    columns: Array.from(predictors, (value) => Float64Array.of(value)),
  };
  return predictProba(model.classifier, row)[0]!;
}

function needed(patient: PatientFeatures, name: string): number {
  const value = patient.feature(name);
  if (value === undefined || !Number.isFinite(value)) {
    throw new SentinodeError(
      'feature-undefined',
      `The model needs ${name}, which has no value for this patient.`,
      { field: name, patient: patient.id },
    );
  }
  return value;
}

function radiomicPredictors(block: RadiomicBlock, patient: PatientFeatures): number[] {
  return block.columns.map((name, index) => (needed(patient, name) - block.mean[index]!) / block.sd[index]!);
}

function deepPredictors(block: DeepBlock, patient: PatientFeatures): number[] {
  const centred = block.inputs.map((name, index) => needed(patient, name) - block.centre[index]!);
  return block.loadings.map((loadings, component) => {
    let score = 0;
    for (let index = 0; index < centred.length; index++) score += centred[index]! * loadings[index]!;
    return (score - block.mean[component]!) / block.sd[component]!;
  });
}
