import { type FeatureTable, selectColumns, selectPositions } from '@sentinode/core';
import type { ClinicalData } from '../cohort/clinical-data.ts';

/**
 * All that models may learn from: the rows of one set of patients and nothing of anybody else. Tables have the rows of
 * `ids`, in that order.
 */
export interface ModelData {
  readonly ids: readonly string[];
  readonly outcomes: readonly (0 | 1)[];
  readonly radiomics: FeatureTable | null;
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly deep: FeatureTable | null;
  /**
   * Deep features of changed copies of each row's pictures, one table a copy: further rows of the same patient that go
   * wherever the patient goes, and are only ever fitted on.
   */
  readonly copies: readonly FeatureTable[];
  readonly clinical: ClinicalData;
  /** Person of each row; the id where the study declares no groups. Rows of a person are never parted. */
  readonly groups: readonly string[];
  /** Hospital of each row; null where the study declares none. */
  readonly centres: readonly string[] | null;
}

/** The data of some rows, by position; a position may occur more than once (bootstrap). */
export function dataAt(data: ModelData, rows: readonly number[]): ModelData {
  const table = <T extends FeatureTable | null>(own: T): T =>
    (own === null ? null : selectPositions(own, rows)) as T;
  return {
    ids: rows.map((row) => data.ids[row]!),
    outcomes: rows.map((row) => data.outcomes[row]!),
    radiomics: table(data.radiomics),
    readers: data.readers === null ? null : [table(data.readers[0]), table(data.readers[1])],
    deep: table(data.deep),
    copies: data.copies.map(table),
    clinical: data.clinical,
    groups: rows.map((row) => data.groups[row]!),
    centres: data.centres === null ? null : rows.map((row) => data.centres![row]!),
  };
}

/** The same data with the feature columns whose names start as given; all where nothing is. */
export function onlyColumns(data: ModelData, starts: readonly string[] | undefined): ModelData {
  if (starts === undefined) return data;
  const chosen = (table: FeatureTable): FeatureTable => {
    const kept = table.names.map((name) => starts.some((start) => name.startsWith(start)));
    return {
      ids: table.ids,
      names: table.names.filter((_, column) => kept[column]),
      columns: table.columns.filter((_, column) => kept[column]),
    };
  };
  return {
    ...data,
    radiomics: data.radiomics === null ? null : chosen(data.radiomics),
    readers: data.readers === null ? null : [chosen(data.readers[0]), chosen(data.readers[1])],
    deep: data.deep === null ? null : chosen(data.deep),
    copies: data.copies.map(chosen),
  };
}

/** The same data without columns that are undefined for any of its rows. */
export function definedColumns(data: ModelData): ModelData {
  const whole = (table: FeatureTable | null): FeatureTable | null => {
    if (table === null) return null;
    const kept = table.columns.map((column) => column.every(Number.isFinite));
    return {
      ids: table.ids,
      names: table.names.filter((_, column) => kept[column]),
      columns: table.columns.filter((_, column) => kept[column]),
    };
  };
  const deep = whole(data.deep);
  return {
    ...data,
    radiomics: whole(data.radiomics),
    deep,
    copies: deep === null ? [] : data.copies.map((copy) => selectColumns(copy, deep.names)),
  };
}
