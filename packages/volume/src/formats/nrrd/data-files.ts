import { parseNumber, SentinodeError } from '@sentinode/core';
import type { ReadOptions } from '../volume-format.ts';
import { invalidField, type NrrdHeader } from './header.ts';

const MOST_FILES = 100_000;

/**
 * The stored bytes of the voxels, one array per file: what follows the header, or the detached files it names.
 * @throws SentinodeError `path-outside` for a name that leaves the header's folder, `file-missing` where detached
 *   files cannot be reached
 */
export async function readDataFiles(
  header: NrrdHeader,
  bytes: Uint8Array,
  options: ReadOptions,
): Promise<Uint8Array[]> {
  const names = dataFileNames(header);
  if (names === undefined) return [bytes.subarray(header.end)];
  const { sibling } = options;
  if (sibling === undefined) {
    throw new SentinodeError(
      'file-missing',
      `This header keeps its voxels in another file (${names[0]}). Give both, the other one beside the header.`,
      { field: 'data file' },
    );
  }
  const files: Uint8Array[] = [];
  for (const name of names) files.push(await sibling(name));
  return files;
}

/** Names of the detached files in the order of the voxels, or undefined for an attached header. */
function dataFileNames(header: NrrdHeader): readonly string[] | undefined {
  const field = header.fields.get('data file');
  if (field === undefined) return undefined;
  const names = /^LIST\b/.test(field) ? header.listed : (numberedNames(field) ?? [field]);
  if (names.length === 0) throw invalidField('No file is listed.', 'data file');
  names.forEach(checkInside);
  return names;
}

/** `slice%03d.raw 1 20 1`: a printf pattern with the first, last and step of its number. */
function numberedNames(field: string): string[] | undefined {
  const [, before, zero, width, after, ...range] =
    /^(.*)%(0?)(\d*)d(\S*)\s+(-?\d+)\s+(-?\d+)\s+(-?\d+)(?:\s+\d+)?$/.exec(field) ?? [];
  if (range.length === 0) return undefined;
  const [first, last, step] = range.map((item) => parseNumber(item)!) as [number, number, number];
  const count = Math.floor((last - first) / step) + 1;
  if (!(count >= 1 && count <= MOST_FILES)) throw invalidField(`"${field}" counts no files.`, 'data file');
  return Array.from({ length: count }, (_, k) => {
    const number = String(first + k * step).padStart(Number(width), zero === '0' ? '0' : ' ');
    return `${before}${number}${after}`;
  });
}

function checkInside(name: string): void {
  const outside = name.includes('\\') || name.includes('\0') || /^(?:\/|[a-z][a-z0-9+.-]*:)/i.test(name);
  if (!outside && !name.split('/').includes('..')) return;
  throw new SentinodeError(
    'path-outside',
    `The header names the data file "${name}", which leads out of its folder. Put the file beside the header and name it without a path.`,
    { field: 'data file' },
  );
}
