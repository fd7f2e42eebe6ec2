import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom, type FeatureTable, selectRows } from '@sentinode/core';
import { stratifiedKFold } from '@sentinode/learning';
import { parseStudy, prepareStudy, type StudyHost, simulateTables } from '@sentinode/study';

/** What both sides read: tables as column-major little-endian doubles, training rows first, and this. */
export interface Meta {
  readonly rows: number;
  readonly training: number;
  readonly columns: { readonly radiomics: number; readonly deep: number; readonly clinical: number };
  readonly outcomes: readonly (0 | 1)[];
  /** Test rows of each fold, positions among the training rows. */
  readonly folds: readonly (readonly number[])[];
  readonly bootstraps: number;
  readonly differences: number;
}

export const tableNames = ['radiomics', 'reader1', 'reader2', 'deep', 'clinical'] as const;
export type Tables = Readonly<Record<(typeof tableNames)[number], readonly Float64Array[]>>;

/** Patients, share of the feature columns, seed. */
export interface Size {
  readonly patients: number;
  readonly share: number;
  readonly seed: number;
}

const FOLDS = 5;
const BOOTSTRAPS = 1000;
const DIFFERENCES = 2000;

/** The cohort of the reference study. */
export const whole: Size = { patients: 254, share: 1, seed: 18 };

/** The study of the paper's size, or of `patients` with a share of the feature columns: training rows first. */
export async function simulatedCohort({ patients, share, seed }: Size) {
  const simulated = simulateTables({ effect: 'paper', seed, patients });
  const { radiomics, readers, deep } = simulated.tables;
  const cohort = await cohortOf(simulated.study, simulated.clinical, radiomics.ids);
  const some = (table: FeatureTable): FeatureTable => {
    const kept = Math.round(table.columns.length * share);
    const columns = table.columns
      .slice(0, kept)
      .map((column) => Float64Array.from(cohort.order, (row) => column[row]!));
    return { ids: cohort.ids, names: table.names.slice(0, kept), columns };
  };
  const [consensus, first, second, network] = [radiomics, readers[0], readers[1], deep].map(some) as [
    FeatureTable,
    FeatureTable,
    FeatureTable,
    FeatureTable,
  ];
  const training = cohort.ids.slice(0, cohort.training);
  const own = (table: FeatureTable): FeatureTable => selectRows(table, training);
  return {
    ...cohort,
    tables: {
      radiomics: consensus.columns,
      reader1: first.columns,
      reader2: second.columns,
      deep: network.columns,
      clinical: cohort.encoded,
    } satisfies Tables,
    /** What the engine's resampling gets: training rows alone. */
    data: {
      ids: training,
      outcomes: cohort.outcomes.slice(0, cohort.training),
      radiomics: own(consensus),
      readers: [own(first), own(second)] as const,
      deep: own(network),
      copies: [],
      clinical: cohort.clinical,
      groups: training,
      centres: null,
    },
  };
}

/** Writes the study for both sides. */
export async function writeData(folder: string, size: Size): Promise<Meta> {
  const { tables, outcomes, training } = await simulatedCohort(size);
  const { seed } = size;
  const random = createRandom(seed, 'benchmark');
  const own = outcomes.slice(0, training);
  const meta: Meta = {
    rows: outcomes.length,
    training,
    columns: {
      radiomics: tables.radiomics.length,
      deep: tables.deep.length,
      clinical: tables.clinical.length,
    },
    outcomes,
    folds: stratifiedKFold(own, FOLDS, random.fork('folds')),
    bootstraps: BOOTSTRAPS,
    differences: DIFFERENCES,
  };
  mkdirSync(folder, { recursive: true });
  for (const name of tableNames) writeFileSync(join(folder, `${name}.f64`), bytesOf(tables[name], meta.rows));
  const draws = random.fork('optimism');
  const all = new Uint32Array(BOOTSTRAPS * training).map(() => draws.integer(training));
  writeFileSync(join(folder, 'optimism.u32'), new Uint8Array(all.buffer));
  const validation = outcomes.slice(training);
  writeFileSync(
    join(folder, 'differences.u32'),
    new Uint8Array(stratifiedDraws(validation, random.fork('differences')).buffer),
  );
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(meta));
  return meta;
}

/** Rows of `DIFFERENCES` resamples within each outcome, events first. */
function stratifiedDraws(outcomes: readonly (0 | 1)[], random: ReturnType<typeof createRandom>): Uint32Array {
  const strata = [1, 0].map((value) => outcomes.flatMap((outcome, row) => (outcome === value ? [row] : [])));
  const n = outcomes.length;
  const drawn = new Uint32Array(DIFFERENCES * n);
  for (let r = 0; r < DIFFERENCES; r++) {
    let at = r * n;
    for (const rows of strata) for (const _ of rows) drawn[at++] = rows[random.integer(rows.length)]!;
  }
  return drawn;
}

/** Rows of the tables, training first, and clinical columns as the models take them: z-scores and dummies. */
async function cohortOf(text: string, csv: string, ids: readonly string[]) {
  const standIn = new TextEncoder().encode(`patient_id,pre_DCE_f\n${ids.map((id) => `${id},0\n`).join('')}`);
  const files = new Map([['clinical.csv', new TextEncoder().encode(csv)]]);
  for (const name of ['radiomics', 'reader1', 'reader2', 'deep']) files.set(`${name}.csv`, standIn);
  const host: StudyHost = {
    readInput: async (path) => files.get(path),
    hasInput: async (path) => files.has(path),
    cache: { get: async () => undefined, put: async () => undefined },
    extract: () => Promise.reject(new Error('no images here')),
    concurrency: 1,
  };
  const prepared = await prepareStudy(parseStudy(text, 'study.yaml'), host);
  const rows = prepared.ledger.rows.filter((row) => row.cohort !== null);
  const sorted = [
    ...rows.filter((row) => row.cohort === 'training'),
    ...rows.filter((row) => row.cohort === 'validation'),
  ];
  const position = new Map(ids.map((id, row) => [id, row]));
  const training = rows.filter((row) => row.cohort === 'training').length;
  const { variables, values } = prepared.clinical;
  const cells = (name: string) => sorted.map((row) => values.get(row.id)![name]!);
  const encoded = variables.flatMap((variable): Float64Array[] =>
    variable.kind === 'continuous'
      ? [standardised(Float64Array.from(cells(variable.name), Number), training)]
      : variable.levels
          .filter((level) => level !== variable.reference)
          .map((level) =>
            Float64Array.from(cells(variable.name), (cell) => (String(cell) === level ? 1 : 0)),
          ),
  );
  return {
    outcomes: sorted.map((row) => row.outcome as 0 | 1),
    order: sorted.map((row) => position.get(row.id)!),
    ids: sorted.map((row) => row.id),
    training,
    clinical: prepared.clinical,
    encoded,
  };
}

function standardised(values: Float64Array, training: number): Float64Array {
  const own = values.subarray(0, training);
  const mean = own.reduce((sum, value) => sum + value, 0) / training;
  const sd = Math.sqrt(own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / training);
  return values.map((value) => (value - mean) / sd);
}

function bytesOf(columns: readonly Float64Array[], rows: number): Uint8Array {
  const all = new Float64Array(columns.length * rows);
  columns.forEach((column, j) => {
    all.set(column, j * rows);
  });
  return new Uint8Array(all.buffer);
}

export const readMeta = (folder: string): Meta => JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));

/** A file of doubles or integers in memory that threads share. */
export function shared(folder: string, file: string): SharedArrayBuffer {
  const bytes = readFileSync(join(folder, file));
  const buffer = new SharedArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  return buffer;
}
