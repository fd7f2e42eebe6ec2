import { createRandom } from '@sentinode/core';
import { type Available, bestOf, classifierName, type DeclaredClassifier } from '@sentinode/learning';
import type { StudyHost } from '../host/study-host.ts';
import { lockModel } from '../models/lock-model.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { definedColumns, type ModelData } from '../models/model-data.ts';
import { type PreparedModel, preparingModels } from '../models/prepare-models.ts';
import { type Recipe, recipeOf } from '../models/recipe.ts';
import type { Profile } from '../profiles/profile.ts';
import { runUnits } from '../resampling/run-units.ts';
import type { InnerResult } from '../resampling/unit.ts';
import type { MeasuredStudy } from './measured-study.ts';
import type { PreparedStudy } from './prepare-study.ts';

/** One classifier fitted behind one model. */
export interface FittedCandidate {
  readonly declared: DeclaredClassifier;
  readonly locked: LockedModel;
  /** Inner cross-validation of these settings; null where the profile does not run it. */
  readonly inner: { readonly mean: number | null; readonly folds: readonly (number | null)[] } | null;
}

/** Everything of a profile that is fitted, before any validation row is read. */
export interface ProfileFit {
  readonly profile: Profile;
  readonly recipe: Recipe;
  readonly models: readonly PreparedModel[];
  /** By model, then by classifier in the order of the study file. */
  readonly candidates: readonly (readonly FittedCandidate[])[];
  /** Position of the chosen classifier of each model, where training patients decide; else null. */
  readonly chosen: readonly number[] | null;
  readonly innerFolds: number | null;
  /** Settings that tuning left out, and why. */
  readonly remarks: readonly string[];
  /** Training rows that choice, tuning and cut-offs were decided on. */
  readonly rows: readonly string[];
}

/**
 * Fits everything that a profile asks for on the training rows: selection, tuning, every listed classifier of every
 * model, cut-offs.
 */
export async function fitProfile(
  profile: Profile,
  { study, models }: PreparedStudy,
  measured: Pick<MeasuredStudy, 'banners' | 'acquisition'>,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<ProfileFit> {
  const recipe = recipeOf(study, profile, models);
  const inner =
    profile.choose === 'inner-cv' || profile.threshold === 'out-of-fold'
      ? await innerResult(recipe, data, host, available)
      : null;
  const random = createRandom(study.seed, 'final');
  const rows = data.outcomes.map((_, row) => row);
  const prepared = preparingModels(recipe, data, available, host.progress)(rows, random);
  const setting = {
    study,
    profile: profile.name,
    banners: measured.banners,
    acquisition: measured.acquisition,
  };
  const candidates = prepared.map((model, index) =>
    study.classifiers.map((listed): FittedCandidate => {
      const scores = inner === null ? [] : inner.models[index]!.scores;
      const score = scores.length === 0 ? undefined : scores[bestOf(scores, classifierName(listed))];
      const declared = score?.candidate ?? listed;
      const outOfFold = profile.threshold === 'out-of-fold' ? Float64Array.from(score!.probabilities) : null;
      const locked = lockModel(model, declared, outOfFold, setting, random, available);
      return {
        declared,
        locked,
        inner: score === undefined ? null : { mean: score.mean, folds: score.folds },
      };
    }),
  );
  const names = study.classifiers.map(classifierName);
  const chosen =
    profile.choose === 'inner-cv' && inner !== null
      ? inner.models.map(({ scores, best }) => names.indexOf(classifierName(scores[best]!.candidate)))
      : null;
  return {
    profile,
    recipe,
    models: prepared,
    candidates,
    chosen,
    innerFolds: inner?.folds ?? null,
    remarks: leftOutOf(inner),
    rows: data.ids,
  };
}

function leftOutOf(inner: InnerResult | null): string[] {
  const sentences = (inner?.models ?? []).flatMap(({ scores }) =>
    scores.flatMap(({ candidate, leftOut }) =>
      leftOut === undefined ? [] : [`Tuning left out ${JSON.stringify(candidate)}: ${leftOut}`],
    ),
  );
  return [...new Set(sentences)];
}

async function innerResult(
  recipe: Recipe,
  data: ModelData,
  host: StudyHost,
  available: Available | undefined,
): Promise<InnerResult> {
  const [result] = await runUnits(
    recipe,
    definedColumns(data),
    [{ kind: 'inner' }],
    host,
    'inner cross-validation',
    available,
  );
  return result as InnerResult;
}
