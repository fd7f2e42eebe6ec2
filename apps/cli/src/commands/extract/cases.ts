import { dirname, isAbsolute, join } from 'node:path';
import { nearest, SentinodeError } from '@sentinode/core';
import { type RawTable, readTable } from '@sentinode/study';
import { readUserFile } from '../../adapters/files/read-file.ts';

/** One row of a list of cases. */
export interface Case {
  /** Position in the list, from 0. */
  readonly row: number;
  readonly id: string;
  readonly image: string;
  readonly mask: string;
  readonly label: string | undefined;
  /** Component of a mask with several values per voxel. */
  readonly labelChannel: string | undefined;
  /** All cells of the row, as the output repeats them. */
  readonly cells: readonly string[];
}

/** The list of cases; relative paths start at its folder. @throws `column-unknown`, `table-empty`, `file-missing` */
export async function readCases(path: string): Promise<{ columns: readonly string[]; cases: Case[] }> {
  const table = await readTable(await readUserFile(path, 'list of cases'), { file: path });
  if (table.rows.length === 0)
    throw new SentinodeError('table-empty', 'The list of cases has no row.', { file: path });
  const image = column(table, 'Image')!;
  const mask = column(table, 'Mask')!;
  const id = column(table, 'ID', true);
  const label = column(table, 'Label', true);
  const channel = column(table, 'Label_channel', true);
  const place = (name: string): string => (isAbsolute(name) ? name : join(dirname(path), name));
  const cases = table.rows.map(
    (cells, row): Case => ({
      row,
      id: id === undefined ? String(row + 1) : (cells[id] ?? '').trim(),
      image: place((cells[image] ?? '').trim()),
      mask: place((cells[mask] ?? '').trim()),
      label: label === undefined ? undefined : cells[label],
      labelChannel: channel === undefined ? undefined : cells[channel],
      cells,
    }),
  );
  return { columns: table.columns, cases };
}

function column(table: RawTable, name: string, optional = false): number | undefined {
  const at = table.columns.findIndex((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (at >= 0) return at;
  if (optional) return undefined;
  const close = nearest(name, table.columns);
  throw new SentinodeError(
    'column-unknown',
    `The list of cases needs a column "${name}"${close === undefined ? '' : `; did you mean to call "${close}" so?`}`,
    { file: table.file, field: name },
  );
}

/** Part i of n, as `2/4`. @throws `usage` */
export function shardOf(text: string | undefined): { readonly part: number; readonly of: number } {
  if (text === undefined) return { part: 1, of: 1 };
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const part = Number(match?.[1]);
  const of = Number(match?.[2]);
  if (match === null || part < 1 || of < 1 || part > of)
    throw new SentinodeError('usage', `--shard takes i/n such as 2/4, not "${text}".`, { field: '--shard' });
  return { part, of };
}
