import { canonicalJson, sha256 } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import type { Recipe } from '../models/recipe.ts';
import type { Profile } from '../profiles/profile.ts';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION, NOTICE } from '../version.ts';

/** What was decided before a validation row was read. */
export interface AnalysisPlan {
  readonly schema: 'sentinode-plan/1';
  readonly notice: string;
  readonly engine: string;
  readonly profile: string;
  readonly seed: number;
  readonly outcome: { readonly column: string; readonly positive: string };
  readonly split: unknown;
  readonly exclusions: unknown;
  readonly derivedVariables: unknown;
  readonly missing: unknown;
  readonly models: Recipe['models'];
  readonly selection: { readonly radiomics: unknown; readonly deep: unknown };
  readonly clinicalVariables: unknown;
  readonly classifiers: unknown;
  /** Settings that are compared on training patients, in the order in which ties are decided. */
  readonly candidates: unknown;
  readonly choice: string;
  readonly threshold: string;
  readonly resampling: unknown;
  /** Resamples of tests and bands, prevalences, risk categories, Firth's penalty, anticipated R2. */
  readonly statistics: unknown;
  /** Tests that are made in each cohort, and their correction. */
  readonly comparisons: {
    readonly pairs: readonly string[];
    readonly test: string;
    readonly correction: string;
  };
}

/** A plan as it was written down: its hash, and which plan of this run folder it is. */
export interface PlanRecord {
  readonly sha256: string;
  /** 1 for the first plan of a run folder. */
  readonly number: number;
  /** Whether validation rows were read under an earlier plan of this folder. */
  readonly changedAfterReading: boolean;
}

/** The plan of a study; it depends on the study file alone, not on any patient. */
export function planOf(study: Study, profile: Profile, recipe: Recipe): AnalysisPlan {
  const names = recipe.models.map((model) => model.name);
  return {
    schema: 'sentinode-plan/1',
    notice: NOTICE,
    engine: ENGINE_VERSION,
    profile: profile.name,
    seed: study.seed,
    outcome: { column: study.cohort.outcome.column, positive: String(study.cohort.outcome.positive) },
    split: study.cohort.split,
    exclusions: study.cohort.exclude,
    derivedVariables: study.cohort.derive,
    missing: recipe.imputation === null ? 'complete cases' : { imputation: recipe.imputation },
    models: recipe.models,
    selection: { radiomics: recipe.radiomicSteps, deep: recipe.deepSteps },
    clinicalVariables: study.cohort.variables,
    classifiers: recipe.classifiers,
    candidates: recipe.candidates,
    choice: `${profile.choose === 'inner-cv' ? 'highest mean AUC of the inner folds on training patients' : 'highest AUC in the validation cohort'}, ${recipe.choice}; ties to the earlier`,
    threshold: `Youden on ${profile.threshold === 'out-of-fold' ? 'cross-validated' : 'apparent'} training probabilities`,
    resampling: study.resampling,
    statistics: study.statistics,
    comparisons: {
      pairs: names.flatMap((a, index) => names.slice(index + 1).map((b) => `${a} – ${b}`)),
      test: 'paired DeLong test of the AUCs',
      correction: profile.correction ?? 'none',
    },
  };
}

/** Writes a plan down before the validation rows are read. */
export async function commitPlan(plan: AnalysisPlan, host: StudyHost): Promise<PlanRecord> {
  const text = canonicalJson(plan);
  const hash = await sha256(text);
  const record = (await host.commitPlan?.(hash, text)) ?? { number: 1, changedAfterReading: false };
  return { sha256: hash, ...record };
}
