import { SentinodeError, sha256 } from '@sentinode/core';
import type { Provenance } from '../engine/provenance.ts';
import type { StudyResults } from '../results/study-results.ts';

/** A finished run as it lies in its folder. */
export interface RunSnapshot {
  readonly folder: string;
  readonly provenance: Provenance;
  readonly results: StudyResults;
  /** SHA-256 of every file that a run leaves, by path. */
  readonly files: ReadonlyMap<string, string>;
}

/** Files that differ between equal runs. */
export const volatileFiles: readonly string[] = ['log.jsonl'];

/**
 * Reads a finished run and holds every file against the hashes that the run wrote down.
 * @param listed SHA-256 by path as the run left them; undefined for a run of an earlier version
 * @throws SentinodeError `run-invalid` for a missing, edited or unreadable file, and one of a newer version
 */
export async function readRun(
  folder: string,
  read: (path: string) => Promise<Uint8Array | undefined>,
  names: readonly string[],
  listed: Readonly<Record<string, string>> | undefined,
): Promise<RunSnapshot> {
  const invalid = (path: string, message: string): never => {
    throw new SentinodeError('run-invalid', message, { file: `${folder}/${path}` });
  };
  const files = new Map<string, string>();
  for (const name of [...new Set([...names, ...Object.keys(listed ?? {})])].sort()) {
    if (volatileFiles.includes(name)) continue;
    const bytes =
      (await read(name)) ?? invalid(name, `${name} is missing, which the run left in this folder.`);
    const hash = await sha256(bytes);
    if (listed?.[name] !== undefined && listed[name] !== hash)
      invalid(name, `${name} is not what the run wrote: it was edited since.`);
    files.set(name, hash);
  }
  const parsed = async <T extends { readonly schema: string }>(name: string, schema: string): Promise<T> => {
    const bytes =
      (await read(name)) ??
      invalid(name, `The folder has no ${name}; it is not the folder of a finished run.`);
    let value: T;
    try {
      value = JSON.parse(new TextDecoder().decode(bytes)) as T;
    } catch {
      return invalid(name, `${name} cannot be parsed; it is damaged.`);
    }
    if (value?.schema !== schema)
      invalid(name, `${name} is of version "${value?.schema}", which this version cannot read.`);
    return value;
  };
  return {
    folder,
    provenance: await parsed<Provenance>('provenance.json', 'sentinode-provenance/1'),
    results: await parsed<StudyResults>('metrics.json', 'sentinode-results/1'),
    files,
  };
}
