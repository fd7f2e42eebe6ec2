import { createRandom, type Progress, parseOptions, SentinodeError, throwIfAborted } from '@sentinode/core';
import { type SimulatedPatient, screenedPatients } from './cohort/screened-patients.ts';
import { visitRows } from './cohort/visit-table.ts';
import { featureCsv } from './features/feature-csv.ts';
import { featureTables, type SimulatedTables } from './features/feature-tables.ts';
import { folderGuide, simulatedNotice } from './files/notices.ts';
import { studyFile } from './files/study-file.ts';
import { clinicalTable, truthTable, visitTable } from './files/tables.ts';
import { type PatientAnatomy, patientAnatomy, tumourCentre } from './images/patient-anatomy.ts';
import { patientFiles } from './images/patient-files.ts';
import { visits } from './images/sequences.ts';
import { tumourColumns } from './images/tumour.ts';
import { type SimulationOptions, simulationSchema } from './options.ts';
import type { SimulatedFile } from './simulated-file.ts';

/** Factor on all lengths by detail. */
const lengthsOf = { small: 1, full: 1.9 } as const;

/**
 * A synthetic cohort, file by file, so that no more than one patient's images are in memory. The same options give the
 * same bytes on every machine.
 * @param given see `simulationSchema`; defaults are filled in
 * @throws SentinodeError `option-invalid`, `not-built` (DICOM), `interrupted`
 */
export async function* simulateStudy(
  given: Partial<SimulationOptions>,
  context: { readonly progress?: Progress; readonly signal?: AbortSignal } = {},
): AsyncGenerator<SimulatedFile> {
  const options = parseOptions(simulationSchema, given, {});
  if (options.format === 'dicom')
    throw new SentinodeError(
      'not-built',
      'Simulated DICOM series are not built yet; use --format nifti, the default.',
      { field: '--format' },
    );
  const random = createRandom(options.seed, 'simulation');
  const patients = screenedPatients(options.patients, options.effect, random.fork('cohort'));
  const text = (path: string, content: string): SimulatedFile => ({
    path,
    bytes: new TextEncoder().encode(content),
  });
  yield text('SIMULATED.txt', simulatedNotice(options, patients.length));
  yield text('README.md', folderGuide(options, patients.length));
  yield text('clinical.csv', clinicalTable(patients, options.features, random.fork('clinical-table')));
  yield* options.features ? tablesOf(patients, options, context) : imagesOf(patients, options, context);
  // Last, so that a simulation that was interrupted cannot be run.
  yield text('study.yaml', studyFile(options.seed, options.features ? 'features' : 'images'));
}

/** The study of `simulateStudy` with `features`, its feature tables in memory: for programs that run many seeds. */
export function simulateTables(given: Partial<SimulationOptions>): {
  readonly study: string;
  readonly clinical: string;
  readonly tables: SimulatedTables;
} {
  const options = parseOptions(simulationSchema, { ...given, features: true }, {});
  const random = createRandom(options.seed, 'simulation');
  const patients = screenedPatients(options.patients, options.effect, random.fork('cohort'));
  return {
    study: studyFile(options.seed, 'features'),
    clinical: clinicalTable(patients, true, random.fork('clinical-table')),
    tables: featureTables(patients, options),
  };
}

async function* imagesOf(
  patients: readonly SimulatedPatient[],
  options: SimulationOptions,
  { progress, signal }: { readonly progress?: Progress; readonly signal?: AbortSignal },
): AsyncGenerator<SimulatedFile> {
  const random = createRandom(options.seed, 'simulation');
  const encode = (content: string): Uint8Array => new TextEncoder().encode(content);
  const rows = visitRows(patients, random.fork('visits'));
  yield { path: 'visits.csv', bytes: encode(visitTable(rows)) };
  const truth: number[][] = [];
  for (const [done, patient] of patients.entries()) {
    throwIfAborted(signal);
    const stream = random.fork(`patient/${patient.id}`);
    const anatomy = patientAnatomy(patient, lengthsOf[options.detail], stream.fork('anatomy'));
    truth.push(tumourTruth(anatomy));
    const own = rows.filter((row) => row.patient === patient.id);
    yield* patientFiles(patient, own, anatomy, stream);
    progress?.({ stage: 'simulated patients', done: done + 1, total: patients.length });
  }
  yield { path: 'truth.csv', bytes: encode(truthTable(patients, { columns: tumourColumns, rows: truth })) };
}

async function* tablesOf(
  patients: readonly SimulatedPatient[],
  options: SimulationOptions,
  { progress, signal }: { readonly progress?: Progress; readonly signal?: AbortSignal },
): AsyncGenerator<SimulatedFile> {
  const tables = featureTables(patients, options);
  const files = [
    ['radiomics.csv', tables.radiomics],
    ['reader1.csv', tables.readers[0]],
    ['reader2.csv', tables.readers[1]],
    ['deep.csv', tables.deep],
  ] as const;
  for (const [done, [path, table]] of files.entries()) {
    throwIfAborted(signal);
    yield { path, bytes: featureCsv(table) };
    progress?.({ stage: 'simulated tables', done: done + 1, total: files.length });
  }
  const truth = truthTable(patients, { columns: [], rows: patients.map(() => []) });
  yield { path: 'truth.csv', bytes: new TextEncoder().encode(truth) };
}

function tumourTruth(anatomy: PatientAnatomy): number[] {
  return visits.flatMap((visit) =>
    [2 * anatomy.tumour.states[visit].radius, ...tumourCentre(anatomy, visit)].map(
      (value) => Math.round(value * 1000) / 1000,
    ),
  );
}
