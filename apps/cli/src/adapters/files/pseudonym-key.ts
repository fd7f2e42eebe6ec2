import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { readIfThere, readUserFile } from './read-file.ts';

/** The secret of the pseudonyms, and whether it was made just now. */
export interface PseudonymKey {
  readonly secret: Uint8Array;
  readonly path: string;
  readonly made: boolean;
}

/**
 * Key of a file that the user names, or of the file beside the output folder, which is made where there is none and
 * can be read by its owner only.
 * @throws SentinodeError `file-missing`, `file-empty`, `file-unreadable`
 */
export async function pseudonymKey(named: string | undefined, out: string): Promise<PseudonymKey> {
  if (named !== undefined)
    return { secret: trimmed(await readUserFile(named, 'key file')), path: named, made: false };
  const path = `${resolve(out)}.key`;
  const there = await readIfThere(path);
  if (there !== undefined && there.length > 0) return { secret: trimmed(there), path, made: false };
  const secret = new TextEncoder().encode(randomBytes(32).toString('hex'));
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${new TextDecoder().decode(secret)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new SentinodeError(
      'file-unreadable',
      `Cannot write the pseudonym key ${path}: ${(error as NodeJS.ErrnoException).code ?? 'failed'}.`,
      { file: path },
      error,
    );
  }
  return { secret, path, made: true };
}

/** Editors end a file with a line feed; it is no part of the key. */
function trimmed(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && [0x0a, 0x0d, 0x20].includes(bytes[end - 1])) end--;
  return bytes.subarray(0, end);
}
