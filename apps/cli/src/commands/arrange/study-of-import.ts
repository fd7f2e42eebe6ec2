import { basename, dirname, join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { type Arrangement, Pseudonyms } from '@sentinode/dicom';
import { completeStudy, readTable, studyTables, writeCsv } from '@sentinode/study';
import { pseudonymKey } from '../../adapters/files/pseudonym-key.ts';
import { readUserFile } from '../../adapters/files/read-file.ts';

/** A study file and its tables, as they stand beside arranged images. */
export interface StudyOfImport {
  readonly text: string;
  readonly tables: readonly { readonly path: string; readonly text: string }[];
}

/**
 * Completes a study file: the ids of its tables become the pseudonyms that the import gave the same patients, and its
 * images are those that were arranged. No list of both is ever written.
 * @param template path of the study file; its tables lie beside it
 * @throws SentinodeError `no-patients` where nobody of the clinical table was imported
 */
export async function studyOfImport(
  template: string,
  arrangement: Arrangement,
  keyFile: string,
): Promise<StudyOfImport> {
  const text = new TextDecoder().decode(await readUserFile(template, 'study file'));
  const { secret } = await pseudonymKey(keyFile, '');
  const pseudonyms = await Pseudonyms.of(secret);
  const imported = new Set(arrangement.images.map(({ patient }) => patient));
  const renamed = new Map<string, string>();
  const tables: { path: string; text: string }[] = [];
  for (const { key, source, id } of studyTables(text, template)) {
    const path = join(dirname(template), source.file);
    const { columns, rows } = await readTable(await readUserFile(path, 'table'), { ...source, file: path });
    const at = columns.indexOf(id);
    if (at < 0)
      throw new SentinodeError('column-unknown', `The table has no column "${id}".`, {
        file: path,
        field: id,
      });
    const changed: string[][] = [];
    let known = 0;
    for (const row of rows) {
      const patient = await pseudonyms.patient(`${row[at]!.trim()}^`);
      if (imported.has(patient)) known++;
      changed.push(row.map((cell, column) => (column === at ? patient : cell)));
    }
    if (known === 0)
      throw new SentinodeError(
        'no-patients',
        `None of the ${rows.length} patients of the table was imported: the column "${id}" must hold the Patient ID of the DICOM files, and the key must be that of the import.`,
        { file: path, field: id },
      );
    const name = `${basename(source.file).replace(/\.[^.]*$/, '')}.csv`;
    renamed.set(key, name);
    tables.push({ path: name, text: writeCsv(columns, changed) });
  }
  const list = (of: (image: Arrangement['images'][number]) => string): string[] => [
    ...new Set(arrangement.images.map(of)),
  ];
  const readers = Math.min(2, Math.max(0, ...arrangement.images.map(({ masks }) => masks.length)));
  const completed = completeStudy(text, template, {
    tables: renamed,
    visits: list(({ visit }) => visit),
    sequences: list(({ sequence }) => sequence),
    readers: Array.from({ length: readers }, (_, reader) => `reader${reader + 1}`),
  });
  return { text: completed, tables };
}
