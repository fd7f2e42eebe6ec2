import { selectColumns } from '@sentinode/core';
import {
  type Available,
  classifierName,
  type DeclaredStep,
  type FittedStep,
  keepsRows,
  resolveStep,
} from '@sentinode/learning';
import type { StudyHost } from '../host/study-host.ts';
import { definedColumns, type ModelData } from '../models/model-data.ts';
import {
  basisOf,
  type DeepBasis,
  FEWEST_RESAMPLES,
  inBasis,
  type PipelineResamples,
} from '../models/pipeline-resamples.ts';
import type { Recipe } from '../models/recipe.ts';
import type { PipelineFitsJob, PipelineFitsResult } from '../resampling/pipeline-fits.ts';
import { hashOf, runJobs } from '../resampling/run-units.ts';
import { bootstrapRows } from '../resampling/units.ts';
import type { Study } from '../study-file/options.ts';
import { NOTICE } from '../version.ts';
import type { ChosenClassifiers } from './choose-classifiers.ts';
import type { ProfileFit } from './fit-profile.ts';

/** Resamples that a thread computes at a time, and that are kept together. */
const AT_A_TIME = 20;
/** A study that asks for fewer bootstraps than this is a trial, and stores none unless it says so. */
const TRIAL = 100;

/** How many resampled models a study stores with each model, and whether their blind filters are made anew. */
function intervalBootstraps({ resampling: { intervals, pipeline, bootstraps } }: Study): {
  count: number;
  filters: 'fixed' | 'repeated';
} {
  if (typeof intervals === 'object') return { count: intervals.bootstraps, filters: intervals.filters };
  const trial = (pipeline ?? bootstraps ?? TRIAL) < TRIAL;
  return { count: intervals ?? (trial ? 0 : FEWEST_RESAMPLES), filters: 'fixed' };
}

/**
 * Fits the chosen classifier of every model anew on bootstraps of the training rows, with selection, components and scaling
 * in the loop, for the interval of a prediction. Filters that do not look at outcomes stay as they were fitted on all
 * training rows, unless the study file asks for them. A classifier that keeps training rows is left out: its resampled models
 * would hold patients 200 times.
 */
export async function storeResamples(
  fit: ProfileFit,
  { chosen }: ChosenClassifiers,
  study: Study,
  data: ModelData,
  host: StudyHost,
  available?: Available,
): Promise<(PipelineResamples | null)[]> {
  const { count, filters } = intervalBootstraps(study);
  const kept = fit.models.map((_, model) => {
    const { locked, declared } = fit.candidates[model]![chosen[model]!]!;
    return keepsRows(locked.classifier) ? null : { declared, model };
  });
  const some = kept.flatMap((one) => (one === null ? [] : [one]));
  if (count === 0 || some.length === 0) return kept.map(() => null);
  const { recipe, columns, basis, fixed } = resampledPart(fit, definedColumns(data), filters, available);
  const own = { ...recipe, models: some.map(({ model }) => fit.recipe.models[model]!) };
  const hash = await hashOf(columns);
  const draws = bootstrapRows(study.seed, columns, count, 'pipeline fit rows');
  const declared = some.map((one) => one.declared);
  const pieces = Array.from({ length: Math.ceil(count / AT_A_TIME) }, (__, block) => {
    const first = block * AT_A_TIME;
    const job: PipelineFitsJob = {
      kind: 'pipeline-fits',
      recipe: own,
      data: columns,
      chosen: declared,
      first,
      draws: draws.slice(first, first + AT_A_TIME),
    };
    const { data: _, ...identity } = job;
    return { job, identity: { ...identity, hash } };
  });
  const results = (await runJobs(
    pieces,
    host,
    'bootstraps behind intervals',
    available,
  )) as PipelineFitsResult[];
  const fits = results.flatMap((result) => result.fits);
  return kept.map((one, model) => {
    if (one === null) return null;
    const models = fits.map((all) => all[some.indexOf(one)]!);
    return {
      schema: 'sentinode-resamples/1',
      notice: NOTICE,
      ...stepsOf(fit, model, classifierName(one.declared), study, recipe, fixed, filters),
      basis: models.every(({ deep }) => deep === null) ? null : basis,
      models,
    };
  });
}

