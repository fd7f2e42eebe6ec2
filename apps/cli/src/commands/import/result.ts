import type { IndexEntry } from '@sentinode/dicom';

/** What an import found and left behind. */
export interface ImportResult {
  readonly folder: string;
  readonly files: number;
  readonly copies: number;
  readonly skipped: readonly { readonly reason: string; readonly files: number }[];
  readonly volumes: readonly IndexEntry[];
  readonly notice: string;
}
