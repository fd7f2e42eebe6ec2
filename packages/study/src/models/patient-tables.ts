import type { FeatureTable } from '@sentinode/core';
import type { ClinicalData } from '../cohort/clinical-data.ts';
import type { FittedBlocks } from './fit-blocks.ts';
import type { LockedModel } from './locked-model.ts';
import { meanProbability, scoresOf } from './score.ts';

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

/** Probabilities of patients of the study, by the locked model alone. */
export function scoreAll(model: LockedModel, tables: PatientTables, ids: readonly string[]): Float64Array {
  const lookup = featureLookup(tables);
  return Float64Array.from(ids, (id) =>
    meanProbability(
      scoresOf(model, { id, feature: lookup(id), clinical: tables.clinical.values.get(id) ?? {} }),
    ),
  );
}

/** The same by imputation, for Rubin's rules: [imputation][patient]; one list for a model that imputes nothing. */
export function scoreCompletions(
  model: LockedModel,
  tables: PatientTables,
  ids: readonly string[],
): Float64Array[] {
  const lookup = featureLookup(tables);
  const scores = ids.map((id) =>
    scoresOf(model, { id, feature: lookup(id), clinical: tables.clinical.values.get(id) ?? {} }),
  );
  const count = scores.reduce((most, own) => Math.max(most, own.length), 1);
  return Array.from({ length: count }, (_, j) => Float64Array.from(scores, (own) => own[j] ?? own[0]!));
}
