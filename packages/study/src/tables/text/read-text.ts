import { SentinodeError } from '@sentinode/core';
import Papa from 'papaparse';
import type { Grid } from '../grid.ts';
import type { ReadTableOptions } from '../raw-table.ts';
import { decodeText } from './decode-text.ts';

const SEPARATORS = [',', ';', '\t', '|'];

/**
 * Cells of a CSV or TSV file: quotes doubled inside quotes, line breaks allowed in them, empty lines left out.
 * @throws SentinodeError `table-encoding`, or `file-syntax` for a quote that does not close
 */
export function readText(bytes: Uint8Array, options: ReadTableOptions): Grid {
  const text = decodeText(bytes, options);
  const delimiter = options.delimiter ?? separatorOf(text, options.headerRow ?? 1);
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, skipEmptyLines: false });
  const fault = errors.find((error) => error.type === 'Quotes');
  const { rows, lines } = numbered(data);
  if (fault !== undefined) {
    const line = lines[rows.indexOf(data[fault.row ?? 0]!)];
    throw new SentinodeError(
      'file-syntax',
      `A quoted cell that begins in line ${line ?? 1} does not end properly. Close the quotes, or double those inside.`,
      { file: options.file, line },
    );
  }
  return { rows, lines };
}

/** Rows that are not empty, with the line each begins in (cells may hold line breaks). */
function numbered(data: readonly string[][]): { rows: string[][]; lines: number[] } {
  const rows: string[][] = [];
  const lines: number[] = [];
  let line = 1;
  for (const row of data) {
    const first = line;
    line++;
    for (const cell of row) {
      if (cell.includes('\n') || cell.includes('\r')) line += cell.split(/\r\n|\r|\n/).length - 1;
    }
    if (row.every((cell) => cell.trim() === '')) continue;
    rows.push(row);
    lines.push(first);
  }
  return { rows, lines };
}

/** The separator that occurs most in the header line, outside quotes; a comma where there is none. */
function separatorOf(text: string, headerLine: number): string {
  const counts = new Map(SEPARATORS.map((separator) => [separator, 0]));
  let quoted = false;
  let line = 1;
  for (let at = 0; at < text.length && line <= headerLine; at++) {
    const letter = text[at]!;
    if (letter === '"') quoted = !quoted;
    else if (letter === '\n' && !quoted) line++;
    else if (line === headerLine && !quoted && counts.has(letter))
      counts.set(letter, counts.get(letter)! + 1);
  }
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}
