import { availableParallelism } from 'node:os';
import { type ErrorCode, SentinodeError } from '@sentinode/core';
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
import type { Piscina } from 'piscina';
import { withSharedTables } from './shared-tables.ts';
import type { WorkerAnswer, WorkerTask } from './worker.ts';

/** Extraction, resampling and simulation on worker threads. The number of workers has no influence on any value. */
export interface WorkerPool {
  readonly workers: number;
  extract(job: ExtractionJob): Promise<ExtractionResult>;
  inspect(job: InspectionJob): Promise<CaseInspection>;
  resample(job: ResamplingJob): Promise<ResamplingResult>;
  draw(job: PatientJob): Promise<DrawnPatient>;
  close(): Promise<void>;
}

/** Starts lazily: threads come up with the first job. */
export function workerPool(workers = availableParallelism()): WorkerPool {
  let pool: Promise<Piscina> | undefined;
  const start = async (): Promise<Piscina> => {
    const { Piscina } = await import('piscina');
    return new Piscina({
      filename: new URL('./worker.js', import.meta.url).href,
      minThreads: workers,
      maxThreads: workers,
      idleTimeout: 60_000,
    });
  };
  const run = async (task: WorkerTask): Promise<unknown> => {
    pool ??= start();
    const answer = (await (await pool).run(task)) as WorkerAnswer;
    if (answer.ok) return answer.result;
    const { code, message, ...place } = answer.error;
    throw new SentinodeError(code as ErrorCode, message, place);
  };
  return {
    workers,
    extract: async (job) => (await run({ task: 'extract', job })) as ExtractionResult,
    inspect: async (job) => (await run({ task: 'inspect', job })) as CaseInspection,
    resample: async (job) =>
      (await run({ task: 'resample', job: withSharedTables(job) })) as ResamplingResult,
    draw: async (job) => (await run({ task: 'draw', job })) as DrawnPatient,
    close: async () => {
      if (pool !== undefined) await (await pool).destroy();
    },
  };
}