/** What is resampled: columns after the blind filters, deep features as coordinates in the space of the training rows. */
function resampledPart(
  { recipe, models }: ProfileFit,
  data: ModelData,
  filters: 'fixed' | 'repeated',
  available: Available | undefined,
): { recipe: Recipe; columns: ModelData; basis: DeepBasis | null; fixed: readonly DeclaredStep[] } {
  const basis = data.deep === null ? null : basisOf([data.deep, ...data.copies]);
  const withDeep: ModelData =
    basis === null
      ? data
      : {
          ...data,
          deep: inBasis(basis, data.deep!),
          copies: data.copies.map((copy) => inBasis(basis, copy)),
        };
  if (filters === 'repeated') return { recipe, columns: withDeep, basis, fixed: [] };
  const { radiomics, deep } = models[0]!.shared;
  const own: Recipe = {
    ...recipe,
    radiomicSteps: atPenalties(recipe.radiomicSteps, radiomics?.pipeline.steps ?? [], available),
    deepSteps: atPenalties(recipe.deepSteps, deep?.pipeline.steps ?? [], available),
  };
  if (radiomics === null || withDeep.radiomics === null)
    return { recipe: own, columns: withDeep, basis, fixed: [] };
  const steps = own.radiomicSteps;
  const first = Math.max(
    0,
    steps.findIndex((step) => resolveStep(step, 'selection', available?.steps).step.blind !== true),
  );
  const left = first > 0 ? radiomics.pipeline.steps[first - 1]!.output : withDeep.radiomics.names;
  return {
    recipe: { ...own, radiomicSteps: steps.slice(first) },
    columns: { ...withDeep, radiomics: selectColumns(withDeep.radiomics, left), readers: null },
    basis,
    fixed: steps.slice(0, first),
  };
}

/** The same steps; those that choose a penalty by cross-validation take the one that was chosen on all training rows. */
function atPenalties(
  declared: readonly DeclaredStep[],
  fitted: readonly FittedStep[],
  available: Available | undefined,
): DeclaredStep[] {
  return declared.map((one, at) => {
    const { step } = resolveStep(one, 'selection', available?.steps);
    const own = fitted[at];
    return own === undefined || step.atPenalty === undefined ? one : { [step.name]: step.atPenalty(own) };
  });
}

const named = (steps: readonly DeclaredStep[]): string =>
  steps.map((step) => (typeof step === 'string' ? step : Object.keys(step)[0]!)).join(', ');

/** What the interval covers, in the words of the sheet. */
function stepsOf(
  { models }: ProfileFit,
  model: number,
  classifier: string,
  study: Study,
  { radiomicSteps, deepSteps, imputation }: Recipe,
  fixed: readonly DeclaredStep[],
  filters: 'fixed' | 'repeated',
): Pick<PipelineResamples, 'repeated' | 'fixed'> {
  const { parts } = models[model]!.model;
  return {
    repeated: [
      ...(parts.includes('radiomics') ? [`selection of radiomic features (${named(radiomicSteps)})`] : []),
      ...(parts.includes('deep') ? [`deep components and their selection (${named(deepSteps)})`] : []),
      ...(parts.includes('clinical') ? ['selection and scaling of clinical variables'] : []),
      ...(imputation !== null && parts.includes('clinical') ? ['imputation of training rows'] : []),
      `fit of the classifier (${classifier})`,
    ],
    fixed: [
      ...(study.images === undefined ? [] : ['segmentation and measurement of the images']),
      ...(parts.includes('radiomics') && fixed.length > 0
        ? [`filters that do not look at outcomes (${named(fixed)})`]
        : []),
      `the choice of the classifier and of its settings${filters === 'fixed' && parts.some((part) => part !== 'clinical') ? ', and the penalties of the selection' : ''}`,
      'the cut-off',
      ...(imputation !== null ? ['the imputation of what this patient lacks'] : []),
      'other hospitals than that of the training patients',
    ],
  };
}
