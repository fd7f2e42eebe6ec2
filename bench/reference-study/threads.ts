import { Worker } from 'node:worker_threads';
import type { SharedStudy, Task } from './tasks.ts';

/**
 * Threads that take tasks one after the other; results come in the order of the tasks. Every thread says that it is ready
 * before this returns.
 */
export async function startThreads(program: string, study: SharedStudy, count: number) {
  const workers = Array.from({ length: count }, () => new Worker(program, { workerData: study }));
  await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('message', resolve))));
  return {
    run: async (tasks: readonly Task[]): Promise<unknown[]> => {
      const results: unknown[] = new Array(tasks.length);
      let next = 0;
      const work = async (worker: Worker): Promise<void> => {
        while (next < tasks.length) {
          const at = next++;
          results[at] = await new Promise((resolve, reject) => {
            worker.once('message', resolve);
            worker.once('error', reject);
            worker.postMessage(tasks[at]);
          });
          worker.removeAllListeners('error');
        }
      };
      await Promise.all(workers.map(work));
      return results;
    },
    stop: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
