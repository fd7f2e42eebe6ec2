import { isSentinodeError, parseNumber, SentinodeError } from '@sentinode/core';
import {
  type ClinicalValues,
  checkUnits,
  clinicalValuesOf,
  clinicalVariablesOf,
  type PatientPrediction,
  readTable,
  scorePatient,
} from '@sentinode/study';
import { readUserFile } from '../../adapters/files/read-file.ts';
import type { OpenedBundle } from '../bundle/open-bundle.ts';
import type { PredictOptions, Scored } from './options.ts';

/**
 * Patients of a table: clinical variables and features by column.
 * @throws SentinodeError `duplicate-patient` for an id that stands twice, `units-differ` for a column that as a whole is in
 * another unit than in training
 */
export async function predictTable(
  path: string,
  options: PredictOptions,
  { model, resamples, development }: OpenedBundle,
): Promise<Scored> {
  const table = await readTable(await readUserFile(path, 'table'), { file: path, decimal: options.decimal });
  const position = new Map(table.columns.map((name, index) => [name, index]));
  const idColumn = options.id === undefined ? 0 : position.get(options.id);
  if (idColumn === undefined)
    throw new SentinodeError('column-unknown', `The table has no column "${options.id}".`, {
      file: path,
      field: '--id',
    });
  const ids = table.rows.map((row) => (row[idColumn] ?? '').trim());
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined)
    throw new SentinodeError(
      'duplicate-patient',
      `The patient stands in lines ${ids.flatMap((id, at) => (id === twice ? [table.lines?.[at] ?? at + 2] : [])).join(' and ')} of the table; give each patient once.`,
      { file: path, patient: twice },
    );
  const variables = clinicalVariablesOf(model, resamples);
  const predictions: PatientPrediction[] = [];
  const failures: SentinodeError[] = [];
  const known = new Map<string, string>();
  const read = table.rows.map((row) => {
    const cell = (name: string): string | undefined => {
      const column = position.get(name);
      return column === undefined ? undefined : row[column];
    };
    const number = (name: string): number | undefined => {
      const text = cell(name);
      return text === undefined ? undefined : parseNumber(text, options.decimal);
    };
    const given: Record<string, number | string | undefined> = Object.fromEntries(
      variables.map((variable) => [
        variable.name,
        variable.kind === 'continuous' ? (number(variable.name) ?? cell(variable.name)) : cell(variable.name),
      ]),
    );
    return { number, given };
  });
  try {
    const clinical = read.map(({ given }) => ({ clinical: withoutGaps(given) }));
    checkUnits(model, development, clinical, true);
  } catch (error) {
    throw isSentinodeError(error) ? error.at({ file: path }) : error;
  }
  read.forEach(({ number, given }, at) => {
    const id = ids[at]!;
    try {
      const clinical = clinicalValuesOf(variables, given);
      const prediction = scorePatient(model, { id, feature: number, clinical }, { resamples });
      // image features are measured to many digits: two patients do not share them all
      if (model.predictors.some(({ kind }) => kind !== 'clinical')) {
        const values = JSON.stringify(prediction.predictors.map(({ value }) => value));
        const same = known.get(values);
        if (same !== undefined)
          throw new SentinodeError(
            'duplicate-patient',
            `The patient has the same value in every predictor as ${same}: one patient under two ids?`,
          );
        known.set(values, id);
      }
      predictions.push(prediction);
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      failures.push(error.at({ file: path, patient: id }));
    }
  });
  return { predictions, pictures: [], failures };
}

const withoutGaps = (given: Readonly<Record<string, number | string | undefined>>): ClinicalValues =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, value ?? null]));
