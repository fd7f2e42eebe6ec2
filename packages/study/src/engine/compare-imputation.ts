import { isSentinodeError } from '@sentinode/core';
import type { Available } from '@sentinode/learning';
import {
  auc,
  fitTerms,
  logistic,
  logit,
  normalQuantile,
  pooledTest,
  poolLogistic,
  poolRubin,
} from '@sentinode/statistics';
import { valuesOf } from '../cohort/clinical-data.ts';
import type { StudyHost } from '../host/study-host.ts';
import { type Ledger, ofCohort } from '../ledger/ledger.ts';
import { completeIds } from '../models/clinical-imputation.ts';
import { termsOf } from '../models/clinical-selection.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { dataAt, type ModelData } from '../models/model-data.ts';
import { type PatientTables, scoreCompletions } from '../models/patient-tables.ts';
import type { ImputationResults, ImputedAuc } from '../results/imputation.ts';
import type { Cohort, NotComputed } from '../results/study-results.ts';
import type { ChosenClassifiers } from './choose-classifiers.ts';
import type { ValidationGate } from './cohort-data.ts';
import { fitProfile, type ProfileFit } from './fit-profile.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** The run whose imputation is compared. */
export interface ImputedRun {
  readonly fit: ProfileFit;
  readonly chosen: ChosenClassifiers;
  readonly data: ModelData;
}

const item = 'Complete cases against imputed values';

/**
 * Complete cases beside imputed values: the regression of all clinical candidates, and every model with clinical variables
 * fitted again on the complete training patients with the same classifier. null for a study of complete cases.
 */
export async function compareImputation(
  { fit, chosen, data }: ImputedRun,
  gate: ValidationGate,
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
  available?: Available,
): Promise<{ results: ImputationResults | null; notComputed: NotComputed[] }> {
  const settings = fit.recipe.imputation;
  const { clinical } = prepared;
  if (settings === null || clinical.variables.length === 0) return { results: null, notComputed: [] };
  const { ledger, tables } = gate.open('complete cases against imputed values', 'evaluate');
  const complete = new Set(
    completeIds(
      clinical,
      ledger.rows.map((row) => row.id),
    ),
  );
  const lacking = (cohort: Cohort, name: string): number =>
    valuesOf(
      clinical,
      ofCohort(ledger, cohort).map((row) => row.id),
      name,
    ).filter((value) => value === null).length;
  const base = {
    ...settings,
    variables: clinical.variables.map(({ name, kind }) => ({
      name,
      method: methodOf(kind, settings.continuous),
      training: lacking('training', name),
      validation: lacking('validation', name),
    })),
    complete: countsOf(ledger, (id) => complete.has(id)),
    all: countsOf(ledger, () => true),
  };
  const isComplete = base.variables.every(({ training, validation }) => training + validation === 0);
  if (isComplete) return { results: { ...base, coefficients: [], models: [] }, notComputed: [] };
  const rows = [...data.ids.keys()].filter((row) => complete.has(data.ids[row]!));
  const own = dataAt(data, rows);
  const notComputed: NotComputed[] = [];
  const models: ImputedAuc[] = [];
  const position = fit.models.flatMap(({ model }, index) =>
    model.parts.includes('clinical') ? [index] : [],
  );
  const validation = ofCohort(ledger, 'validation');
  const same = validation.filter((row) => complete.has(row.id));
  const score = (
    model: LockedModel,
    method: ImputedAuc['method'],
    trained: number,
    patients: typeof validation,
  ): void => {
    try {
      models.push({ ...scored(model, tables, patients), method, trained });
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      notComputed.push({ item: `${item}: ${model.name}, ${method}`, reason: error.message });
    }
  };
  const restricted = await completeFit(fit, position, own, prepared, measured, host, notComputed, available);
  position.forEach((index, at) => {
    const which = chosen.chosen[index]!;
    if (restricted !== null)
      score(restricted.candidates[at]![which]!.locked, 'complete cases', rows.length, same);
    const { locked } = chosen.scored[index]![which]!.fitted;
    score(locked, 'imputed', data.ids.length, validation);
    score(locked, 'imputed, same patients', data.ids.length, same);
  });
  return { results: { ...base, coefficients: coefficientsOf(fit, own), models }, notComputed };
}

