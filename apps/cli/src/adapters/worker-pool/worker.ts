import { isSentinodeError } from '@sentinode/core';
import { type ExtractionJob, type ExtractionResult, extractImage } from '@sentinode/study';

/** What a worker answers: errors travel as plain values, since a class does not survive the message. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: ExtractionResult }
  | { readonly ok: false; readonly error: ReturnType<import('@sentinode/core').SentinodeError['toJSON']> };

export default async function run(job: ExtractionJob): Promise<WorkerAnswer> {
  try {
    return { ok: true, result: await extractImage(job) };
  } catch (error) {
    if (isSentinodeError(error)) return { ok: false, error: error.toJSON() };
    throw error;
  }
}
