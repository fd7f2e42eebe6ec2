/** DICOM files that a person chose or dropped, and the secret of the pseudonyms. */
export interface ImportJob {
  readonly files: readonly File[];
  readonly secret: Uint8Array;
}

/** What an import found. */
export interface ImportAnswer {
  /** Path, kind and SHA-256 of the uncompressed file of every volume. */
  readonly volumes: readonly { readonly path: string; readonly kind: string; readonly sha256: string }[];
  /** Reasons of files and parts that make no volume. */
  readonly problems: readonly string[];
}

/** An import that could not go on. */
export interface ImportFailure {
  readonly failure: string;
}
