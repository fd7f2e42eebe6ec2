import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SentinodeError } from '@sentinode/core';

/** Writes of this process so far: two of the same name at once must not share a temporary file. */
let writes = 0;

/** Writes a file whole or not at all: a temporary file beside it, flushed, then renamed over the name. */
export async function atomicWrite(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}.${process.pid}-${++writes}.partial`;
  try {
    await mkdir(dirname(path), { recursive: true });
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new SentinodeError(
      'file-unreadable',
      `Cannot write ${path}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}. Check the permissions and the free space.`,
      { file: path },
      error,
    );
  }
}
