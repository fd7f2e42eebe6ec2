import { isSentinodeError } from '@sentinode/core';
import {
  type ExtractionJob,
  type ExtractionResult,
  extractImage,
  type ResamplingJob,
  runUnit,
  type UnitResult,
} from '@sentinode/study';

/** What a worker is asked to do. */
export type WorkerTask =
  | { readonly task: 'extract'; readonly job: ExtractionJob }
  | { readonly task: 'resample'; readonly job: ResamplingJob };

/** What a worker answers: errors travel as plain values, since a class does not survive the message. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: ExtractionResult | UnitResult }
  | { readonly ok: false; readonly error: ReturnType<import('@sentinode/core').SentinodeError['toJSON']> };

export default async function run({ task, job }: WorkerTask): Promise<WorkerAnswer> {
  try {
    return { ok: true, result: task === 'extract' ? await extractImage(job) : runUnit(job) };
  } catch (error) {
    if (isSentinodeError(error)) return { ok: false, error: error.toJSON() };
    throw error;
  }
}
