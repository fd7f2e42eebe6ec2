import { parseNumber, SentinodeError } from '@sentinode/core';
import { columnIndex, type RawTable } from './raw-table.ts';

export interface NumberOptions {
  /** Cells that mean "missing"; the empty cell always does. */
  readonly na?: readonly string[];
  /** Decimal mark, '.' when left out. */
  readonly decimal?: '.' | ',';
}

/** A column of numbers; NaN stands for missing and for nothing else. */
export interface NumericColumn {
  readonly values: Float64Array;
  /** Rows whose cell is missing, counted from 0. */
  readonly missing: readonly number[];
}

const DECIMAL_COMMA = /^\s*[+-]?\d+,\d+\s*$/;

/** The first row whose cell looks like a number with a decimal comma (`12,5`), or -1. */
export function findDecimalComma(table: RawTable, name: string): number {
  const column = columnIndex(table, name);
  return table.rows.findIndex((row) => DECIMAL_COMMA.test(row[column]!));
}

/**
 * Reads a column as numbers.
 * @throws SentinodeError `column-unknown`, `decimal-comma` for cells like 12,5 where the comma was not announced,
 *   `table-number` for any other text; file, column and line are named
 */
export function numericColumn(
  table: RawTable,
  name: string,
  { na = [], decimal = '.' }: NumberOptions = {},
): NumericColumn {
  const column = columnIndex(table, name);
  const values = new Float64Array(table.rows.length);
  const missing: number[] = [];
  const numericNa = na.filter((text) => parseNumber(text, decimal) !== undefined);
  table.rows.forEach((row, at) => {
    const cell = row[column]!;
    const value = parseNumber(cell, decimal);
    if (value !== undefined && (numericNa.length === 0 || !numericNa.includes(cell.trim()))) {
      values[at] = value;
      return;
    }
    const text = cell.trim();
    if (text === '' || na.includes(text)) {
      values[at] = Number.NaN;
      missing.push(at);
    } else {
      throw notNumber(table, name, at, text, decimal);
    }
  });
  return { values, missing };
}

function notNumber(
  table: RawTable,
  name: string,
  row: number,
  cell: string,
  decimal: '.' | ',',
): SentinodeError {
  const line = table.lines?.[row];
  const where = `Column "${name}", ${line === undefined ? `row ${row + 1}` : `line ${line}`}:`;
  const place = { file: table.file, field: name, line };
  if (decimal === '.' && DECIMAL_COMMA.test(cell)) {
    return new SentinodeError(
      'decimal-comma',
      `${where} "${cell}" has a decimal comma. Say so with decimal: ",", or write ${cell.replace(',', '.')}.`,
      place,
    );
  }
  const mark = decimal === ',' && parseNumber(cell) !== undefined ? ' where decimal: "," was said' : '';
  const second = row === 0 ? ' If this line belongs to the header, say headerRow.' : '';
  return new SentinodeError(
    'table-number',
    `${where} "${cell.slice(0, 40)}" is no number${mark}. Mend the cell, or list it under na if it means "missing".${second}`,
    place,
  );
}
