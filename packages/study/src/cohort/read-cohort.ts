import { nearest, parseNumber, SentinodeError } from '@sentinode/core';
import type { Exclusion, Ledger, LedgerRow } from '../ledger/ledger.ts';
import type { CellValue, Study } from '../study-file/options.ts';
import { numericColumn, type RawTable } from '../tables/index.ts';
import type { ClinicalData, ClinicalValues, ClinicalVariable } from './clinical-data.ts';

type CohortOptions = Study['cohort'];

/** The clinical table as the study uses it: ledger with the exclusions that the table itself decides, and values. */
export interface CohortTable {
  readonly ledger: Ledger;
  readonly clinical: ClinicalData;
  /** Person and hospital by id; null where the study file names no column. */
  readonly groups: ReadonlyMap<string, string> | null;
  readonly centres: ReadonlyMap<string, string> | null;
  /** Further columns that divide patients: level by id, null where the cell is missing. */
  readonly subgroups: ReadonlyMap<string, ReadonlyMap<string, string | null>>;
  /** Dates in the table by id, then by column; for the audit. */
  readonly dates: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Cohort column by id when the study file names one. */
  readonly table: RawTable;
}

/**
 * Reads ids, outcome, exclusions and variables from the clinical table.
 * @throws SentinodeError `column-unknown`, `duplicate-patient`, `level-unknown`, `table-number`, `decimal-comma`,
 * `one-class`
 */
export function readCohort(table: RawTable, options: CohortOptions): CohortTable {
  const ids = readIds(table, options.id);
  const na = new Set(options.na.map(String));
  const missing = (cell: string): boolean => cell.trim() === '' || na.has(cell.trim());
  const outcomeCells = columnCells(table, options.outcome.column, 'cohort.outcome.column');
  const outcomes = outcomeCells.map((cell): 0 | 1 | null =>
    missing(cell) ? null : sameCell(cell, options.outcome.positive) ? 1 : 0,
  );
  const clinical = readVariables(table, ids, options, missing);
  const exclusions = readExclusions(table, options);
  const rows = ids.map((id, row): LedgerRow => {
    const declared = exclusions[row] ?? null;
    const outcome = outcomes[row] ?? null;
    const incomplete = Object.entries(clinical.values.get(id) ?? {}).filter(([, value]) => value === null);
    const exclusion: Exclusion | null =
      declared ??
      (outcome === null
        ? { step: 'Complete clinical data', reason: `outcome missing (${options.outcome.column})` }
        : incomplete.length > 0 && options.missing === 'complete-case'
          ? { step: 'Complete clinical data', reason: `clinical variable missing (${incomplete[0]?.[0]})` }
          : null);
    return { id, outcome, exclusion, cohort: null };
  });
  const named = (column: string | undefined, field: string): Map<string, string> | null =>
    column === undefined ? null : labelsOf(table, ids, column, field, missing);
  return {
    ledger: { rows },
    clinical,
    groups: named(options.group, 'cohort.group'),
    centres: named(options.centre, 'cohort.centre'),
    subgroups: new Map(
      options.subgroups.map((column) => {
        const cells = columnCells(table, column, 'cohort.subgroups');
        return [
          column,
          new Map(ids.map((id, row) => [id, missing(cells[row] ?? '') ? null : cells[row]!.trim()])),
        ];
      }),
    ),
    dates: datesOf(table, ids),
    table,
  };
}

const isoDate = /^\d{4}-\d{2}-\d{2}/;

/** Columns in which every filled cell starts with a date. */
function datesOf(table: RawTable, ids: readonly string[]): CohortTable['dates'] {
  const columns = table.columns.flatMap((name, column) => {
    const filled = table.rows.map((row) => (row[column] ?? '').trim()).filter((cell) => cell !== '');
    return filled.length > 0 && filled.every((cell) => isoDate.test(cell)) ? [{ name, column }] : [];
  });
  return new Map(
    ids.map((id, row) => [
      id,
      Object.fromEntries(
        columns.map(({ name, column }) => [name, (table.rows[row]![column] ?? '').trim().slice(0, 10)]),
      ),
    ]),
  );
}

/** Person or hospital of every row; a row without one cannot be kept with its like. */
function labelsOf(
  table: RawTable,
  ids: readonly string[],
  column: string,
  field: string,
  missing: (cell: string) => boolean,
): Map<string, string> {
  const cells = columnCells(table, column, field);
  return new Map(
    ids.map((id, row): [string, string] => {
      const cell = (cells[row] ?? '').trim();
      if (missing(cell))
        throw new SentinodeError(
          'patient-id-missing',
          `Row ${row + 1} has nothing in column "${column}" (${field}); fill it in for every row.`,
          { file: table.file, field: column, patient: id },
        );
      return [id, cell];
    }),
  );
}

