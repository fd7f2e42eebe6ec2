import { homedir } from 'node:os';
import { join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import type { TrustedKey } from '@sentinode/study';
import { atomicWrite } from '../../adapters/files/atomic-write.ts';
import { readIfThere, readUserFile } from '../../adapters/files/read-file.ts';

/** Keys that this site trusts, where no file is named. */
export const usualStore = (): string => join(homedir(), '.sentinode', 'trusted-keys.json');

function keysOf(bytes: Uint8Array, file: string): TrustedKey[] {
  try {
    const keys = JSON.parse(new TextDecoder().decode(bytes)) as TrustedKey[];
    for (const { name, publicKey } of keys)
      if (typeof name !== 'string' || !/^[0-9a-f]{64}$/.test(publicKey)) throw new Error('no key');
    return keys;
  } catch {
    throw new SentinodeError(
      'key-invalid',
      'This is no list of trusted keys; `sentinode bundle trust` writes one.',
      {
        file,
      },
    );
  }
}

/** The trusted keys of a file; none where there is no file yet. @throws SentinodeError `key-invalid` */
export async function trustedKeys(file: string): Promise<TrustedKey[]> {
  const bytes = await readIfThere(file);
  return bytes === undefined ? [] : keysOf(bytes, file);
}

/** Adds the public key of a file to the trusted ones. @throws SentinodeError `key-invalid`, `file-missing` */
export async function trust(publicFile: string, name: string, store: string): Promise<TrustedKey> {
  const text = new TextDecoder().decode(await readUserFile(publicFile, 'public key')).trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new SentinodeError(
      'key-invalid',
      'This is no public key: it has 64 hexadecimal digits and ends in .pub.',
      {
        file: publicFile,
      },
    );
  const others = (await trustedKeys(store)).filter(({ publicKey }) => publicKey !== text);
  const key = { name, publicKey: text };
  await atomicWrite(store, `${JSON.stringify([...others, key], null, 1)}\n`);
  return key;
}
