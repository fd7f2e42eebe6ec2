import { isSentinodeError, parseNumber, SentinodeError } from '@sentinode/core';
import { sameCell } from '../cohort/read-cohort.ts';
import { encodeClinical } from '../models/clinical-encoding.ts';
import type { LockedModel } from '../models/locked-model.ts';
import { clinicalValuesOf, clinicalVariablesOf } from '../predict/score-patient.ts';
import type { RawTable } from '../tables/index.ts';
import type { ValidationPatient } from './validate-model.ts';

/** Columns of a table of patients whose outcome is known. */
export interface OutcomeColumns {
  readonly id?: string;
  readonly outcome: string;
  readonly positive: string;
  readonly decimal: '.' | ',';
}

/**
 * Patients of a table: clinical variables and features by column, outcome beside them. Patients who lack a value that the
 * model reads are excluded with the reason.
 * @throws SentinodeError `column-unknown`, `duplicate-patient`, `units-differ` for a factor coded otherwise than in training
 */
export function patientsOfTable(
  model: LockedModel,
  table: RawTable,
  { id, outcome, positive, decimal }: OutcomeColumns,
): { patients: ValidationPatient[]; excluded: { id: string; reason: string }[] } {
  const position = new Map(table.columns.map((name, index) => [name, index]));
  const needed = (name: string, why: string): number => {
    const at = position.get(name);
    if (at === undefined)
      throw new SentinodeError('column-unknown', `The table has no column "${name}", ${why}.`, {
        file: table.file,
        field: name,
      });
    return at;
  };
  const idAt = id === undefined ? 0 : needed(id, 'named as the id');
  const outcomeAt = needed(outcome, 'named as the outcome');
  const variables = clinicalVariablesOf(model);
  for (const { name } of model.clinical) needed(name, 'which the model reads');
  for (const name of [...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])])
    needed(name, 'which the model reads');
  const ids = table.rows.map((row) => (row[idAt] ?? '').trim());
  const twice = ids.find((one, at) => ids.indexOf(one) !== at);
  if (twice !== undefined)
    throw new SentinodeError('duplicate-patient', 'The patient stands more than once in the table.', {
      file: table.file,
      patient: twice,
    });
  checkCodes(model, table, position);
  const patients: ValidationPatient[] = [];
  const excluded: { id: string; reason: string }[] = [];
  table.rows.forEach((row, at) => {
    const cell = (name: string): string | undefined => {
      const column = position.get(name);
      return column === undefined ? undefined : row[column];
    };
    const number = (name: string): number | undefined => {
      const text = cell(name);
      return text === undefined ? undefined : parseNumber(text, decimal);
    };
    const given = Object.fromEntries(
      variables.map(({ name, kind }) => [
        name,
        kind === 'continuous' ? (number(name) ?? cell(name)) : cell(name),
      ]),
    );
    const clinical = clinicalValuesOf(variables, given);
    const text = (row[outcomeAt] ?? '').trim();
    const lacking = [...(model.radiomics?.columns ?? []), ...(model.deep?.inputs ?? [])].find(
      (name) => number(name) === undefined,
    );
    const reason =
      text === ''
        ? `outcome missing (${outcome})`
        : lacking !== undefined
          ? `${lacking} missing`
          : model.imputation === undefined
            ? refusalOf(model, clinical, ids[at]!)
            : undefined;
    if (reason !== undefined) excluded.push({ id: ids[at]!, reason });
    else
      patients.push({
        id: ids[at]!,
        outcome: sameCell(text, positive) ? 1 : 0,
        feature: number,
        clinical,
      });
  });
  return { patients, excluded };
}

function refusalOf(
  model: LockedModel,
  clinical: ValidationPatient['clinical'],
  id: string,
): string | undefined {
  try {
    encodeClinical(model.clinical, clinical, id);
    return undefined;
  } catch (error) {
    if (isSentinodeError(error, 'clinical-missing')) return `${error.place.field} missing`;
    throw error;
  }
}

/** A factor whose cells are not the levels of training, and a number written as text, name the column once. */
function checkCodes(model: LockedModel, table: RawTable, position: ReadonlyMap<string, number>): void {
  for (const variable of model.clinical) {
    if (variable.kind !== 'factor') continue;
    const cells = table.rows.map((row) => (row[position.get(variable.name)!] ?? '').trim());
    const strange = [...new Set(cells)].filter(
      (cell) => cell !== '' && !variable.levels.some((level) => sameCell(cell, level)),
    );
    if (strange.length > 0)
      throw new SentinodeError(
        'units-differ',
        `The column ${variable.name} holds ${strange
          .slice(0, 3)
          .map((cell) => `"${cell}"`)
          .join(', ')}; in training its values were ${variable.levels.join(', ')}. Code it the same way.`,
        { file: table.file, field: variable.name },
      );
  }
}
