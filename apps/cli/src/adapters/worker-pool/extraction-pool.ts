import { availableParallelism } from 'node:os';
import { type ErrorCode, SentinodeError } from '@sentinode/core';
import type { ExtractionJob, ExtractionResult } from '@sentinode/study';
import type { Piscina } from 'piscina';
import type { WorkerAnswer } from './worker.ts';

/** Extraction on worker threads. The number of workers has no influence on any value. */
export interface ExtractionPool {
  readonly workers: number;
  extract(job: ExtractionJob): Promise<ExtractionResult>;
  close(): Promise<void>;
}

/** Starts lazily: threads come up with the first job. */
export function extractionPool(workers = availableParallelism()): ExtractionPool {
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
  return {
    workers,
    extract: async (job) => {
      pool ??= start();
      const answer = (await (await pool).run(job)) as WorkerAnswer;
      if (answer.ok) return answer.result;
      const { code, message, ...place } = answer.error;
      throw new SentinodeError(code as ErrorCode, message, place);
    },
    close: async () => {
      if (pool !== undefined) await (await pool).destroy();
    },
  };
}
