import { createRandom, type FeatureTable } from '@sentinode/core';
import type { SimulatedPatient } from '../cohort/screened-patients.ts';
import type { SimulationOptions } from '../options.ts';
import { deepTable } from './deep-table.ts';
import { standardResponses } from './image-factors.ts';
import { radiomicTables } from './radiomic-tables.ts';

/** Simulated feature tables of the patients who take part, rows in the order of the clinical table. */
export interface SimulatedTables {
  readonly radiomics: FeatureTable;
  readonly readers: readonly [FeatureTable, FeatureTable];
  readonly deep: FeatureTable;
}

/** Feature tables of a simulated cohort: radiomics of the consensus and of each reader, and deep features. */
export function featureTables(
  patients: readonly SimulatedPatient[],
  { seed, effect }: Pick<SimulationOptions, 'seed' | 'effect'>,
): SimulatedTables {
  const staying = patients.filter((patient) => patient.dropOut === null);
  const ids = staying.map((patient) => patient.id);
  const responses = standardResponses(staying, effect);
  const random = createRandom(seed, 'simulated features');
  const { consensus, readers } = radiomicTables(ids, responses, random.fork('radiomics'));
  return { radiomics: consensus, readers, deep: deepTable(ids, responses, random.fork('deep')) };
}
