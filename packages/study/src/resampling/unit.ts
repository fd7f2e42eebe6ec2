import { createRandom, type Random } from '@sentinode/core';
import {
  type Available,
  chooseWithin,
  classifierInputs,
  commonClassifier,
  type DeclaredClassifier,
  groupedKFold,
  nestedFold,
  perModel,
  predictProba,
  stratifiedKFold,
} from '@sentinode/learning';
import type { ModelData } from '../models/model-data.ts';
import { type PreparedModel, preparingModels } from '../models/prepare-models.ts';
import type { Recipe } from '../models/recipe.ts';
import { type Performance, performanceOf } from './performance.ts';

/** A piece of resampling that is computed alone, on any thread, and kept. Rows are positions in the training data. */
export type Unit =
  | { readonly kind: 'inner' }
  | {
      readonly kind: 'outer';
      readonly repeat: number;
      readonly fold: number;
      readonly train: readonly number[];
      readonly test: readonly number[];
    }
  | { readonly kind: 'bootstrap'; readonly index: number; readonly rows: readonly number[] };

/** Everything that a unit is computed from: the same job gives the same bytes anywhere. */
export interface UnitJob {
  readonly recipe: Recipe;
  readonly data: ModelData;
  readonly unit: Unit;
}

/** Cross-validation of every candidate on all training rows, by model; probabilities are out of fold. */
export interface InnerResult {
  readonly kind: 'inner';
  readonly folds: number;
  readonly models: readonly {
    readonly scores: readonly {
      readonly candidate: DeclaredClassifier;
      readonly folds: readonly (number | null)[];
      readonly mean: number | null;
      readonly probabilities: readonly number[];
      /** Why these settings were left out. */
      readonly leftOut?: string;
    }[];
    readonly best: number;
  }[];
}

/** One outer fold: what was chosen and kept on its training rows, and the probabilities of its test rows. */
export interface OuterResult {
  readonly kind: 'outer';
  readonly models: readonly {
    readonly chosen: DeclaredClassifier;
    readonly kept: readonly string[];
    readonly probabilities: readonly number[];
  }[];
}

/** One bootstrap of the whole pipeline: performance on the resample it was fitted on, and on the original rows. */
export interface BootstrapResult {
  readonly kind: 'bootstrap';
  readonly models: readonly {
    readonly chosen: DeclaredClassifier;
    readonly kept: readonly string[];
    readonly apparent: Performance;
    readonly original: Performance;
  }[];
}

export type UnitResult = InnerResult | OuterResult | BootstrapResult;

/** Name of a unit, unique within a run: it names the generator too. */
export function unitName(unit: Unit): string {
  if (unit.kind === 'inner') return 'inner';
  return unit.kind === 'outer' ? `outer-${unit.repeat}-${unit.fold}` : `bootstrap-${unit.index}`;
}

/** Computes one unit. A function of the job alone. */
export function runUnit({ recipe, data, unit }: UnitJob, available?: Available): UnitResult {
  const random = createRandom(recipe.seed, `resampling/${unitName(unit)}`);
  const prepare = preparingModels(recipe, data, available);
  const inner = innerFolds(recipe, data);
  const rule = recipe.choice === 'common' ? commonClassifier : perModel;
  const { outcomes } = data;
  const rows = outcomes.map((_, row) => row);
  if (unit.kind === 'inner') {
    const choices = chooseWithin(prepare, recipe.candidates, { rows, outcomes, inner, rule }, random);
    return {
      kind: 'inner',
      folds: choices[0]!.scores[0]!.folds.length,
      models: choices.map(({ scores, best }) => ({
        best,
        scores: scores.map((score) => ({ ...score, probabilities: Array.from(score.probabilities) })),
      })),
    };
  }
  if (unit.kind === 'outer') {
    const { train, test } = unit;
    const folds = nestedFold(prepare, recipe.candidates, { train, test, outcomes, inner, rule }, random);
    return {
      kind: 'outer',
      models: folds.map(({ chosen, preparation, probabilities }) => ({
        chosen,
        kept: keptBy(preparation),
        probabilities: Array.from(probabilities),
      })),
    };
  }
  const fits = nestedFold(
    prepare,
    recipe.candidates,
    { train: unit.rows, test: rows, outcomes, inner, rule },
    random,
  );
  return {
    kind: 'bootstrap',
    models: fits.map(({ chosen, preparation, fitted, probabilities }) => ({
      chosen,
      kept: keptBy(preparation),
      apparent: performanceOf(
        predictProba(fitted, classifierInputs(preparation.patients)),
        preparation.patients.outcomes,
      ),
      original: performanceOf(probabilities, outcomes),
    })),
  };
}

/**
 * Stratified inner folds from the generator given. Rows of one person, and the copies that a bootstrap makes of a row,
 * stay in one fold. Where the rarer outcome has fewer rows than folds are asked for, there are as many folds as it has
 * rows; the result says how many.
 */
function innerFolds(recipe: Recipe, data: ModelData) {
  return (rows: readonly number[], random: Random): number[][] => {
    const outcomes = rows.map((row) => data.outcomes[row]!);
    const groups = rows.map((row) => data.groups[row]!);
    const persons = (outcome: 0 | 1): number =>
      new Set(groups.filter((_, position) => outcomes[position] === outcome)).size;
    const folds = Math.max(2, Math.min(recipe.innerFolds, persons(0), persons(1)));
    return new Set(groups).size === rows.length
      ? stratifiedKFold(outcomes, folds, random)
      : groupedKFold(outcomes, groups, folds, random);
  };
}

/** Radiomic and clinical predictors; a principal component of another resample is another direction. */
function keptBy({ blocks }: PreparedModel): string[] {
  return [...(blocks.radiomics?.columns ?? []), ...blocks.clinical.map((variable) => variable.name)];
}
