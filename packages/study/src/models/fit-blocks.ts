import { createRandom, type FeatureTable, type Progress, SentinodeError, selectRows } from '@sentinode/core';
import {
  type DeclaredStep,
  type FittedSteps,
  fitSteps,
  type LassoState,
  type PcaState,
  type ZScoreState,
} from '@sentinode/learning';
import type { LassoSummary, SelectionResult } from '../results/study-results.ts';
import type { Study } from '../study-file/options.ts';
import type { DeepBlock, RadiomicBlock } from './locked-model.ts';

/** The selection of the published protocol, as a study file would write it. */
const usualSelection: readonly string[] = ['icc', 'spearman', 'mann-whitney', 'z-score', 'lasso'];

/** What the selection of one block is fitted on. */
export interface BlockData {
  readonly table: FeatureTable;
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly training: readonly string[];
  readonly outcomes: readonly (0 | 1)[];
}

/** A fitted block with what the report tells of it. */
export interface FittedBlock<Block> {
  readonly pipeline: FittedSteps;
  readonly block: Block;
  readonly selection: SelectionResult;
}

/** Declared steps of the radiomic block: undefined columns leave first, constant ones after the ICC. */
function radiomicSteps(study: Study): DeclaredStep[] {
  const declared = (study.selection ?? usualSelection).map(
    (step): DeclaredStep => (step === 'icc' ? { icc: { min: study.radiomics.icc.min } } : step),
  );
  const named = (step: DeclaredStep): string =>
    typeof step === 'string' ? step : (Object.keys(step)[0] ?? '');
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
function deepSteps(study: Study): DeclaredStep[] {
  const declared = study.selection ?? usualSelection;
  const named = (step: DeclaredStep): string =>
    typeof step === 'string' ? step : (Object.keys(step)[0] ?? '');
  const rest = declared.filter((step) => !['icc', 'constant', 'spearman'].includes(named(step)));
  const steps: DeclaredStep[] = ['undefined', { pca: { components: study.deep.components } }, ...rest];
  return steps.some((step) => named(step) === 'z-score') ? steps : [...steps, 'z-score'];
}

/** Fits the radiomic selection on training rows. */
export function fitRadiomicBlock(
  study: Study,
  data: BlockData,
  progress?: Progress,
): FittedBlock<RadiomicBlock> {
  const pipeline = fitOnTraining(radiomicSteps(study), study, data, 'radiomic selection', progress);
  return { pipeline, block: scaled(pipeline), selection: selectionOf(pipeline, data.table.names) };
}

/** Fits components and their selection on training rows. */
export function fitDeepBlock(study: Study, data: BlockData, progress?: Progress): FittedBlock<DeepBlock> {
  const pipeline = fitOnTraining(deepSteps(study), study, data, 'deep selection', progress);
  const fitted = pipeline.steps.find((step) => step.step === 'pca')!;
  const state = fitted.state as PcaState;
  const { columns, mean, sd } = scaled(pipeline);
  const loadings = columns.map((name) => state.loadings[fitted.output.indexOf(name)]!);
  const selection = { ...selectionOf(pipeline, data.table.names), explainedVariance: state.share };
  return {
    pipeline,
    block: { inputs: fitted.input, centre: state.centre, columns, loadings, mean, sd },
    selection,
  };
}

function fitOnTraining(
  steps: readonly DeclaredStep[],
  study: Study,
  data: BlockData,
  label: string,
  progress?: Progress,
): FittedSteps {
  const table = selectRows(data.table, data.training);
  const readers =
    data.readers === null
      ? null
      : ([selectRows(data.readers[0], data.training), selectRows(data.readers[1], data.training)] as const);
  return fitSteps(
    steps,
    table,
    { outcomes: data.outcomes, readers, random: createRandom(study.seed, label) },
    progress,
    label,
  );
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

function selectionOf(pipeline: FittedSteps, input: readonly string[]): SelectionResult {
  const lasso = pipeline.steps.find((step) => step.step === 'lasso');
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
    lasso: lasso === undefined ? null : lassoSummary(lasso.input, lasso.state as LassoState),
    explainedVariance: null,
  };
}

function lassoSummary(names: readonly string[], { fit }: LassoState): LassoSummary {
  const entering = names.flatMap((name, j) =>
    fit.path.some((coefficients) => coefficients[j] !== 0) ? [{ name, j }] : [],
  );
  return {
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
