import { SentinodeError } from '@sentinode/core';
import {
  candidatesOf,
  classifierName,
  type DeclaredClassifier,
  type DeclaredStep,
  resolveClassifier,
  resolveStep,
} from '@sentinode/learning';
import type { ImputationSettings } from '@sentinode/statistics';
import type { Profile } from '../profiles/profile.ts';
import { imputeSchema, type Study } from '../study-file/options.ts';
import type { Part } from './model-parts.ts';

/** A model: its blocks, and the columns of them that it may take. */
export interface RecipeModel {
  readonly name: string;
  readonly parts: readonly Part[];
  /** Starts of the names of the feature columns that may enter; all where left out. */
  readonly only?: readonly string[];
}

/**
 * Everything that decides how models are fitted, as plain JSON: the same recipe on the same rows gives the same models,
 * on any thread. The analysis plan is printed from it.
 */
export interface Recipe {
  readonly seed: number;
  readonly profile: Profile['name'];
  readonly models: readonly RecipeModel[];
  readonly radiomicSteps: readonly DeclaredStep[];
  readonly deepSteps: readonly DeclaredStep[];
  /** Classifiers as the study lists them. */
  readonly classifiers: readonly DeclaredClassifier[];
  /** Settings that are compared, in the order in which ties are decided. */
  readonly candidates: readonly DeclaredClassifier[];
  readonly choice: 'per-model' | 'common';
  readonly innerFolds: number;
  /** How missing clinical values are imputed; null where patients who lack one are left out. */
  readonly imputation: ImputationSettings | null;
}

/** Settings of the imputation that a study asks for; null for complete cases. */
export function imputationOf({ cohort: { missing } }: Study): ImputationSettings | null {
  if (missing === 'complete-case') return null;
  return missing === 'impute' ? imputeSchema.parse({}) : missing.impute;
}

/** @throws SentinodeError `option-invalid`, `option-unknown`, `not-built` of selection and classifiers */
export function recipeOf(study: Study, profile: Profile, models: Recipe['models']): Recipe {
  const names = study.classifiers.map(classifierName);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0)
    throw new SentinodeError(
      'option-invalid',
      `The classifier "${names[twice]}" is listed twice; list it once, with the options it is to have.`,
      { field: `classifiers.${twice}` },
    );
  const candidates = study.classifiers.flatMap((declared) =>
    profile.tune ? candidatesOf(declared) : [declared],
  );
  for (const declared of candidates) resolveClassifier(declared);
  const selection = study.selection ?? profile.selection;
  return {
    seed: study.seed,
    profile: profile.name,
    models,
    radiomicSteps: radiomicSteps(study, selection),
    deepSteps: deepSteps(study, selection),
    classifiers: study.classifiers,
    candidates,
    choice: study.choice,
    innerFolds: study.resampling.inner,
    imputation: imputationOf(study),
  };
}

const named = (step: DeclaredStep): string =>
  typeof step === 'string' ? step : (Object.keys(step)[0] ?? '');

/** Declared steps of the radiomic block: undefined columns leave first, constant ones after the ICC. */
function radiomicSteps(study: Study, selection: readonly DeclaredStep[]): DeclaredStep[] {
  const declared = selection.map(
    (step): DeclaredStep => (step === 'icc' ? { icc: { min: study.radiomics.icc.min } } : step),
  );
  for (const step of declared) resolveStep(step);
  const pca = declared.findIndex((step) => named(step) === 'pca');
  if (pca >= 0)
    throw new SentinodeError(
      'option-invalid',
      'The selection is of radiomic columns; components of deep features are set by deep.components.',
      { field: `selection.${pca}` },
    );
  const at = declared.findIndex((step) => named(step) === 'icc') + 1;
  const guarded = [
    'undefined',
    ...declared.slice(0, at),
    ...(declared.length > 0 ? ['constant'] : []),
    ...declared.slice(at),
  ];
  return guarded.some((step) => named(step) === 'z-score') ? guarded : [...guarded, 'z-score'];
}

/** Declared steps of the deep block: components, then the same steps as the radiomic block from Mann-Whitney on. */
function deepSteps(study: Study, selection: readonly DeclaredStep[]): DeclaredStep[] {
  const rest = selection.filter((step) => !['icc', 'constant', 'spearman'].includes(named(step)));
  const steps: DeclaredStep[] = ['undefined', { pca: { components: study.deep.components } }, ...rest];
  return steps.some((step) => named(step) === 'z-score') ? steps : [...steps, 'z-score'];
}
