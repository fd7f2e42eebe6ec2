import { readFile, realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { SentinodeError } from '@sentinode/core';

const code = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'failed';

/** Bytes of a file that the user named. @throws `file-missing`, `file-empty`, `file-unreadable` */
export async function readUserFile(path: string, what = 'file'): Promise<Uint8Array> {
  const bytes = await readIfThere(path);
  if (bytes === undefined)
    throw new SentinodeError('file-missing', `There is no ${what} "${path}".`, { file: path });
  if (bytes.length === 0)
    throw new SentinodeError('file-empty', `The ${what} "${path}" is empty; export or copy it again.`, {
      file: path,
    });
  return bytes;
}

/** Bytes of a file, or undefined when there is none. @throws `file-unreadable` */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (code(error) === 'ENOENT' || code(error) === 'ENOTDIR') return undefined;
    throw new SentinodeError(
      'file-unreadable',
      `Cannot read "${path}": ${code(error)}.`,
      { file: path },
      error,
    );
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

/**
 * Files under one folder by relative path with `/`. A symbolic link that leads out of the folder is refused.
 * @throws `path-outside`
 */
export function folderReader(folder: string): {
  read: (path: string) => Promise<Uint8Array | undefined>;
  has: (path: string) => Promise<boolean>;
} {
  const resolve = async (path: string): Promise<string> => {
    const full = join(folder, ...path.split('/'));
    const [root, real] = await Promise.all([
      realpath(folder).catch(() => folder),
      realpath(full).catch(() => undefined),
    ]);
    if (real !== undefined) {
      const inside = relative(root, real);
      if (inside.startsWith('..') || inside.includes(`..${sep}`)) {
        throw new SentinodeError(
          'path-outside',
          `"${path}" is a link that leads out of the study folder; copy the file into it.`,
          { file: path },
        );
      }
    }
    return full;
  };
  return {
    read: async (path) => readIfThere(await resolve(path)),
    has: async (path) => isFile(await resolve(path)),
  };
}