const methodOf = (kind: 'continuous' | 'factor', continuous: 'pmm' | 'linear'): string =>
  kind === 'factor'
    ? 'logistic regression'
    : continuous === 'pmm'
      ? 'predictive mean matching'
      : 'linear regression';

function countsOf(ledger: Ledger, keeps: (id: string) => boolean): ImputationResults['all'] {
  const of = (cohort: Cohort) => {
    const rows = ofCohort(ledger, cohort).filter((row) => keeps(row.id));
    return { n: rows.length, events: rows.filter((row) => row.outcome === 1).length };
  };
  return { training: of('training'), validation: of('validation') };
}

/** The models with clinical variables on complete training patients; null, with the reason, where that cannot be. */
async function completeFit(
  { profile, models }: ProfileFit,
  position: readonly number[],
  data: ModelData,
  prepared: PreparedStudy,
  measured: MeasuredStudy,
  host: StudyHost,
  notComputed: NotComputed[],
  available: Available | undefined,
): Promise<ProfileFit | null> {
  const study = {
    ...prepared.study,
    cohort: { ...prepared.study.cohort, missing: 'complete-case' as const },
  };
  if (position.length === 0) return null;
  try {
    return await fitProfile(
      profile,
      { ...prepared, study, models: position.map((index) => models[index]!.model) },
      measured,
      data,
      host,
      available,
    );
  } catch (error) {
    if (!isSentinodeError(error) || error.code === 'interrupted') throw error;
    notComputed.push({
      item,
      reason: `${data.ids.length} complete training patients cannot be fitted: ${error.message}`,
    });
    return null;
  }
}

function coefficientsOf(fit: ProfileFit, complete: ModelData): ImputationResults['coefficients'] {
  const selection = fit.models[0]!.shared.clinical!;
  const own = completeRows(complete);
  return selection.multivariable.map(({ row, pooled }) => ({
    term: row.term,
    reference: row.reference ?? null,
    complete: own.find((other) => other.term === row.term && other.coefficient !== null) ?? null,
    imputed: row,
    fmi: pooled?.fmi ?? null,
    riv: pooled?.riv ?? null,
    df: pooled?.df ?? null,
  }));
}

/** The regression of complete cases; empty where one outcome only is left. */
function completeRows({ clinical, ids, outcomes }: ModelData) {
  if (new Set(outcomes).size < 2) return [];
  const terms = termsOf(
    clinical.variables,
    ids.map((id) => clinical.values.get(id)!),
  );
  return poolLogistic([fitTerms(terms, outcomes)]).map(({ row }) => row);
}

/**
 * AUC of a model, pooled over the completed versions of the patients by Rubin's rules; interval on the logit scale with
 * DeLong's variance (the whole range where an AUC is 0 or 1). @throws SentinodeError `one-class`
 */
function scored(
  model: LockedModel,
  tables: PatientTables,
  patients: readonly { readonly id: string; readonly outcome: 0 | 1 }[],
): Omit<ImputedAuc, 'method' | 'trained'> {
  const outcomes = patients.map((row) => row.outcome);
  const versions = scoreCompletions(
    model,
    tables,
    patients.map((row) => row.id),
  ).map((scores) => auc(scores, outcomes));
  const first = versions[0]!;
  const common = {
    model: model.name,
    classifier: model.classifier.classifier,
    n: first.n,
    events: first.events,
    m: versions.length,
  };
  const usable = versions.every(({ auc: value, variance }) => value > 0 && value < 1 && variance !== null);
  const mean = versions.reduce((sum, { auc: value }) => sum + value, 0) / versions.length;
  if (!usable) return { ...common, auc: mean, ci: [0, 1], fmi: null };
  const estimates = versions.map(({ auc: value }) => logit(value));
  const variances = versions.map(
    ({ auc: value, variance }) => variance! / (value * (1 - value) * (value * (1 - value))),
  );
  if (versions.length === 1) {
    const half = normalQuantile(0.975) * Math.sqrt(variances[0]!);
    return {
      ...common,
      auc: first.auc,
      ci: [logistic(estimates[0]! - half), logistic(estimates[0]! + half)],
      fmi: null,
    };
  }
  const pooled = poolRubin(estimates, variances);
  const { ci } = pooledTest(pooled);
  return {
    ...common,
    auc: logistic(pooled.estimate),
    ci: [logistic(ci[0]), logistic(ci[1])],
    fmi: pooled.fmi,
  };
}
