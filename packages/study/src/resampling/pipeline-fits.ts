import { createRandom } from '@sentinode/core';
import {
  type Available,
  classifierInputs,
  type DeclaredClassifier,
  type FittedClassifier,
  fitClassifier,
} from '@sentinode/learning';
import type { DeepBlock } from '../models/locked-model.ts';
import type { ModelData } from '../models/model-data.ts';
import type { ResampledModel } from '../models/pipeline-resamples.ts';
import { preparingModels } from '../models/prepare-models.ts';
import type { Recipe } from '../models/recipe.ts';

/**
 * Some bootstraps of everything between the columns of the data and the probability, for the interval of a prediction: the
 * steps of the recipe and the classifier are fitted anew on each resample, with the settings that were chosen.
 */
export interface PipelineFitsJob {
  readonly kind: 'pipeline-fits';
  readonly recipe: Recipe;
  readonly data: ModelData;
  /** Classifier with its settings, by model. */
  readonly chosen: readonly DeclaredClassifier[];
  /** Number of the first resample; each names its generator. */
  readonly first: number;
  readonly draws: readonly (readonly number[])[];
}

export interface PipelineFitsResult {
  readonly kind: 'pipeline-fits';
  /** By resample, then by model. */
  readonly fits: readonly (readonly ResampledModel[])[];
}

/** A function of the job alone. */
export function runPipelineFits(job: PipelineFitsJob, available?: Available): PipelineFitsResult {
  const { recipe, data, chosen, first, draws } = job;
  const prepare = preparingModels(recipe, data, available);
  return {
    kind: 'pipeline-fits',
    fits: draws.map((rows, index) => {
      const random = createRandom(recipe.seed, `resampling/pipeline fits/${first + index}`);
      return prepare(rows, random).map((prepared, model): ResampledModel => {
        const { radiomics, deep, clinical } = prepared.blocks;
        const classifier = fitClassifier(
          chosen[model]!,
          classifierInputs(prepared),
          prepared.outcomes,
          random.fork(`classifier-${model}`),
          available?.classifiers,
        );
        return {
          radiomics,
          deep: deep === null ? null : withoutNames(deep),
          clinical,
          predictors: prepared.inputs.names,
          classifier: withoutRows(classifier),
        };
      });
    }),
  };
}

function withoutNames({ inputs: _, columns: __, ...deep }: DeepBlock): ResampledModel['deep'] {
  return deep;
}

/** Whose rows a fit saw is said by the draws; the ids of patients do not travel with it. */
function withoutRows({ members, ...classifier }: FittedClassifier): FittedClassifier {
  return {
    ...classifier,
    rows: [],
    ...(members === undefined ? {} : { members: members.map(withoutRows) }),
  };
}
