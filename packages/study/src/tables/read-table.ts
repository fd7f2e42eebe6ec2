import { SentinodeError } from '@sentinode/core';
import { tableOfGrid } from './grid.ts';
import type { RawTable, ReadTableOptions } from './raw-table.ts';
import { isSpss, readSpss } from './spss/read-spss.ts';
import { readText } from './text/read-text.ts';
import { readWorkbook } from './workbook/read-workbook.ts';

/**
 * Reads a clinical or feature table: CSV or TSV text, an Excel workbook (.xlsx) or an SPSS file (.sav), told apart by
 * their first bytes.
 * @throws SentinodeError `file-empty`, `format-unknown`, `table-empty`, `table-header`, `table-ragged`,
 *   `column-duplicate`, `table-encoding`, `file-syntax`, `table-damaged`, `sheet-unknown`, `table-formula`, `too-large`
 */
export function readTable(bytes: Uint8Array, options: ReadTableOptions): RawTable {
  if (bytes.length === 0)
    throw new SentinodeError('file-empty', 'The table is an empty file. Export it again.', {
      file: options.file,
    });
  const table = readRows(bytes, options);
  if (table.rows.length === 0) {
    throw new SentinodeError(
      'table-empty',
      'The table has a header but no rows. Check that the right file or sheet is named.',
      { file: options.file },
    );
  }
  return table;
}

function readRows(bytes: Uint8Array, options: ReadTableOptions): RawTable {
  switch (options.format ?? formatOf(bytes, options.file)) {
    case 'workbook':
      return tableOfGrid(readWorkbook(bytes, options), options);
    case 'spss':
      return readSpss(bytes, options);
    case 'text':
      return tableOfGrid(readText(bytes, options), options);
  }
}

function formatOf(bytes: Uint8Array, file: string): 'text' | 'workbook' | 'spss' {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  if (start.startsWith('PK\x03\x04')) return 'workbook';
  if (isSpss(bytes)) return 'spss';
  const other = start.startsWith('\xd0\xcf\x11\xe0')
    ? 'an old Excel file (.xls); save it as .xlsx'
    : start.startsWith('PAR1')
      ? 'a Parquet file; export it as CSV'
      : start.startsWith('\x1f\x8b')
        ? 'a gzip file; unpack it'
        : start.startsWith('%PDF')
          ? 'a PDF; export the table as CSV'
          : undefined;
  if (other === undefined) return 'text';
  throw new SentinodeError(
    'format-unknown',
    `This is ${other}. Tables are read as CSV, TSV, .xlsx or .sav.`,
    { file },
  );
}
