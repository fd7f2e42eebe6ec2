import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { type FileSource, isDirectoryFile, listedFiles, readDicom } from '@sentinode/dicom';
import { readUserFile } from './read-file.ts';

/**
 * Files under a folder in the order of their names, one file, or the files that a DICOMDIR lists. Symbolic links are
 * not followed.
 * @throws SentinodeError `file-missing`, `file-unreadable`, `path-outside`
 */
export async function filesToRead(path: string): Promise<FileSource[]> {
  const entry = await stat(path).catch(() => undefined);
  if (entry === undefined)
    throw new SentinodeError('file-missing', `There is no folder or file "${path}".`, { file: path });
  if (entry.isDirectory()) return walk(path, '');
  if (!/(?:^|[/\\])DICOMDIR$/i.test(path)) return [sourceOf(path, path)];
  const directory = readDicom(await readUserFile(path));
  if (!isDirectoryFile(directory)) return [sourceOf(path, path)];
  return listedFiles(directory).map((name) => sourceOf(join(dirname(path), ...name.split('/')), name));
}

async function walk(root: string, under: string): Promise<FileSource[]> {
  const entries = await readdir(join(root, under), { withFileTypes: true }).catch((error: unknown) => {
    throw new SentinodeError(
      'file-unreadable',
      `A folder under "${root}" cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'failed'}.`,
      { file: root },
      error,
    );
  });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: FileSource[] = [];
  for (const entry of entries) {
    const path = under === '' ? entry.name : `${under}/${entry.name}`;
    if (entry.isDirectory()) found.push(...(await walk(root, path)));
    else if (entry.isFile()) found.push(sourceOf(join(root, ...path.split('/')), path));
  }
  return found;
}

/**
 * The error of a file that cannot be read names no path: folders of a hospital are named after patients. Slices are many
 * and small, so that waiting for each costs more than reading it.
 */
function sourceOf(full: string, path: string): FileSource {
  return {
    path,
    read: async () => {
      try {
        return readFileSync(full);
      } catch (error) {
        throw new SentinodeError(
          'file-unreadable',
          `A file cannot be read: ${(error as NodeJS.ErrnoException).code ?? 'failed'}.`,
          {},
          error,
        );
      }
    },
  };
}
