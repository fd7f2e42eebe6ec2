import { createRandom, type FeatureTable, joinRows } from '@sentinode/core';
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
  options: Pick<SimulationOptions, 'seed' | 'effect'>,
): SimulatedTables {
  const staying = patients.filter((patient) => patient.dropOut === null);
  return tablesOf(staying, options, 'simulated features');
}

/**
 * The same with further rows for patients who lack nothing but a clinical value: a study that imputes keeps them. The rows
 * of the others do not depend on them.
 */
export function suppliedFeatureTables(
  patients: readonly SimulatedPatient[],
  options: Pick<SimulationOptions, 'seed' | 'effect'>,
): SimulatedTables {
  const staying = featureTables(patients, options);
  const incomplete = patients.filter((patient) => patient.dropOut?.kind === 'clinical-missing');
  if (incomplete.length === 0) return staying;
  const further = tablesOf(incomplete, options, 'simulated features of incomplete patients');
  return {
    radiomics: joinRows(staying.radiomics, further.radiomics),
    readers: [
      joinRows(staying.readers[0], further.readers[0]),
      joinRows(staying.readers[1], further.readers[1]),
    ],
    deep: joinRows(staying.deep, further.deep),
  };
}

function tablesOf(
  patients: readonly SimulatedPatient[],
  { seed, effect }: Pick<SimulationOptions, 'seed' | 'effect'>,
  stream: string,
): SimulatedTables {
  const ids = patients.map((patient) => patient.id);
  const responses = standardResponses(patients, effect);
  const random = createRandom(seed, stream);
  const { consensus, readers } = radiomicTables(ids, responses, random.fork('radiomics'));
  return { radiomics: consensus, readers, deep: deepTable(ids, responses, random.fork('deep')) };
}
