import type { Progress } from '@sentinode/core';
import { gzip, type Volume, writeVolume } from '@sentinode/volume';

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
  /** Compresses a file as gzip, e.g. on other threads; the program's own encoder when left out. */
  readonly compress?: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** SHA-256 of a file that an earlier run finished from the same input, if there is one. */
  readonly finished?: (path: string, fingerprint: string) => Promise<string | undefined>;
}

/** Bytes of a compressed NIfTI file. */
export async function compressed(
  volume: Volume,
  { compress = async (bytes) => gzip(bytes) }: RunImportOptions,
): Promise<Uint8Array> {
  return compress(writeVolume(volume, 'volume.nii'));
}
