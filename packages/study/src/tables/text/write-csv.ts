import { parseNumber } from '@sentinode/core';

/**
 * A CSV file (UTF-8 text, comma, line feed). Numbers are in shortest round-trip form, null and NaN are empty cells.
 * Text that a spreadsheet would run as a formula (first letter `=`, `+`, `-`, `@`, tab or carriage return) gets an
 * apostrophe in front, unless it is a plain number.
 */
export function writeCsv(
  columns: readonly string[],
  rows: readonly (readonly (string | number | boolean | null)[])[],
): string {
  const line = (cells: readonly (string | number | boolean | null)[]): string =>
    `${cells.map(cellText).join(',')}\n`;
  return line(columns) + rows.map(line).join('');
}

function cellText(cell: string | number | boolean | null): string {
  if (cell === null || Number.isNaN(cell)) return '';
  if (typeof cell === 'number') return Object.is(cell, -0) ? '-0' : String(cell);
  if (typeof cell === 'boolean') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) && parseNumber(cell) === undefined ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
