import type { Volume } from '../volume.ts';

/** Gives the bytes of a file that lies beside the one being read, by its name relative to that file's folder. */
export type Sibling = (name: string) => Promise<Uint8Array>;

export interface ReadOptions {
  /** Name for messages, and of the header that a detached data file belongs to. */
  readonly file?: string;
  /** Which volume of a file that holds several (time points, b-values, channels), counted from 0. */
  readonly index?: number;
  /** How to get at detached data files (`.nhdr` + data, `.hdr` + `.img`). */
  readonly sibling?: Sibling;
  /** Most bytes of voxels that a file may declare; 2 GiB when left out. */
  readonly maxBytes?: number;
}

/** A file that is being read. */
export interface VolumeSource {
  /** The file as it is. */
  readonly bytes: Uint8Array;
  /** Its first bytes, after decompression. */
  readonly head: Uint8Array;
  /** Whether the whole file is a gzip stream. */
  readonly gzipped: boolean;
}

/** A file format of volumes. */
export interface VolumeFormat {
  /** Name in messages, e.g. `NIfTI`. */
  readonly name: string;
  /** Lower-case endings of file names, with the dot; the first is written unless another is asked for. */
  readonly extensions: readonly string[];
  /** Whether the first bytes (after decompression) are of this format. */
  recognises(head: Uint8Array): boolean;
  read(source: VolumeSource, options: ReadOptions): Promise<Volume>;
  /** The bytes of a file; `file` decides about compression. */
  write?(volume: Volume, file: string): Uint8Array;
}
