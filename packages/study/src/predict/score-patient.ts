import { parseNumber } from '@sentinode/core';
import { linearOf } from '@sentinode/learning';
import type { ClinicalValues, ClinicalVariable } from '../cohort/clinical-data.ts';
import { sameCell } from '../cohort/read-cohort.ts';
import type { EncodedVariable } from '../models/clinical-encoding.ts';
import type { LockedModel } from '../models/locked-model.ts';
import {
  completedPredictors,
  meanProbability,
  type PatientFeatures,
  probabilityOf,
} from '../models/score.ts';
import { checkDomain } from './domain.ts';

/** What a locked model says of one patient. */
export interface PatientPrediction {
  readonly id: string;
  /** null where the patient lies outside the model's domain: the model refuses. */
  readonly probability: number | null;
  /** null: this version does not compute an interval. */
  readonly interval: null;
  /** 1 positive, 0 negative at the locked threshold; null where refused. */
  readonly class: 0 | 1 | null;
  readonly threshold: number;
  readonly domain: 'in' | 'warned' | 'refused';
  readonly reasons: readonly string[];
  /** Coefficient times (predictor minus its training mean), on the logit scale; empty where the model is not linear. */
  readonly contributions: Readonly<Record<string, number>>;
  readonly model: string;
  readonly notice: string;
  readonly banners: readonly string[];
}

/** Scores one patient. @throws `feature-undefined`, `clinical-missing`, `level-unknown` */
export function scorePatient(model: LockedModel, patient: PatientFeatures): PatientPrediction {
  const versions = completedPredictors(model, patient);
  const predictors = versions[0]!.map(
    (_, j) => versions.reduce((sum, version) => sum + version[j]!, 0) / versions.length,
  );
  const checked = checkDomain(model, predictors);
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
  const linear = linearOf(model.classifier);
  const contributions =
    linear === undefined
      ? {}
      : Object.fromEntries(
          model.predictors.map(({ name, mean }, index) => [
            name,
            linear.coefficients[index]! * (predictors[index]! - mean),
          ]),
        );
  return {
    id: patient.id,
    probability,
    interval: null,
    class: probability === null ? null : probability >= model.threshold ? 1 : 0,
    threshold: model.threshold,
    domain,
    reasons,
    contributions: refused ? {} : contributions,
    model: model.name,
    notice: model.notice,
    banners: model.banners,
  };
}

/** Variables of the model that the patient lacks and that the model can impute. */
function imputedValues(model: LockedModel, { clinical }: PatientFeatures): string[] {
  if (model.imputation === undefined) return [];
  return model.clinical.map(({ name }) => name).filter((name) => (clinical[name] ?? null) === null);
}

/** Variables that a model reads: its own, and those that missing ones are imputed from. */
export function clinicalVariablesOf(
  model: Pick<LockedModel, 'clinical' | 'imputation'>,
): (EncodedVariable | ClinicalVariable)[] {
  const own = new Set(model.clinical.map(({ name }) => name));
  return [...model.clinical, ...(model.imputation?.variables ?? []).filter(({ name }) => !own.has(name))];
}

/** Clinical values of a case or a row as the model's variables: numbers, or the declared text of a level. */
export function clinicalValuesOf(
  model: LockedModel,
  given: Readonly<Record<string, string | number | null | undefined>>,
): ClinicalValues {
  return Object.fromEntries(
    clinicalVariablesOf(model).map((variable) => {
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
