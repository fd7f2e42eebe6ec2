import { type CellObject, read, utils, type WorkBook } from '@e965/xlsx';
import { nearest, SentinodeError } from '@sentinode/core';
import type { Grid } from '../grid.ts';
import { numberText, type ReadTableOptions } from '../raw-table.ts';
import { dateText, isDateFormat } from './dates.ts';
import { repackWorkbook } from './repack-workbook.ts';

/**
 * Cells of one sheet of an .xlsx file: formulas by their stored value, numbers in shortest round-trip text, dates as
 * yyyy-mm-dd (with the time where there is one). Errors such as #N/A stay as text.
 * @throws SentinodeError `table-damaged`, `too-large`, `sheet-unknown`, or `table-formula` for a formula whose value
 *   was never stored
 */
export function readWorkbook(bytes: Uint8Array, options: ReadTableOptions): Grid {
  const workbook = parse(bytes, options.file);
  const sheet = workbook.Sheets[sheetName(workbook, options)]!;
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  const cells: readonly (readonly (CellObject | undefined)[] | undefined)[] = sheet['!data'] ?? [];
  const epoch1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const rows: string[][] = [];
  const lines: number[] = [];
  for (let r = range.s.r; r <= range.e.r; r++) {
    const row: string[] = [];
    for (let c = range.s.c; c <= range.e.c; c++) {
      const cell = cells[r]?.[c];
      if (cell?.f !== undefined && cell.t === 'z') throw unsaved(utils.encode_cell({ r, c }), options.file);
      row.push(cell === undefined ? '' : cellText(cell, options.decimal, epoch1904));
    }
    if (row.every((text) => text.trim() === '')) continue;
    rows.push(row);
    lines.push(r + 1);
  }
  return { rows, lines };
}

function parse(bytes: Uint8Array, file: string): WorkBook {
  const packed = repackWorkbook(bytes, file);
  try {
    return read(packed, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      sheetStubs: true,
    });
  } catch (cause) {
    throw new SentinodeError(
      'table-damaged',
      'The file is no workbook that can be read. Save it again as .xlsx, or as CSV.',
      { file },
      cause,
    );
  }
}

function sheetName(workbook: WorkBook, { file, sheet }: ReadTableOptions): string {
  const names = workbook.SheetNames;
  const name = sheet ?? names[0];
  if (name !== undefined && names.includes(name)) return name;
  const near = nearest(name ?? '', names);
  throw new SentinodeError(
    'sheet-unknown',
    `The workbook has no sheet "${name}"; it has ${names.join(', ')}.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
    { file, field: 'sheet' },
  );
}

function cellText(cell: CellObject, decimal: '.' | ',' | undefined, date1904: boolean): string {
  if (cell.t === 'z' || cell.v === undefined || cell.v === null) return '';
  switch (cell.t) {
    case 'n':
      return (
        (isDateFormat(cell.z) ? dateText(cell.v as number, date1904) : undefined) ??
        numberText(cell.v as number, decimal)
      );
    case 'b':
      return cell.v === true ? 'TRUE' : 'FALSE';
    case 'e':
      return cell.w ?? '#ERROR';
    default:
      return String(cell.v);
  }
}

function unsaved(address: string, file: string): SentinodeError {
  return new SentinodeError(
    'table-formula',
    `Cell ${address} holds a formula whose value was never stored. Open the workbook in a spreadsheet program and save it, or replace the formula by its value.`,
    { file, field: address },
  );
}
