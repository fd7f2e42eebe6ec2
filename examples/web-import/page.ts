import type { ImportAnswer, ImportFailure, ImportJob } from './jobs.ts';

/** Imports on a web worker, so that the page stays alive; files are handed over as they are, nothing is copied. */
export function importFiles(job: ImportJob): Promise<ImportAnswer> {
  const worker = new Worker('worker.js', { type: 'module' });
  return new Promise<ImportAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<ImportAnswer | ImportFailure>) => {
      if ('failure' in data) reject(new Error(data.failure));
      else resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(job);
  }).finally(() => worker.terminate());
}

Object.assign(globalThis, { importFiles });
