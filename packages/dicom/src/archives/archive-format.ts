import type { FileSource } from '../import/scan.ts';

/** A kind of file that holds files. Entries are read from memory and never unpacked to a disk. */
export interface ArchiveFormat {
  readonly name: string;
  /** Whether the first bytes (512 are enough) are of this kind. */
  recognises(head: Uint8Array): boolean;
  /**
   * Files of the archive in its order; links, folders and devices are left out.
   * @throws SentinodeError `archive-damaged`, `too-large`
   */
  entries(bytes: Uint8Array): FileSource[];
}
