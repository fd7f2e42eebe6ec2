import { readdirSync } from 'node:fs';
import { readBytes, shared } from '../../../../reference/locator.ts';
import { openArchive } from '../archives/index.ts';
import type { FileSource } from '../import/scan.ts';

/** Files of an archive among the third-party data. */
export function archived(...path: readonly string[]): FileSource[] {
  return openArchive(readBytes(shared(...path)))!;
}

/** Files of a folder among the third-party data. */
export function inFolder(...path: readonly string[]): FileSource[] {
  return readdirSync(shared(...path)).map((name) => ({
    path: name,
    read: async () => readBytes(shared(...path, name)),
  }));
}
