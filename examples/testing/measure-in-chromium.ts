import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import type { Answer, Job } from '../web-worker/jobs.ts';
import { bundle } from './bundle.ts';
import { openServed, servePage } from './serve.ts';

const html = fileURLToPath(new URL('../web-worker/index.html', import.meta.url));

/** The example of web workers, open in a headless browser. */
export interface OpenPage {
  readonly version: string;
  /** Image and mask of a job are paths of files on this machine. */
  measure(jobs: readonly Job[], workers: number): Promise<Answer[]>;
  close(): Promise<void>;
}

/** Bundles the page, serves it on loopback and opens it. @param executable path of a Chromium */
export async function openPage(executable: string): Promise<OpenPage> {
  const folder = await bundle({ page: 'web-worker/page.ts', worker: 'web-worker/worker.ts' }, 'browser');
  const served = await servePage(html, folder);
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  const { page } = await openServed(browser, served, 'measureAll');
  return {
    version: browser.version(),
    measure: (jobs, workers) =>
      ask(
        page,
        jobs.map((job) => ({ ...job, image: served.offer(job.image), mask: served.offer(job.mask) })),
        workers,
      ),
    close: async () => {
      await browser.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Numbers leave the browser as the bytes of their doubles, so that no text stands between. */
async function ask(page: Page, jobs: readonly Job[], workers: number): Promise<Answer[]> {
  const answers = await page.evaluate(
    async ({ jobs: given, workers: count }) => {
      const { measureAll } = globalThis as unknown as {
        measureAll: (jobs: readonly Job[], workers: number) => Promise<Answer[]>;
      };
      return (await measureAll(given, count)).map((answer) =>
        'values' in answer ? { ...answer, values: [...new Uint8Array(answer.values.buffer)] } : answer,
      );
    },
    { jobs: [...jobs], workers },
  );
  return answers.map((answer) =>
    'values' in answer
      ? { names: answer.names, values: new Float64Array(Uint8Array.from(answer.values).buffer) }
      : answer,
  );
}
