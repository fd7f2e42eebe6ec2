import { parseNumber } from '@sentinode/core';
import type { ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';
import { sameCell } from '../cohort/read-cohort.ts';
import type { EncodedVariable } from '../models/clinical-encoding.ts';
import type { LockedModel } from '../models/locked-model.ts';
import {
  type PipelineResamples,
  type PredictionInterval,
  predictionInterval,
  resampledVariables,
} from '../models/pipeline-resamples.ts';
import {
  completedPredictors,
  meanProbability,
  type PatientFeatures,
  probabilityOf,
} from '../models/score.ts';
import { type Contributions, contributionsOf, variablesOf } from './contributions.ts';
import { checkDomain, type PatientImage, rawValue } from './domain.ts';

/** One predictor of a patient beside the training cohort, in the unit in which it was given. */
export interface PredictorValue {
  readonly variable: string;
  /** Number in its unit, or the level of a factor; null where it was imputed. */
  readonly value: number | string | null;
  readonly unit: string | null;
  /** Mean of the training cohort in the same unit; null for a factor. */
  readonly trainingMean: number | null;
  /** null where the patient is refused. */
  readonly contribution: number | null;
}

/** What a locked model says of one patient. */
export interface PatientPrediction {
  readonly id: string;
  /** null where the patient lies outside the model's domain: the model refuses. */
  readonly probability: number | null;
  /** 2.5th and 97.5th percentile over the stored resampled models; null with the reason where there is none. */
  readonly interval: readonly [number, number] | null;
  /** What the interval is of, or why there is none. */
  readonly intervalNote: string;
  /** 1 positive, 0 negative at the locked threshold; null where refused. */
  readonly class: 0 | 1 | null;
  readonly threshold: number;
  readonly thresholdRule: string;
  readonly domain: 'in' | 'warned' | 'refused';
  readonly reasons: readonly string[];
  /** What the domain check compared, and what it could not. */
  readonly domainChecked: readonly string[];
  /** By variable, empty where refused; what they are is said beside them. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly contributionMethod: Contributions['method'] | null;
  readonly contributionNote: string | null;
  /** Value without contributions: of a patient at the training mean. */
  readonly contributionBase: number | null;
  readonly predictors: readonly PredictorValue[];
  readonly outcome: string;
  readonly model: string;
  readonly notice: string;
  readonly banners: readonly string[];
}

/** What is known of a patient beside the numbers. */
export interface ScoringContext {
  /** The fits behind an interval, where the bundle has them. */
  readonly resamples?: PipelineResamples | null;
  /** Images that were measured, for the domain check. */
  readonly images?: readonly PatientImage[];
}

/** Scores one patient. @throws `feature-undefined`, `clinical-missing`, `level-unknown` */
export function scorePatient(
  model: LockedModel,
  patient: PatientFeatures,
  { resamples = null, images = [] }: ScoringContext = {},
): PatientPrediction {
  const versions = completedPredictors(model, patient);
  const predictors = versions[0]!.map(
    (_, j) => versions.reduce((sum, version) => sum + version[j]!, 0) / versions.length,
  );
  const checked = checkDomain(model, predictors, images);
  const refused = checked.domain === 'refused';
  const imputed = imputedValues(model, patient);
  const domain = imputed.length > 0 && checked.domain === 'in' ? 'warned' : checked.domain;
  const reasons = [
    ...checked.reasons,
    ...imputed.map((name) => `${name} is missing and was imputed (${versions.length} draws)`),
  ];
  const probability = refused
    ? null
    : meanProbability(versions.map((version) => probabilityOf(model, version)));
  const contributions = refused ? null : contributionsOf(model, predictors);
  const found = refused ? null : predictionInterval(model, resamples, patient);
  const byVariable = new Map(contributions?.values.map(({ variable, value }) => [variable, value]));
  return {
    id: patient.id,
    probability,
    interval: found?.interval ?? null,
    intervalNote: intervalNote(found, resamples),
    class: probability === null ? null : probability >= model.threshold ? 1 : 0,
    threshold: model.threshold,
    thresholdRule: model.thresholdRule,
    domain,
    reasons,
    domainChecked: checked.checked,
    contributions: Object.fromEntries(byVariable),
    contributionMethod: contributions?.method ?? null,
    contributionNote: contributions?.note ?? null,
    contributionBase: contributions?.base ?? null,
    predictors: variablesOf(model).map(({ variable, columns }) => ({
      ...ownValue(model, variable, columns[0]!, predictors, patient),
      contribution: byVariable.get(variable) ?? null,
    })),
    outcome: model.outcome,
    model: model.name,
    notice: model.notice,
    banners: model.banners,
  };
}

function intervalNote(found: PredictionInterval | null, resamples: PipelineResamples | null): string {
  if (found === null) return 'no interval: the patient is refused';
  if (found.interval === null) return `no interval: ${found.reason}`;
  return `95 % interval, percentiles over ${found.resamples} models fitted on bootstraps of the training patients. It covers: ${resamples!.repeated.join('; ')}. It does not cover: ${resamples!.fixed.join('; ')}; nor what happens to one patient of that probability.`;
}

function ownValue(
  model: LockedModel,
  variable: string,
  column: number,
  predictors: Float64Array,
  { clinical, feature }: PatientFeatures,
): Omit<PredictorValue, 'contribution'> {
  const { kind, mean } = model.predictors[column]!;
  const declared = kind === 'clinical' ? model.clinical.find(({ name }) => name === variable) : undefined;
  const unit = model.units?.[variable] ?? null;
  if (declared?.kind === 'factor')
    return { variable, value: clinical[variable] ?? null, unit, trainingMean: null };
  // as it was measured: turned back from its z-score a value is off by its last digit, and typed again gives other bits
  const measured = kind === 'radiomics' ? feature(variable) : undefined;
  const given =
    kind === 'clinical'
      ? (clinical[variable] ?? null)
      : (measured ?? rawValue(model, column, predictors[column]!));
  return { variable, value: given, unit, trainingMean: rawValue(model, column, mean) };
}

/** Variables of the model that the patient lacks and that the model can impute. */
function imputedValues(model: LockedModel, { clinical }: PatientFeatures): string[] {
  if (model.imputation === undefined) return [];
  return model.clinical.map(({ name }) => name).filter((name) => (clinical[name] ?? null) === null);
}

/** Variables that a model reads: its own, those that missing ones are imputed from, and those of its interval. */
export function clinicalVariablesOf(
  model: Pick<LockedModel, 'clinical' | 'imputation'>,
  resamples: PipelineResamples | null = null,
): (EncodedVariable | ClinicalVariable)[] {
  const found = new Map<string, EncodedVariable | ClinicalVariable>();
  for (const variable of [
    ...model.clinical,
    ...(model.imputation?.variables ?? []),
    ...(resamples === null ? [] : resampledVariables(resamples)),
  ])
    if (!found.has(variable.name)) found.set(variable.name, variable);
  return [...found.values()];
}

/** Clinical values of a case or a row as the variables that are read: numbers, or the declared text of a level. */
export function clinicalValuesOf(
  variables: readonly (EncodedVariable | ClinicalVariable)[],
  given: Readonly<Record<string, string | number | null | undefined>>,
): ClinicalValues {
  return Object.fromEntries(
    variables.map((variable) => {
      const value = given[variable.name];
      if (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))
        return [variable.name, null];
      if (variable.kind === 'continuous')
        return [variable.name, typeof value === 'number' ? value : (parseNumber(value) ?? value)];
      return [
        variable.name,
        variable.levels.find((level) => sameCell(String(value), level)) ?? String(value),
      ];
    }),
  );
}
