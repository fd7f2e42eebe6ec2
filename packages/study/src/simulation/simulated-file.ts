/** A file of a simulated study. */
export interface SimulatedFile {
  /** Relative to the study folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}
