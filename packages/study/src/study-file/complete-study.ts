import { SentinodeError } from '@sentinode/core';
import { parseDocument } from 'yaml';
import type { TableSource } from './options.ts';
import { parseStudy } from './parse-study.ts';

/** A table that a study file names, with the column of the patients. */
export interface StudyTable {
  /** Key of the study file, with dots. */
  readonly key: 'cohort.table' | 'images.dates.table';
  readonly source: Exclude<TableSource, string>;
  readonly id: string;
}

/** What a study file is completed with. */
export interface ArrangedStudy {
  /** New file names by key. */
  readonly tables: ReadonlyMap<string, string>;
  readonly visits: readonly string[];
  readonly sequences: readonly string[];
  readonly readers: readonly string[];
}

/** The tables of patients that a study file names. @throws SentinodeError of the study file */
export function studyTables(text: string, file: string): StudyTable[] {
  const { cohort, images } = parseStudy(text, file);
  const of = (key: StudyTable['key'], source: TableSource): StudyTable => ({
    key,
    source: typeof source === 'string' ? { file: source } : source,
    id: cohort.id,
  });
  return [
    of('cohort.table', cohort.table),
    ...(images?.dates === undefined ? [] : [of('images.dates.table', images.dates.table)]),
  ];
}

/**
 * A study file whose tables and images are those of an arranged import; comments, and everything else that it says, stay.
 * @throws SentinodeError `option-invalid` for a study that starts from features
 */
export function completeStudy(
  text: string,
  file: string,
  { tables, visits, sequences, readers }: ArrangedStudy,
): string {
  if (parseStudy(text, file).features !== undefined)
    throw new SentinodeError(
      'option-invalid',
      'The study starts from feature tables; an arranged one starts from images.',
      {
        file,
        field: 'features',
      },
    );
  const document = parseDocument(text);
  for (const [key, name] of tables) {
    const path = key.split('.');
    const decimal = document.getIn([...path, 'decimal']);
    // Encoding, separator and sheet were those of the file that was read.
    document.setIn(
      path,
      decimal === undefined ? name : document.createNode({ file: name, decimal }, { flow: true }),
    );
  }
  const flow = (value: unknown): unknown => document.createNode(value, { flow: true });
  const set = (path: readonly string[], value: unknown): void => document.setIn(['images', ...path], value);
  set(['pattern'], 'images/{patient}/{visit}_{sequence}.nii.gz');
  set(['masks', 'readers'], 'masks/{patient}/{visit}_{sequence}_{reader}.nii.gz');
  document.deleteIn(['images', 'masks', 'consensus']);
  set(['visits'], flow(visits));
  set(['sequences'], flow(sequences));
  set(['readers'], flow(readers));
  set(['scans'], 'scans.csv');
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
