import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));

/** Reference data of the project itself: always there. `reference('paper', 'table1.csv')` is an absolute path. */
export function reference(...parts: string[]): string {
  return join(here, ...parts);
}

/**
 * Third-party data that may not be shipped lie beside the checkout in `../shared/data`
 * (or where SENTINODE_SHARED_DATA points). Tests on them use `describe.skipIf(!hasShared('folder'))`.
 */
const sharedRoot = process.env.SENTINODE_SHARED_DATA ?? join(here, '..', '..', 'shared', 'data');

export function shared(...parts: string[]): string {
  return join(sharedRoot, ...parts);
}

export function hasShared(...parts: string[]): boolean {
  return existsSync(shared(...parts));
}

export function readJson<T = unknown>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

export function readBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

/** A small, plain CSV (comma, optional double quotes, no line breaks in cells) as rows of named text cells. */
export function readCsv(path: string): Record<string, string>[] {
  const lines = readFileSync(path, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const cells = (line: string): string[] =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .slice(0, line.endsWith(',') ? undefined : -1)
      .map((match) => match[1]!.replace(/^"|"$/g, '').replaceAll('""', '"'));
  const header = cells(lines[0]!);
  return lines.slice(1).map((line) => {
    const row = cells(line);
    return Object.fromEntries(header.map((name, column) => [name, row[column] ?? '']));
  });
}
