import { type FeatureTable, joinRows, type Progress, type Random } from '@sentinode/core';
import {
  type FittedSteps,
  fitSteps,
  type PcaState,
  type PenaltyPath,
  penaltyPathOf,
  type Step,
  transformAll,
  type ZScoreState,
} from '@sentinode/learning';
import type { LassoSummary, SelectionResult } from '../results/study-results.ts';
import { type ImputedClinical, plainClinical } from './clinical-imputation.ts';
import { type ClinicalSelection, selectClinical } from './clinical-selection.ts';
import type { DeepBlock, RadiomicBlock } from './locked-model.ts';
import type { ModelData } from './model-data.ts';
import type { Recipe } from './recipe.ts';

/** A fitted block with what the report tells of it. */
export interface FittedBlock<Block> {
  readonly pipeline: FittedSteps;
  readonly block: Block;
  readonly selection: SelectionResult;
}

/** Fitted blocks of a study, shared by its models. */
export interface FittedBlocks {
  readonly radiomics: FittedBlock<RadiomicBlock> | null;
  readonly deep: FittedBlock<DeepBlock> | null;
  readonly clinical: ClinicalSelection | null;
  /** Imputation of the clinical variables; null for complete cases. */
  readonly imputed: ImputedClinical | null;
}

/** Fits every block that some model of the recipe takes, on the rows of the data. */
export function fitBlocks(
  recipe: Recipe,
  data: ModelData,
  random: Random,
  imputed: ImputedClinical | null,
  progress?: Progress,
  steps?: readonly Step[],
): FittedBlocks {
  const used = new Set(recipe.models.flatMap((model) => model.parts));
  return {
    radiomics:
      used.has('radiomics') && data.radiomics !== null
        ? fitRadiomicBlock(recipe, data, data.radiomics, random, progress, steps)
        : null,
    deep:
      used.has('deep') && data.deep !== null
        ? fitDeepBlock(recipe, data, data.deep, random, progress, steps)
        : null,
    clinical:
      data.clinical.variables.length > 0
        ? selectClinical(
            data.clinical.variables,
            imputed?.forRegression ?? plainClinical(data),
            data.outcomes,
            data.ids,
          )
        : null,
    imputed,
  };
}

function fitRadiomicBlock(
  recipe: Recipe,
  data: ModelData,
  table: FeatureTable,
  random: Random,
  progress: Progress | undefined,
  available: readonly Step[] | undefined,
): FittedBlock<RadiomicBlock> {
  const label = 'radiomic selection';
  const { outcomes, readers, groups } = data;
  const pipeline = fitSteps(
    recipe.radiomicSteps,
    table,
    { outcomes, readers, groups, random: random.fork(label) },
    progress,
    label,
    available,
  );
  return { pipeline, block: scaled(pipeline), selection: selectionOf(pipeline, table.names, available) };
}

/**
 * Components, then the selection among them. Copies of augmentation are rows of the components alone: tests and
 * penalties count patients, and a patient with five pictures is still one.
 */
function fitDeepBlock(
  recipe: Recipe,
  { outcomes, copies, groups }: ModelData,
  table: FeatureTable,
  random: Random,
  progress: Progress | undefined,
  available: readonly Step[] | undefined,
): FittedBlock<DeepBlock> {
  const label = 'deep selection';
  const context = { outcomes, readers: null, groups, random: random.fork(label) };
  const fit = (steps: Recipe['deepSteps'], rows: FeatureTable, own = context): FittedSteps =>
    fitSteps(steps, rows, own, progress, label, available);
  let pipeline: FittedSteps;
  if (copies.length === 0) pipeline = fit(recipe.deepSteps, table);
  else {
    const components = recipe.deepSteps.findIndex((step) => typeof step !== 'string' && 'pca' in step) + 1;
    const all = [outcomes, ...copies.map(() => outcomes)].flat();
    const first = fit(recipe.deepSteps.slice(0, components), joinRows(table, ...copies), {
      ...context,
      outcomes: all,
      groups: [groups, ...copies.map(() => groups)].flat(),
    });
    const rest = fit(recipe.deepSteps.slice(components), transformAll(first.steps, table, available), {
      ...context,
      random: context.random.fork('patients'),
    });
    pipeline = { steps: [...first.steps, ...rest.steps], output: rest.output };
  }
  const fitted = pipeline.steps.find((step) => step.step === 'pca')!;
  const state = fitted.state as PcaState;
  const { columns, mean, sd } = scaled(pipeline);
  const loadings = columns.map((name) => state.loadings[fitted.output.indexOf(name)]!);
  return {
    pipeline,
    block: { inputs: fitted.input, centre: state.centre, columns, loadings, mean, sd },
    selection: { ...selectionOf(pipeline, table.names, available), explainedVariance: state.share },
  };
}

/** Final columns with the mean and standard deviation of the z-score step. */
function scaled(pipeline: FittedSteps): RadiomicBlock {
  const step = pipeline.steps.find((fitted) => fitted.step === 'z-score')!;
  const state = step.state as ZScoreState;
  const columns = pipeline.output.names;
  const of = (values: readonly number[]): number[] =>
    columns.map((name) => values[step.output.indexOf(name)]!);
  return { columns, mean: of(state.mean), sd: of(state.sd) };
}

/** What every step did, whatever selectors there are, and what each kept column was kept by. */
function selectionOf(
  pipeline: FittedSteps,
  input: readonly string[],
  available: readonly Step[] | undefined,
): SelectionResult {
  const lasso = pipeline.steps.flatMap((step) => {
    const path = penaltyPathOf(step, available);
    return path === undefined ? [] : [lassoSummary(step.input, path)];
  });
  return {
    steps: [
      { step: 'input', count: input.length, names: input, note: 'columns of the table', fittedOn: 'none' },
      ...pipeline.steps.map((step) => ({
        step: step.step,
        count: step.output.length,
        names: step.output,
        note: step.note,
        fittedOn: 'training' as const,
      })),
    ],
    lasso: lasso.at(-1) ?? null,
    explainedVariance: null,
    kept: pipeline.output.names.map((name) => ({
      name,
      by: pipeline.steps.flatMap(({ step, details }) =>
        details[name] === undefined ? [] : [{ step, detail: details[name] }],
      ),
    })),
  };
}

function lassoSummary(names: readonly string[], fit: PenaltyPath): LassoSummary {
  const entering = names.flatMap((name, j) =>
    fit.path.some((coefficients) => coefficients[j] !== 0) ? [{ name, j }] : [],
  );
  return {
    measure: fit.measure,
    alphas: fit.alphas,
    meanError: fit.meanError,
    standardError: fit.standardError,
    alpha: fit.alpha,
    index: fit.index,
    coefficients: names.flatMap((name, j) =>
      fit.coefficients[j] === 0 ? [] : [{ name, value: fit.coefficients[j]! }],
    ),
    path: entering.map(({ name, j }) => ({ name, values: fit.path.map((coefficients) => coefficients[j]!) })),
  };
}
