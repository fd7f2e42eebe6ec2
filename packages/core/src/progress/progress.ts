import { SentinodeError } from '../errors/error.ts';

/** One step of long work: what is being done and how far it is. */
export interface ProgressEvent {
  /** Stage in plain words, e.g. `radiomics`. */
  readonly stage: string;
  readonly done: number;
  readonly total: number;
}

export type Progress = (event: ProgressEvent) => void;

/** What is worth telling a user but stops nothing: a stable code and one sentence. */
export interface Warning {
  readonly code: string;
  readonly message: string;
}

/** Throws when the caller has asked for the work to stop. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new SentinodeError('interrupted', 'The work was interrupted; run the same command again to go on.');
}
