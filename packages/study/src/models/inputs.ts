import type { FeatureTable } from '@sentinode/core';
import type { ClinicalValues } from '../cohort/clinical-data.ts';
import { type EncodedVariable, encodeClinicalTable } from './clinical-encoding.ts';
import type { DeepBlock, RadiomicBlock } from './locked-model.ts';
import type { ModelData } from './model-data.ts';

/** The fitted blocks that a model takes; null where it takes none, or the block kept nothing. */
export interface ModelBlocks {
  readonly radiomics: RadiomicBlock | null;
  readonly deep: DeepBlock | null;
  readonly clinical: readonly EncodedVariable[];
}

type Columns = { readonly names: string[]; readonly columns: Float64Array[] };

const none: Columns = { names: [], columns: [] };

/**
 * Inputs of the classifier for every row of the data: radiomics, deep, clinical, the last from values in the order of the
 * rows. The same arithmetic in the same order
 * as scoring one patient, so both give the same bits.
 */
export function inputsOf(
  blocks: ModelBlocks,
  data: Pick<ModelData, 'ids' | 'radiomics' | 'deep'>,
  values: readonly ClinicalValues[],
): FeatureTable {
  const radiomics =
    blocks.radiomics === null || data.radiomics === null
      ? none
      : radiomicColumns(blocks.radiomics, data.radiomics);
  const deep = blocks.deep === null || data.deep === null ? none : deepColumns(blocks.deep, data.deep);
  const clinical =
    blocks.clinical.length === 0 ? none : encodeClinicalTable(blocks.clinical, values, data.ids);
  return {
    ids: data.ids,
    names: [...radiomics.names, ...deep.names, ...clinical.names],
    columns: [...radiomics.columns, ...deep.columns, ...clinical.columns],
  };
}

function columnsByName(table: FeatureTable, names: readonly string[]): Float64Array[] {
  const position = new Map(table.names.map((name, column) => [name, column]));
  return names.map((name) => table.columns[position.get(name)!]!);
}

function radiomicColumns(block: RadiomicBlock, table: FeatureTable): Columns {
  const chosen = columnsByName(table, block.columns);
  return {
    names: [...block.columns],
    columns: chosen.map((column, j) => column.map((value) => (value - block.mean[j]!) / block.sd[j]!)),
  };
}

function deepColumns(block: DeepBlock, table: FeatureTable): Columns {
  const chosen = columnsByName(table, block.inputs);
  const rows = table.ids.length;
  const columns = block.loadings.map((loadings, component) => {
    const scores = new Float64Array(rows);
    chosen.forEach((column, j) => {
      const centre = block.centre[j]!;
      const loading = loadings[j]!;
      for (let row = 0; row < rows; row++) scores[row]! += (column[row]! - centre) * loading;
    });
    return scores.map((score) => (score - block.mean[component]!) / block.sd[component]!);
  });
  return { names: [...block.columns], columns };
}
