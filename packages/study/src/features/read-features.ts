import { type FeatureTable, SentinodeError, selectRows } from '@sentinode/core';
import type { StudyHost } from '../host/study-host.ts';
import { insideStudy } from '../images/file-pattern.ts';
import { readNamed } from '../images/locate-images.ts';
import type { Study, TableSource } from '../study-file/options.ts';
import { numericColumn, type RawTable, readTable } from '../tables/index.ts';
import { addDeltaColumns, deltaPairs } from './delta-columns.ts';

/** Reads a table that a study file names. @throws `file-missing`, `path-outside` and those of `readTable` */
export async function readStudyTable(host: StudyHost, source: TableSource, field: string): Promise<RawTable> {
  const options = typeof source === 'string' ? { file: source } : source;
  const { bytes } = await readNamed(host, insideStudy(options.file, field), field);
  return readTable(bytes, options);
}

/** A feature table: first column the patient id, every other a number; empty and `na` cells are undefined. */
async function readFeatureTable(
  host: StudyHost,
  source: TableSource,
  field: string,
  na: readonly string[],
): Promise<FeatureTable> {
  const raw = await readStudyTable(host, source, field);
  const ids = raw.rows.map((row) => (row[0] ?? '').trim());
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice !== undefined)
    throw new SentinodeError(
      'duplicate-patient',
      `Patient "${twice}" stands in two rows of ${raw.file}; each id may appear once.`,
      { file: raw.file, field, patient: twice },
    );
  const names = raw.columns.slice(1);
  const decimal = typeof source === 'string' ? '.' : (source.decimal ?? '.');
  const columns = names.map((name) => numericColumn(raw, name, { na, decimal }).values);
  return { ids, names, columns };
}

/** Feature tables of a study, rows in the order of the patients given, with their delta columns. */
export interface FeatureTables {
  readonly radiomics: FeatureTable | null;
  readonly readers: readonly [FeatureTable, FeatureTable] | null;
  readonly deep: FeatureTable | null;
  /** The columns of `deep` from adjacent slices. */
  readonly adjacent: FeatureTable | null;
  /** The tables as they were supplied, with the rows of patients who are not in the study, by name. */
  readonly supplied: ReadonlyMap<string, FeatureTable>;
}

/**
 * Reads the tables under `features:`. A patient of the study who is missing from a table is an error.
 * @throws SentinodeError `patient-unknown`, `duplicate-patient`, `table-number`, `file-missing`
 */
export async function readFeatureTables(
  host: StudyHost,
  study: Study,
  patients: readonly string[],
): Promise<FeatureTables> {
  const features = study.features!;
  const layout = {
    visits: features.visits,
    sequences: features.sequences,
    delta: deltaPairs(features.visits, features.delta),
  };
  const na = study.cohort.na.map(String);
  const supplied = new Map<string, FeatureTable>();
  const read = async (source: TableSource, field: string, name: string): Promise<FeatureTable> => {
    const table = await readFeatureTable(host, source, field, na);
    supplied.set(name, table);
    return inOrder(table, patients, typeof source === 'string' ? source : source.file);
  };
  const radiomics =
    features.radiomics === undefined
      ? null
      : addDeltaColumns(await read(features.radiomics, 'features.radiomics', 'radiomics'), layout);
  const deep = features.deep === undefined ? null : await read(features.deep, 'features.deep', 'deep');
  const adjacent =
    features.adjacent === undefined
      ? null
      : await read(features.adjacent, 'features.adjacent', 'deep-adjacent');
  if (deep !== null && adjacent !== null) checkColumns(deep, adjacent, features.adjacent!, 'deep');
  if (features.readers === undefined || radiomics === null)
    return { radiomics, readers: null, deep, adjacent, supplied };
  const [first, second] = features.readers;
  const readers = [
    addDeltaColumns(await read(first, 'features.readers.0', 'reader1'), layout),
    addDeltaColumns(await read(second, 'features.readers.1', 'reader2'), layout),
  ] as const;
  readers.forEach((table, index) => checkColumns(radiomics, table, features.readers![index]!, 'radiomic'));
  return { radiomics, readers, deep, adjacent, supplied };
}

function inOrder(table: FeatureTable, patients: readonly string[], file: string): FeatureTable {
  const known = new Set(table.ids);
  const absent = patients.filter((id) => !known.has(id));
  if (absent.length > 0) {
    throw new SentinodeError(
      'patient-unknown',
      `${file} has no row for ${absent.length} of the ${patients.length} patients of the study, the first being "${absent[0]}".`,
      { file, patient: absent[0] },
    );
  }
  return selectRows(table, patients);
}

function checkColumns(model: FeatureTable, other: FeatureTable, source: TableSource, whose: string): void {
  const known = new Set(other.names);
  const absent = model.names.find((name) => !known.has(name));
  const file = typeof source === 'string' ? source : source.file;
  if (absent !== undefined)
    throw new SentinodeError(
      'column-unknown',
      `${file} lacks the column "${absent}" that the ${whose} table has; both must hold the same features.`,
      { file, field: absent },
    );
}
