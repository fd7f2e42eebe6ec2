import type { RawTable, ReadTableOptions } from '../raw-table.ts';
import { ByteCursor } from './byte-cursor.ts';
import { readCases } from './cases.ts';
import { ascii, readDictionary } from './dictionary.ts';
import { SpssValues } from './values.ts';
import { variablesOf } from './variables.ts';

export function isSpss(bytes: Uint8Array): boolean {
  return /^\$FL[23]$/.test(ascii(bytes.subarray(0, 4)));
}

/**
 * Reads an SPSS system file (.sav), plain or compressed by commands, in either byte order. System-missing values and
 * those the file declares as user-missing are empty cells; dates are yyyy-mm-dd; texts lose their trailing blanks.
 * Value labels are returned beside the values, or put in their place with `useValueLabels`.
 * @throws SentinodeError `table-damaged`, `table-encoding`, or `format-unknown` for .zsav
 */
export function readSpss(bytes: Uint8Array, options: ReadTableOptions): RawTable {
  const { file } = options;
  const cursor = new ByteCursor(bytes, file);
  const dictionary = readDictionary(cursor, file);
  const values = new SpssValues(dictionary, cursor.littleEndian, options);
  const variables = variablesOf(dictionary, values.decode);
  const valueLabels = values.labelsOf(variables, dictionary);
  const cells = variables.map((variable) => {
    const cell = values.cellOf(variable);
    const labels = options.useValueLabels === true ? valueLabels.get(variable.name) : undefined;
    return labels === undefined ? cell : (record: Uint8Array) => labels.get(cell(record)) ?? cell(record);
  });
  const rows: string[][] = [];
  for (const record of readCases(cursor, dictionary, file)) rows.push(cells.map((cell) => cell(record)));
  const columns = variables.map((variable) => variable.name);
  return { file, columns, rows, lines: rows.map((_, at) => at + 1), valueLabels };
}
