import { isSentinodeError } from '@sentinode/core';
import type {
  CaseInspection,
  DrawnPatient,
  ExtractionJob,
  ExtractionResult,
  InspectionJob,
  PatientJob,
  ResamplingJob,
  ResamplingResult,
} from '@sentinode/study';

/** What a worker is asked to do. */
export type WorkerTask =
  | { readonly task: 'extract'; readonly job: ExtractionJob }
  | { readonly task: 'inspect'; readonly job: InspectionJob }
  | { readonly task: 'resample'; readonly job: ResamplingJob }
  | { readonly task: 'draw'; readonly job: PatientJob };

type WorkerResult = ExtractionResult | CaseInspection | ResamplingResult | DrawnPatient;

/** What a worker answers: errors travel as plain values, since a class does not survive the message. */
export type WorkerAnswer =
  | { readonly ok: true; readonly result: WorkerResult }
  | { readonly ok: false; readonly error: ReturnType<import('@sentinode/core').SentinodeError['toJSON']> };

export default async function run(task: WorkerTask): Promise<WorkerAnswer> {
  try {
    return { ok: true, result: await resultOf(task) };
  } catch (error) {
    if (isSentinodeError(error)) return { ok: false, error: error.toJSON() };
    throw error;
  }
}

/** Each kind of work is loaded with its first task: a thread that extracts needs no statistics. */
async function resultOf({ task, job }: WorkerTask): Promise<WorkerResult> {
  if (task === 'extract') return (await import('./tasks/extract.ts')).run(job);
  if (task === 'inspect') return (await import('./tasks/inspect.ts')).run(job);
  if (task === 'resample') return (await import('./tasks/resample.ts')).run(job);
  return (await import('./tasks/draw.ts')).run(job);
}
