import { canonicalJson, sha256 } from '@sentinode/core';
import { ENGINE_VERSION, NOTICE } from '../version.ts';

/** Where a run comes from: enough to repeat it. Holds no date and no path, so that equal runs give equal bytes. */
export interface Provenance {
  readonly schema: 'sentinode-provenance/1';
  readonly notice: string;
  readonly engine: string;
  /** Versions of the runtime and of the libraries that touch numbers, as the app names them. */
  readonly versions: Readonly<Record<string, string>>;
  readonly studyFile: { readonly sha256: string; readonly settings: unknown };
  readonly seed: number;
  /** SHA-256 by input file, relative to the study folder. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** Collects the hash of every input that was read. */
export class InputRecord {
  readonly #hashes = new Map<string, string>();

  async add(path: string, bytes: Uint8Array): Promise<void> {
    if (!this.#hashes.has(path)) this.#hashes.set(path, await sha256(bytes));
  }

  async provenance(
    studyText: string,
    settings: unknown,
    seed: number,
    versions: Readonly<Record<string, string>>,
  ): Promise<Provenance> {
    const inputs = Object.fromEntries([...this.#hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
    return {
      schema: 'sentinode-provenance/1',
      notice: NOTICE,
      engine: ENGINE_VERSION,
      versions,
      studyFile: { sha256: await sha256(studyText), settings: JSON.parse(canonicalJson(settings)) },
      seed,
      inputs,
    };
  }
}
