import { appendFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { atomicWrite } from './atomic-write.ts';

/** One line per file that a simulation wrote, the line before the file. */
const LIST = '.simulated';

/** A folder that a simulation fills. */
export interface SimulatedFolder {
  readonly path: string;
  write(file: { readonly path: string; readonly bytes: Uint8Array }): Promise<void>;
}

/**
 * Opens a new or empty folder, or one that a simulation filled: what that one wrote is removed, everything else stays.
 * @throws SentinodeError `output-not-empty` when it holds other people's files
 */
export async function openSimulatedFolder(out: string): Promise<SimulatedFolder> {
  const path = resolve(out);
  const list = join(path, LIST);
  const entries = await readdir(path).catch(() => [] as string[]);
  if (entries.length > 0 && !entries.includes(LIST)) {
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" holds files that simulate did not make; choose another --out.`,
      { file: out },
    );
  }
  await mkdir(path, { recursive: true });
  const place = (file: string): string => join(path, ...file.split('/'));
  const earlier = await readFile(list, 'utf8').catch(() => '');
  for (const file of earlier.split('\n').filter((line) => line !== ''))
    await rm(place(file), { force: true });
  await writeFile(list, '');
  return {
    path,
    write: async (file) => {
      await appendFile(list, `${file.path}\n`);
      await atomicWrite(place(file.path), file.bytes);
    },
  };
}
