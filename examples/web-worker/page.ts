import type { Answer, Job } from './jobs.ts';

/** Measures jobs on a number of web workers; answers come in the order of the jobs, whoever finishes first. */
export async function measureAll(jobs: readonly Job[], workers: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker('worker.js', { type: 'module' });
    for (let at = next++; at < jobs.length; at = next++) answers[at] = await ask(worker, jobs[at]!);
    worker.terminate();
  };
  await Promise.all(Array.from({ length: workers }, work));
  return answers;
}

function ask(worker: Worker, job: Job): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage(job);
  });
}

Object.assign(globalThis, { measureAll });
