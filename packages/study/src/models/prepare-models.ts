import { type FeatureTable, joinRows, type Progress } from '@sentinode/core';
import type { Available, Preparation, Prepare } from '@sentinode/learning';
import { fitClinicalEncoding } from './clinical-encoding.ts';
import { type FittedBlocks, fitBlocks } from './fit-blocks.ts';
import { inputsOf, type ModelBlocks } from './inputs.ts';
import { dataAt, type ModelData, onlyColumns } from './model-data.ts';
import type { Recipe, RecipeModel } from './recipe.ts';

/**
 * Everything before the classifier of one model, fitted on training rows. `inputs` and `outcomes` are what a classifier is
 * fitted on: every patient, and behind them the copies of augmentation where the model has deep features.
 */
export interface PreparedModel extends Preparation {
  /** Inputs and outcomes of every patient once. */
  readonly patients: { readonly inputs: FeatureTable; readonly outcomes: readonly (0 | 1)[] };
  readonly model: Recipe['models'][number];
  readonly blocks: ModelBlocks;
  /** What its blocks share with the other models. */
  readonly shared: FittedBlocks;
}

/**
 * Fits the blocks of a recipe on rows of the data, once for all models. A block that keeps nothing adds no predictor: an
 * empty selection is a result.
 */
export function preparingModels(
  recipe: Recipe,
  data: ModelData,
  available: Available = {},
  progress?: Progress,
): Prepare<PreparedModel> {
  return (rows, random) => {
    const own = dataAt(data, rows);
    const fitted = new Map<string, FittedBlocks>();
    const sharedOf = ({ only }: RecipeModel): FittedBlocks => {
      const key = JSON.stringify(only ?? null);
      const known = fitted.get(key);
      if (known !== undefined) return known;
      const models = recipe.models.filter((model) => JSON.stringify(model.only ?? null) === key);
      const blocks = fitBlocks(
        { ...recipe, models },
        onlyColumns(own, only),
        random,
        progress,
        available.steps,
      );
      fitted.set(key, blocks);
      return blocks;
    };
    return recipe.models.map((model): PreparedModel => {
      const shared = sharedOf(model);
      const blocks = blocksOf(model, shared, own);
      const inputs = inputsOf(blocks, own);
      const copies = blocks.deep === null ? [] : own.copies;
      return {
        model,
        blocks,
        shared,
        patients: { inputs, outcomes: own.outcomes },
        inputs: joinRows(inputs, ...copies.map((deep) => inputsOf(blocks, { ...own, deep }))),
        outcomes: [own.outcomes, ...copies.map(() => own.outcomes)].flat(),
        transform: (others) => inputsOf(blocks, dataAt(data, others)),
      };
    });
  };
}

function blocksOf(
  { parts }: Recipe['models'][number],
  { radiomics, deep, clinical }: FittedBlocks,
  data: ModelData,
): ModelBlocks {
  const kept = <Block extends { readonly columns: readonly string[] }>(
    part: 'radiomics' | 'deep',
    fitted: { readonly block: Block } | null,
  ): Block | null =>
    parts.includes(part) && fitted !== null && fitted.block.columns.length > 0 ? fitted.block : null;
  return {
    radiomics: kept('radiomics', radiomics),
    deep: kept('deep', deep),
    clinical: parts.includes('clinical')
      ? fitClinicalEncoding(data.clinical, clinical?.kept ?? [], data.ids)
      : [],
  };
}
