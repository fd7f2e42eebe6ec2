import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError } from '@sentinode/core';
import { atomicWrite } from './atomic-write.ts';

/** A folder of repaired copies inside a study's folder. */
export interface RepairFolder {
  /** @param path in the study folder */
  write(path: string, bytes: Uint8Array): Promise<void>;
  writeList(text: string): Promise<void>;
}

/**
 * Opens a new or empty folder, or one that an earlier repair filled, whose list is in it.
 * @throws SentinodeError `output-not-empty` when it holds other people's files
 */
export async function openRepairFolder(study: string, name: string, list: string): Promise<RepairFolder> {
  const entries = await readdir(join(study, name)).catch(() => [] as string[]);
  if (entries.length > 0 && !entries.includes(list))
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${name}" holds files that check --repair did not make; name another one under images.masks.repaired.`,
      { file: name, field: 'images.masks.repaired' },
    );
  const place = (path: string): string => join(study, ...path.split('/'));
  return {
    write: (path, bytes) => atomicWrite(place(path), bytes),
    writeList: (text) => atomicWrite(place(`${name}/${list}`), text),
  };
}
