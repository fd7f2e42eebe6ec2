import { type FeatureTable, joinRows, type Progress } from '@sentinode/core';
import type { Available, Preparation, Prepare } from '@sentinode/learning';
import { fitClinicalEncoding } from './clinical-encoding.ts';
import { type CompletedClinical, completedOf, imputeClinical, plainClinical } from './clinical-imputation.ts';
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
  readonly patients: Pick<Preparation, 'inputs' | 'completed' | 'outcomes'>;
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
    const imputed =
      recipe.imputation === null || own.clinical.variables.length === 0
        ? null
        : imputeClinical(own, recipe.imputation, random.fork('imputation'));
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
        imputed,
        progress,
        available.steps,
      );
      fitted.set(key, blocks);
      return blocks;
    };
    return recipe.models.map((model): PreparedModel => {
      const shared = sharedOf(model);
      const blocks = blocksOf(model, shared, imputed?.forModels ?? plainClinical(own));
      const needed = blocks.clinical.map(({ name }) => name);
      const values =
        imputed !== null && needed.some((name) => imputed.incomplete.has(name))
          ? imputed.forModels
          : plainClinical(own);
      const copies = blocks.deep === null ? [] : own.copies;
      const versions = values.map((one) => inputsOf(blocks, own, one));
      const fitted = values.map((one, j) =>
        joinRows(versions[j]!, ...copies.map((deep) => inputsOf(blocks, { ...own, deep }, one))),
      );
      return {
        model,
        blocks,
        shared,
        patients: { ...inputsAndVersions(versions), outcomes: own.outcomes },
        ...inputsAndVersions(fitted),
        outcomes: [own.outcomes, ...copies.map(() => own.outcomes)].flat(),
        transform: (others) => {
          const held = dataAt(data, others);
          const completed =
            imputed === null ? plainClinical(held) : completedOf(imputed.imputation, held, needed);
          const tables = completed.map((one) => inputsOf(blocks, held, one));
          return tables.length === 1 ? tables[0]! : tables;
        },
      };
    });
  };
}

const inputsAndVersions = (versions: readonly FeatureTable[]): Pick<Preparation, 'inputs' | 'completed'> => ({
  inputs: versions[0]!,
  ...(versions.length > 1 ? { completed: versions } : {}),
});

function blocksOf(
  { parts }: Recipe['models'][number],
  { radiomics, deep, clinical }: FittedBlocks,
  values: CompletedClinical,
): ModelBlocks {
  const kept = <Block extends { readonly columns: readonly string[] }>(
    part: 'radiomics' | 'deep',
    fitted: { readonly block: Block } | null,
  ): Block | null =>
    parts.includes(part) && fitted !== null && fitted.block.columns.length > 0 ? fitted.block : null;
  return {
    radiomics: kept('radiomics', radiomics),
    deep: kept('deep', deep),
    clinical: parts.includes('clinical') ? fitClinicalEncoding(clinical?.kept ?? [], values.flat()) : [],
  };
}