function readIds(table: RawTable, column: string): string[] {
  const ids = columnCells(table, column, 'cohort.id').map((cell) => cell.trim());
  const seen = new Map<string, number>();
  ids.forEach((id, row) => {
    if (id === '') {
      throw new SentinodeError(
        'patient-id-missing',
        `Row ${row + 1} has no id in column "${column}"; every patient needs one.`,
        { file: table.file, field: column },
      );
    }
    const earlier = seen.get(id);
    if (earlier !== undefined) {
      throw new SentinodeError(
        'duplicate-patient',
        `Patient "${id}" stands in rows ${earlier + 1} and ${row + 1}; each id may appear once.`,
        { file: table.file, field: column, patient: id },
      );
    }
    seen.set(id, row);
  });
  if (ids.length === 0)
    throw new SentinodeError('table-empty', 'The clinical table has no rows.', { file: table.file });
  return ids;
}

/** Cells of a column by name. @throws SentinodeError `column-unknown` with the nearest column */
export function columnCells(table: RawTable, column: string, field: string): string[] {
  const index = table.columns.indexOf(column);
  if (index < 0) {
    const near = nearest(column, table.columns);
    const hint =
      near === undefined
        ? `the table has ${table.columns.slice(0, 12).join(', ')}`
        : `did you mean "${near}"?`;
    throw new SentinodeError('column-unknown', `The table has no column "${column}" (${field}): ${hint}`, {
      file: table.file,
      field,
    });
  }
  return table.rows.map((row) => row[index] ?? '');
}

/** Whether a cell of a table is the value a study file names; numbers are compared as numbers (1 equals 1.0). */
export function sameCell(cell: string, value: CellValue): boolean {
  const text = cell.trim();
  if (text === String(value)) return true;
  const a = parseNumber(text);
  const b = typeof value === 'number' ? value : parseNumber(String(value));
  return a !== undefined && b !== undefined && a === b;
}

function readExclusions(table: RawTable, options: CohortOptions): (Exclusion | undefined)[] {
  const found = new Array<Exclusion | undefined>(table.rows.length);
  options.exclude.forEach((rule, index) => {
    const conditions = Object.entries(rule.where).map(([column, wanted]) => ({
      cells: columnCells(table, column, `cohort.exclude.${index}.where`),
      values: Array.isArray(wanted) ? wanted : [wanted],
    }));
    table.rows.forEach((_, row) => {
      const applies =
        conditions.length > 0 &&
        conditions.every(({ cells, values }) => values.some((value) => sameCell(cells[row] ?? '', value)));
      if (applies) found[row] ??= { step: 'Exclusion criteria', reason: rule.reason };
    });
  });
  return found;
}

function readVariables(
  table: RawTable,
  ids: readonly string[],
  options: CohortOptions,
  missing: (cell: string) => boolean,
): ClinicalData {
  const variables = Object.entries(options.variables).map(([name, kind]): ClinicalVariable => {
    if (kind === 'continuous') return { name, kind };
    const levels = kind.levels.map(String);
    const reference = String(kind.reference);
    if (!levels.includes(reference)) {
      throw new SentinodeError(
        'option-invalid',
        `The reference "${reference}" of ${name} is not one of its levels (${levels.join(', ')}).`,
        { field: `cohort.variables.${name}.reference` },
      );
    }
    return { name, kind: 'factor', levels, reference };
  });
  const decimal = typeof options.table === 'string' ? '.' : (options.table.decimal ?? '.');
  const columns = variables.map((variable): (number | string | null)[] => {
    const cells = columnCells(table, variable.name, 'cohort.variables');
    if (variable.kind === 'continuous') {
      const { values } = numericColumn(table, variable.name, { na: options.na.map(String), decimal });
      return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
    }
    return cells.map((cell, row) => (missing(cell) ? null : levelOf(cell, variable, table.file, ids[row]!)));
  });
  const values = new Map(
    ids.map((id, row): [string, ClinicalValues] => [
      id,
      Object.fromEntries(variables.map((variable, index) => [variable.name, columns[index]?.[row] ?? null])),
    ]),
  );
  return { variables, values };
}

/** The declared level that a cell means. @throws SentinodeError `level-unknown` */
function levelOf(
  cell: string,
  variable: ClinicalVariable & { kind: 'factor' },
  file: string,
  patient: string,
): string {
  const level = variable.levels.find((candidate) => sameCell(cell, candidate));
  if (level === undefined) {
    throw new SentinodeError(
      'level-unknown',
      `"${cell.trim()}" is not a level of ${variable.name}; the levels are ${variable.levels.join(', ')}. Add it to the levels, to na, or mend the cell.`,
      { file, field: variable.name, patient },
    );
  }
  return level;
}
