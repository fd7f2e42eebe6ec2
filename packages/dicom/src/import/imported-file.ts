import type { Progress } from '@sentinode/core';

/** A file to be written under the output folder. */
export interface ImportedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Stands for what the file was made of; the same one next time means that it need not be made again. */
  readonly fingerprint: string;
}

export interface RunImportOptions {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** SHA-256 of a file that an earlier run finished from the same input, if there is one. */
  readonly finished?: (path: string, fingerprint: string) => Promise<string | undefined>;
}
