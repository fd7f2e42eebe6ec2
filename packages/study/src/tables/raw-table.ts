import { nearest, SentinodeError } from '@sentinode/core';

/** A table as it was read: text cells, nothing interpreted yet. */
export interface RawTable {
  /** File name as the user wrote it, for messages. */
  readonly file: string;
  /** Column names, unique. */
  readonly columns: readonly string[];
  /** Cells by row, each row as long as `columns`; an empty cell is ''. */
  readonly rows: readonly (readonly string[])[];
  /** Line (text) or row (workbook) of each row in its file, counted from 1; case number for SPSS. */
  readonly lines?: readonly number[];
  /** SPSS value labels by column: text of the value to its label. */
  readonly valueLabels?: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** What a file does not say about itself. */
export interface ReadTableOptions {
  /** Name for messages. */
  readonly file: string;
  /** Read as this format whatever the first bytes say. */
  readonly format?: 'text' | 'workbook' | 'spss';
  /** Decimal mark of the numbers, '.' when left out. */
  readonly decimal?: '.' | ',';
  /** Separator of a text table; found from the header line when left out. */
  readonly delimiter?: string;
  /** Character encoding of a text table; UTF-8, or what its byte order mark says, when left out. */
  readonly encoding?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'iso-8859-1';
  /** Sheet of a workbook by name, the first when left out. */
  readonly sheet?: string;
  /** Line (or workbook row) that holds the column names, counted from 1; the first that is not empty when left out. */
  readonly headerRow?: number;
  /** Put SPSS value labels into the cells instead of the values they stand for. */
  readonly useValueLabels?: boolean;
}

/** Number in shortest round-trip text with the decimal mark of the table. */
export function numberText(value: number, decimal: '.' | ',' | undefined): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return decimal === ',' ? text.replace('.', ',') : text;
}

const positions = new WeakMap<readonly string[], ReadonlyMap<string, number>>();

/**
 * Position of a column by its name.
 * @throws SentinodeError `column-unknown` with the nearest name
 */
export function columnIndex(table: RawTable, name: string): number {
  // Wide tables ask for every column in turn; searching the list each time would take a second at 10,773 columns.
  let known = positions.get(table.columns);
  if (known === undefined) {
    known = new Map(table.columns.map((column, at) => [column, at]));
    positions.set(table.columns, known);
  }
  const index = known.get(name);
  if (index !== undefined) return index;
  const near = nearest(name, table.columns);
  const hint =
    near === undefined ? `It has ${table.columns.slice(0, 12).join(', ')}.` : `Did you mean "${near}"?`;
  throw new SentinodeError('column-unknown', `The table has no column "${name}". ${hint}`, {
    file: table.file,
    field: name,
  });
}
