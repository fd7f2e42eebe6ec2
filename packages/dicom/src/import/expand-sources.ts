import { isSentinodeError, type SentinodeError } from '@sentinode/core';
import { openArchive } from '../archives/index.ts';
import type { FileSource } from './scan.ts';

const ARCHIVE = /\.(?:zip|tar|tgz|tar\.gz)$/i;

/**
 * Puts the files of archives in place of the archives, one level deep. An archive that cannot be read is given back
 * with its reason.
 */
export async function expandSources(
  sources: readonly FileSource[],
): Promise<{ sources: FileSource[]; failed: { source: FileSource; error: SentinodeError }[] }> {
  const expanded: FileSource[] = [];
  const failed: { source: FileSource; error: SentinodeError }[] = [];
  for (const source of sources) {
    if (!ARCHIVE.test(source.path)) {
      expanded.push(source);
      continue;
    }
    try {
      const entries = openArchive(await source.read());
      if (entries === undefined) expanded.push(source);
      else expanded.push(...entries.map((entry) => ({ ...entry, path: `${source.path}!${entry.path}` })));
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      failed.push({ source, error });
    }
  }
  return { sources: expanded, failed };
}
