import { parseNumber, SentinodeError } from '@sentinode/core';
import { type IndexEntry, parameterNames, seriesParameters } from '@sentinode/dicom';
import { columnCells } from '../../cohort/read-cohort.ts';
import { readStudyTable } from '../../features/read-features.ts';
import type { StudyHost } from '../../host/study-host.ts';
import type { Study, TableSource } from '../../study-file/options.ts';
import type { RawTable } from '../../tables/index.ts';
import { insideStudy } from '../file-pattern.ts';
import { type ImageFiles, readNamed } from '../locate-images.ts';
import type { Scan, ScanTable } from './scan-table.ts';

const FIELD = 'images.scans';

/**
 * Scanner and sequence of the images of a study: from the index.json of an import, matched by the path of the image, or
 * from a table of patient, visit, sequence and parameters.
 * @throws SentinodeError `file-missing`, `file-syntax`, `column-unknown`, `duplicate-patient`, and `patient-unknown` where
 * the file says nothing of any image of the study
 */
export async function readScans(
  host: StudyHost,
  source: TableSource,
  files: readonly ImageFiles[],
  { cohort: { id, na } }: Study,
): Promise<ScanTable> {
  const path = typeof source === 'string' ? source : source.file;
  const found = path.endsWith('.json')
    ? await fromIndex(host, path, files)
    : fromTable(await readStudyTable(host, source, FIELD), files, id, new Set(na.map(String)));
  if (found.scans.length === 0)
    throw new SentinodeError(
      'patient-unknown',
      `"${path}" says nothing of any image of the study: ${path.endsWith('.json') ? 'it must be the index.json of the import that images.pattern points into' : 'its patients, visits and sequences must be named as in the study file'}.`,
      { file: path, field: FIELD },
    );
  return found;
}

async function fromIndex(host: StudyHost, path: string, files: readonly ImageFiles[]): Promise<ScanTable> {
  const inside = insideStudy(path, FIELD);
  const { bytes } = await readNamed(host, inside, FIELD);
  const entries = entriesOf(bytes, path);
  const folder = inside.slice(0, inside.lastIndexOf('/') + 1);
  const bySeries = new Map<string, IndexEntry[]>();
  const keyOf = ({ patient, study, series }: IndexEntry): string => JSON.stringify([patient, study, series]);
  for (const entry of entries) bySeries.set(keyOf(entry), [...(bySeries.get(keyOf(entry)) ?? []), entry]);
  const byFile = new Map(
    entries.flatMap((entry) => (entry.file === null ? [] : [[`${folder}${entry.file}`, entry] as const])),
  );
  const scans = files.flatMap(({ patient, visit, sequence, image }): Scan[] => {
    const entry = byFile.get(image);
    return entry === undefined
      ? []
      : [{ patient, visit, sequence, stated: seriesParameters(bySeries.get(keyOf(entry))!) }];
  });
  return { source: inside, parameters: parameterNames, scans };
}

function entriesOf(bytes: Uint8Array, file: string): IndexEntry[] {
  try {
    const { volumes } = JSON.parse(new TextDecoder().decode(bytes)) as { volumes?: unknown };
    if (Array.isArray(volumes)) return volumes as IndexEntry[];
  } catch {
    // Said below: whatever is wrong with the file, it is not what import wrote.
  }
  throw new SentinodeError('file-syntax', `"${file}" is not an index.json that import wrote; import again.`, {
    file,
    field: FIELD,
  });
}

function fromTable(
  table: RawTable,
  files: readonly ImageFiles[],
  idColumn: string,
  na: ReadonlySet<string>,
): ScanTable {
  const patients = table.columns.includes(idColumn) ? idColumn : 'patient';
  const keys = [patients, 'visit', 'sequence'].map((name) => columnCells(table, name, FIELD));
  const wanted = new Set(files.map(({ patient, visit, sequence }) => keyOfImage(patient, visit, sequence)));
  const parameters = table.columns
    .map((name, column) => ({ name: name.trim(), column }))
    .filter(({ name }) => ![patients, 'visit', 'sequence', ''].includes(name));
  const seen = new Set<string>();
  const scans = table.rows.flatMap((row, at): Scan[] => {
    const [patient, visit, sequence] = keys.map((cells) => cells[at]!.trim()) as [string, string, string];
    const key = keyOfImage(patient, visit, sequence);
    if (!wanted.has(key)) return [];
    if (seen.size === seen.add(key).size)
      throw new SentinodeError(
        'duplicate-patient',
        `The image ${visit} ${sequence} of one patient stands in two rows; keep one.`,
        { file: table.file, field: FIELD, patient },
      );
    const stated = parameters.flatMap(({ name, column }) => {
      const cell = (row[column] ?? '').trim();
      return cell === '' || na.has(cell) ? [] : [[name, plainNumber(cell)] as const];
    });
    return [{ patient, visit, sequence, stated: new Map(stated) }];
  });
  return { source: table.file, parameters: parameters.map(({ name }) => name), scans };
}

const keyOfImage = (patient: string, visit: string, sequence: string): string =>
  JSON.stringify([patient, visit, sequence]);

/** 3 and 3.0 are one value. */
function plainNumber(cell: string): string {
  const value = parseNumber(cell);
  return value === undefined ? cell : String(value);
}
