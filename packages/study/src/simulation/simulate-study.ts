import { createRandom, type Progress, parseOptions, SentinodeError, throwIfAborted } from '@sentinode/core';
import { type SimulatedPatient, screenedPatients } from './cohort/screened-patients.ts';
import { visitRows } from './cohort/visit-table.ts';
import { featureCsv } from './features/feature-csv.ts';
import { featureTables, type SimulatedTables, suppliedFeatureTables } from './features/feature-tables.ts';
import { folderGuide, simulatedNotice } from './files/notices.ts';
import { studyFile } from './files/study-file.ts';
import { clinicalTable, truthTable, visitTable } from './files/tables.ts';
import { type DrawnPatient, drawPatient, type PatientJob } from './images/draw-patient.ts';
import { tumourColumns } from './images/tumour.ts';
import { type SimulationOptions, simulationSchema } from './options.ts';
import type { SimulatedFile } from './simulated-file.ts';

/** Images of patients under way while those before them are written, for each thread. */
const AHEAD = 2;

/** How a simulation runs. None of it has an influence on the bytes. */
export interface SimulationContext {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Runs `drawPatient`, on another thread where there is one; here when left out. */
  readonly draw?: (job: PatientJob) => Promise<DrawnPatient>;
  /** How many may be under way at once. */
  readonly concurrency?: number;
}

/**
 * A synthetic cohort, file by file, so that no more than a few patients' images are in memory. The same options give the
 * same bytes on every machine.
 * @param given see `simulationSchema`; defaults are filled in
 * @throws SentinodeError `option-invalid`, `interrupted`
 */
export async function* simulateStudy(
  given: Partial<SimulationOptions>,
  context: SimulationContext = {},
): AsyncGenerator<SimulatedFile> {
  const options = parseOptions(simulationSchema, given, {});
  if (options.format === 'dicom' && options.features)
    throw new SentinodeError('option-invalid', 'Feature tables have no images, and so no format of images.', {
      field: '--format',
    });
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
  const from = options.features ? 'features' : options.format === 'dicom' ? 'dicom' : 'images';
  yield text(from === 'dicom' ? 'template.yaml' : 'study.yaml', studyFile(options.seed, from));
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
  { progress, signal, draw = drawPatient, concurrency = 1 }: SimulationContext,
): AsyncGenerator<SimulatedFile> {
  const random = createRandom(options.seed, 'simulation');
  const encode = (content: string): Uint8Array => new TextEncoder().encode(content);
  const rows = visitRows(patients, random.fork('visits'));
  yield { path: 'visits.csv', bytes: encode(visitTable(rows)) };
  const jobs = patients.map((patient): PatientJob => {
    const own = rows.filter((row) => row.patient === patient.id);
    return { patient, rows: own, seed: options.seed, detail: options.detail, format: options.format };
  });
  const truth: (readonly number[])[] = [];
  for await (const drawn of inOrder(jobs, concurrency * AHEAD, draw)) {
    throwIfAborted(signal);
    truth.push(drawn.truth);
    yield* drawn.files;
    progress?.({ stage: 'simulated patients', done: truth.length, total: patients.length });
  }
  yield { path: 'truth.csv', bytes: encode(truthTable(patients, { columns: tumourColumns, rows: truth })) };
}

/** Results in the order of the items, the next `ahead` of them under way. */
async function* inOrder<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const under: Promise<R>[] = [];
  let next = 0;
  const start = (): void => {
    const one = work(items[next++]!);
    // Whoever waits for it hears of its failure; nobody does when an earlier one failed.
    one.catch(() => undefined);
    under.push(one);
  };
  while (next < items.length || under.length > 0) {
    while (next < items.length && under.length < ahead) start();
    yield await under.shift()!;
  }
}

async function* tablesOf(
  patients: readonly SimulatedPatient[],
  options: SimulationOptions,
  { progress, signal }: SimulationContext,
): AsyncGenerator<SimulatedFile> {
  const tables = suppliedFeatureTables(patients, options);
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
