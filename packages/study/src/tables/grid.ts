import { SentinodeError } from '@sentinode/core';
import type { RawTable, ReadTableOptions } from './raw-table.ts';

/** Cells of a file before anything is known about its header. */
export interface Grid {
  readonly rows: readonly (readonly string[])[];
  /** Line or sheet row of each row, counted from 1. */
  readonly lines: readonly number[];
}

const ANOTHER_ROW = 'If the column names stand in another row, say which with headerRow.';

/**
 * Takes the header off a grid and checks that every row belongs to it. Columns without a name and without any cell
 * are left out, as spreadsheets append them; the first may be nameless, as R writes row names.
 * @throws SentinodeError `table-empty`, `table-header`, `table-ragged`, `column-duplicate`
 */
export function tableOfGrid(grid: Grid, options: ReadTableOptions): RawTable {
  const { file } = options;
  const at = options.headerRow === undefined ? 0 : grid.lines.indexOf(options.headerRow);
  const header = grid.rows[at];
  if (header === undefined) {
    throw grid.rows.length === 0
      ? new SentinodeError(
          'table-empty',
          'The table has no rows at all. Check that the right file or sheet is named.',
          { file },
        )
      : new SentinodeError(
          'table-header',
          `headerRow is ${options.headerRow}, and that row is empty or not there.`,
          { file, field: 'headerRow' },
        );
  }
  const names = header.map((name) => name.trim());
  const rows = grid.rows.slice(at + 1);
  const lines = grid.lines.slice(at + 1);
  checkLengths(names, rows, lines, file, grid.lines[at]!);
  const kept = namedColumns(names, rows, file, grid.lines[at]!);
  const columns = kept.map((column) => names[column]!);
  checkUnique(columns, file);
  const complete = kept.length === names.length;
  return {
    file,
    columns,
    rows: complete ? rows : rows.map((row) => kept.map((column) => row[column]!)),
    lines,
  };
}

function checkLengths(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  lines: readonly number[],
  file: string,
  headerLine: number,
): void {
  const ragged = rows.findIndex((row) => row.length !== names.length);
  if (ragged < 0) return;
  throw new SentinodeError(
    'table-ragged',
    `Line ${lines[ragged]} has ${rows[ragged]!.length} cells, and the header in line ${headerLine} has ${names.length}. Mend the line (a cell that holds the separator must be quoted). ${ANOTHER_ROW}`,
    { file, line: lines[ragged] },
  );
}

function namedColumns(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  file: string,
  headerLine: number,
): number[] {
  return names.flatMap((name, column) => {
    if (name !== '') return [column];
    if (rows.every((row) => row[column]!.trim() === '')) return [];
    if (column === 0) return [column];
    throw new SentinodeError(
      'table-header',
      `Column ${column + 1} has cells but no name in row ${headerLine}. Name it. ${ANOTHER_ROW}`,
      { file, line: headerLine },
    );
  });
}

function checkUnique(columns: readonly string[], file: string): void {
  const seen = new Set<string>();
  for (const name of columns) {
    if (seen.has(name)) {
      throw new SentinodeError('column-duplicate', `Two columns are called "${name}". Rename one of them.`, {
        file,
        field: name,
      });
    }
    seen.add(name);
  }
}
