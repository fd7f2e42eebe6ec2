import { appendFile, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { SentinodeError, sha256 } from '@sentinode/core';
import { atomicWrite } from './atomic-write.ts';
import { readIfThere } from './read-file.ts';

/** One line per file that an import finished, after the file. */
const JOURNAL = '.imported';

interface Finished {
  readonly path: string;
  readonly fingerprint: string;
  readonly sha256: string;
}

/** A folder that an import fills, and goes on filling after an interruption. */
export interface ImportFolder {
  readonly path: string;
  /** SHA-256 of a file that is finished and still as it was written. */
  finished(path: string, fingerprint: string): Promise<string | undefined>;
  write(file: {
    readonly path: string;
    readonly bytes: Uint8Array;
    readonly fingerprint: string;
  }): Promise<void>;
  /** Writes the index and removes files of an earlier import that this one neither made nor found finished. */
  close(index: readonly { readonly path: string; readonly text: string }[]): Promise<void>;
}

/**
 * Opens a new or empty folder, or that of an earlier import.
 * @throws SentinodeError `output-not-empty` when it holds other people's files
 */
export async function openImportFolder(out: string): Promise<ImportFolder> {
  const path = resolve(out);
  const journal = join(path, JOURNAL);
  const entries = await readdir(path).catch(() => [] as string[]);
  if (entries.length > 0 && !entries.includes(JOURNAL)) {
    throw new SentinodeError(
      'output-not-empty',
      `The folder "${out}" holds files that import did not make; choose another --out.`,
      { file: out },
    );
  }
  await mkdir(path, { recursive: true });
  const known = new Map((await readJournal(journal)).map((one) => [one.path, one]));
  await appendFile(journal, '');
  const kept = new Set<string>();
  const place = (file: string): string => join(path, ...file.split('/'));
  return {
    path,
    finished: async (file, fingerprint) => {
      const earlier = known.get(file);
      if (earlier?.fingerprint !== fingerprint) return undefined;
      const bytes = await readIfThere(place(file));
      if (bytes === undefined || (await sha256(bytes)) !== earlier.sha256) return undefined;
      kept.add(file);
      return earlier.sha256;
    },
    write: async ({ path: file, bytes, fingerprint }) => {
      await atomicWrite(place(file), bytes);
      const line: Finished = { path: file, fingerprint, sha256: await sha256(bytes) };
      known.set(file, line);
      kept.add(file);
      await appendFile(journal, `${JSON.stringify(line)}\n`);
    },
    close: async (index) => {
      for (const file of known.keys()) if (!kept.has(file)) await rm(place(file), { force: true });
      const lines = [...known.values()].filter((one) => kept.has(one.path)).map((one) => JSON.stringify(one));
      await atomicWrite(
        journal,
        lines
          .sort()
          .map((line) => `${line}\n`)
          .join(''),
      );
      for (const { path: file, text } of index) await atomicWrite(place(file), text);
    },
  };
}

/** The last line may be half written; what it told of is made again. */
async function readJournal(path: string): Promise<Finished[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    try {
      return line === '' ? [] : [JSON.parse(line) as Finished];
    } catch {
      return [];
    }
  });
}
