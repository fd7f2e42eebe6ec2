import { parseNumber, SentinodeError } from '@sentinode/core';
import {
  type BaselineRow,
  type BaselineVariable,
  baselineTable,
  type ForcedTest,
  type MannWhitneyOptions,
} from '@sentinode/statistics';
import { columnCells } from '../cohort/read-cohort.ts';
import { findDecimalComma, numericColumn, type RawTable } from '../tables/index.ts';

/** How a table is compared between two groups. */
export interface BaselineOptions {
  /** Column that makes the two groups. */
  readonly by: string;
  /** Columns to compare; all but `by` and columns of ids when left out. */
  readonly variables?: readonly string[];
  /** Columns of numbers that are codes, not quantities. */
  readonly categorical: readonly string[];
  readonly decimal: '.' | ',';
  readonly na: readonly string[];
  readonly tests: Readonly<Record<string, ForcedTest>>;
  readonly mannWhitney?: MannWhitneyOptions;
}

/** Columns with at most this many different whole numbers are taken for codes. */
const MOST_CODES = 5;

/** The comparison and what was left out of it. */
export interface BaselineOfTable {
  readonly rows: readonly BaselineRow[];
  readonly groups: readonly string[];
  readonly remarks: readonly string[];
}

/**
 * A baseline table of any table by the two values of a column.
 * @throws SentinodeError `column-unknown`, `one-class`, `not-built` for more than two groups, `decimal-comma`
 */
export function baselineOfTable(table: RawTable, options: BaselineOptions): BaselineOfTable {
  const na = new Set(options.na);
  const missing = (cell: string): boolean => cell.trim() === '' || na.has(cell.trim());
  const by = columnCells(table, options.by, '--by').map((cell) => cell.trim());
  const groups = [...new Set(by.filter((cell) => !missing(cell)))].sort(inOrder);
  if (groups.length < 2)
    throw new SentinodeError(
      'one-class',
      `The column "${options.by}" has ${groups.length} value; two groups are compared.`,
      {
        file: table.file,
        field: options.by,
      },
    );
  if (groups.length > 2)
    throw new SentinodeError(
      'not-built',
      `The column "${options.by}" has ${groups.length} values (${groups.slice(0, 6).join(', ')}); two groups are compared in this version.`,
      { file: table.file, field: options.by },
    );
  const rows = by.flatMap((cell, row) => (missing(cell) ? [] : [row]));
  const remarks: string[] = [];
  if (rows.length < by.length)
    remarks.push(`${by.length - rows.length} rows without a value of ${options.by} were left out.`);
  const names = options.variables ?? table.columns.filter((name) => name !== options.by);
  const variables = names.flatMap((name): BaselineVariable[] => {
    const cells = columnCells(table, name, '--variables');
    const present = rows.map((row) => cells[row]!.trim()).filter((cell) => !missing(cell));
    if (options.variables === undefined && isId(present)) {
      remarks.push(`${name} looks like an id (every row has its own text) and was left out.`);
      return [];
    }
    const quantity = !options.categorical.includes(name);
    // a column of numbers with commas is read as such, so that the reader names cell and remedy
    const commas = quantity && options.decimal === '.' && findDecimalComma(table, name) >= 0;
    if (commas || (quantity && isQuantity(present, options.decimal))) {
      const { values } = numericColumn(table, name, { na: options.na, decimal: options.decimal });
      return [
        {
          name,
          kind: 'continuous',
          values: rows.map((row) => (Number.isNaN(values[row]!) ? null : values[row]!)),
        },
      ];
    }
    const levels = [...new Set(present)].sort(inOrder);
    return [
      {
        name,
        kind: 'categorical',
        levels,
        values: rows.map((row) => (missing(cells[row]!) ? null : cells[row]!.trim())),
      },
    ];
  });
  const group = rows.map((row): 0 | 1 => (by[row] === groups[1] ? 1 : 0));
  const labels = groups.map((value) => `${options.by} = ${value}`) as [string, string];
  const forced = Object.keys(options.tests).find((name) => !variables.some((one) => one.name === name));
  if (forced !== undefined)
    throw new SentinodeError(
      'column-unknown',
      `A test is asked for "${forced}", which is not among the variables compared.`,
      { file: table.file, field: forced },
    );
  const rules = { forced: options.tests, mannWhitney: options.mannWhitney };
  return { rows: baselineTable(variables, group, labels, rules), groups: labels, remarks };
}

/** Numbers by value, everything else by text. */
function inOrder(a: string, b: string): number {
  const [x, y] = [parseNumber(a), parseNumber(b)];
  if (x !== undefined && y !== undefined) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

function isId(present: readonly string[]): boolean {
  return (
    present.length > 10 &&
    new Set(present).size === present.length &&
    present.every((cell) => parseNumber(cell) === undefined)
  );
}

/** Numbers, and not a few whole ones that stand for categories. */
function isQuantity(present: readonly string[], decimal: '.' | ','): boolean {
  const numbers = present.map((cell) => parseNumber(decimal === ',' ? cell.replace(',', '.') : cell));
  if (numbers.length === 0 || numbers.some((value) => value === undefined)) return false;
  return new Set(numbers).size > MOST_CODES || numbers.some((value) => !Number.isInteger(value));
}
