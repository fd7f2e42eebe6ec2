import { createRandom, type FeatureTable, joinColumns, selectRows } from '@sentinode/core';
import { fitClassifier, linearOf } from '@sentinode/learning';
import { youden } from '@sentinode/statistics';
import type { ClinicalData, ClinicalVariable } from '../cohort/clinical-data.ts';
import type { Study } from '../study-file/options.ts';
import { ENGINE_VERSION, NOTICE } from '../version.ts';
import { type EncodedVariable, encodeClinicalTable, fitClinicalEncoding } from './clinical-encoding.ts';
import type { FittedBlock } from './fit-blocks.ts';
import type { Acquisition, DeepBlock, LockedModel, RadiomicBlock } from './locked-model.ts';
import type { Part } from './model-parts.ts';
import { predictorsOf, probabilityOf } from './score.ts';

/** Fitted blocks of a study, shared by its models. */
export interface FittedBlocks {
  readonly radiomics: FittedBlock<RadiomicBlock> | null;
  readonly deep: FittedBlock<DeepBlock> | null;
  readonly clinical: readonly ClinicalVariable[];
}

/** All that scoring needs of the study's patients. */
export interface PatientTables {
  readonly radiomics: FeatureTable | null;
  readonly deep: FeatureTable | null;
  readonly clinical: ClinicalData;
}

/** Value of a feature of one patient, from the tables of the study. */
export function featureLookup(tables: PatientTables): (id: string) => (name: string) => number | undefined {
  const parts = [tables.radiomics, tables.deep].flatMap((table) => (table === null ? [] : [table]));
  const rows = parts.map((table) => new Map(table.ids.map((id, row) => [id, row])));
  const columns = parts.map(
    (table) => new Map(table.names.map((name, column) => [name, table.columns[column]!])),
  );
  return (id) => (name) => {
    for (let part = 0; part < parts.length; part++) {
      const column = columns[part]!.get(name);
      const row = rows[part]!.get(id);
      if (column !== undefined && row !== undefined)
        return Number.isFinite(column[row]!) ? column[row] : undefined;
    }
    return undefined;
  };
}

/** Names of the features that a study's models read, by which a patient can fail to be scored. */
export function neededFeatures(blocks: FittedBlocks): readonly string[] {
  return [
    ...(blocks.radiomics?.block.columns ?? []),
    ...(blocks.deep === null || blocks.deep.block.columns.length === 0 ? [] : blocks.deep.block.inputs),
  ];
}

/**
 * Fits one model on training rows and locks it. When its blocks kept nothing the model has an intercept only: an empty
 * selection is a result.
 */
export function fitModel(
  study: Study,
  model: { readonly name: string; readonly parts: readonly Part[] },
  blocks: FittedBlocks,
  tables: PatientTables,
  training: { readonly ids: readonly string[]; readonly outcomes: readonly (0 | 1)[] },
  about: { readonly banners: readonly string[]; readonly acquisition: Acquisition | null },
): LockedModel {
  const use = (part: Part): boolean => model.parts.includes(part);
  const radiomics =
    use('radiomics') && blocks.radiomics !== null && blocks.radiomics.block.columns.length > 0
      ? blocks.radiomics
      : null;
  const deep =
    use('deep') && blocks.deep !== null && blocks.deep.block.columns.length > 0 ? blocks.deep : null;
  const clinical: readonly EncodedVariable[] = use('clinical')
    ? fitClinicalEncoding(tables.clinical, blocks.clinical, training.ids)
    : [];
  const parts = [
    ...(radiomics === null ? [] : [selectRows(radiomics.pipeline.output, training.ids)]),
    ...(deep === null ? [] : [selectRows(deep.pipeline.output, training.ids)]),
    ...(clinical.length === 0 ? [] : [encodeClinicalTable(clinical, tables.clinical, training.ids)]),
  ];
  const inputs = parts.length === 0 ? { ids: training.ids, names: [], columns: [] } : joinColumns(...parts);
  const declared = study.classifiers[0]!;
  const classifier = fitClassifier(
    declared,
    inputs,
    training.outcomes,
    createRandom(study.seed, `classifier/${model.name}`),
  );
  const kinds = [
    ...(radiomics?.block.columns ?? []).map(() => 'radiomics' as const),
    ...(deep?.block.columns ?? []).map(() => 'deep' as const),
  ];
  const unlocked: LockedModel = {
    schema: 'sentinode-model/1',
    notice: NOTICE,
    banners: about.banners,
    engine: ENGINE_VERSION,
    study: study.name,
    profile: study.profile,
    name: model.name,
    outcome: `${study.cohort.outcome.column} = ${study.cohort.outcome.positive}`,
    radiomics: radiomics?.block ?? null,
    deep: deep?.block ?? null,
    clinical,
    predictors: inputs.names.map((name, column) => {
      const values = inputs.columns[column]!;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return {
        name,
        kind: kinds[column] ?? 'clinical',
        minimum: Math.min(...values),
        maximum: Math.max(...values),
        mean,
      };
    }),
    classifier,
    threshold: Number.NaN,
    thresholdRule:
      'Youden on the training cohort: midpoints of neighbouring distinct probabilities, highest sensitivity on ties, positive if probability >= threshold',
    acquisition: about.acquisition,
  };
  const probabilities = scoreAll(unlocked, tables, training.ids);
  return { ...unlocked, threshold: youden(probabilities, training.outcomes).threshold };
}

/** Probabilities of patients of the study, by the locked model alone. */
export function scoreAll(model: LockedModel, tables: PatientTables, ids: readonly string[]): Float64Array {
  const lookup = featureLookup(tables);
  return Float64Array.from(ids, (id) =>
    probabilityOf(
      model,
      predictorsOf(model, { id, feature: lookup(id), clinical: tables.clinical.values.get(id) ?? {} }),
    ),
  );
}

/** `logit(p) = ...` with rounded coefficients, for reading; undefined for classifiers that are not linear. */
export function formulaOf(model: LockedModel): string {
  const linear = linearOf(model.classifier);
  if (linear === undefined) return 'not a linear model';
  const term = (value: number, name: string): string =>
    `${value < 0 ? '−' : '+'} ${Math.abs(value).toFixed(4)} × ${name}`;
  return [
    `logit(p) = ${linear.intercept.toFixed(4).replace('-', '−')}`,
    ...linear.coefficients.map((value, j) => term(value, model.predictors[j]!.name)),
  ].join(' ');
}
