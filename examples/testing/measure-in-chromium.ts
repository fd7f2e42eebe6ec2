import { readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Answer, Job } from '../web-worker/jobs.ts';
import { bundle } from './bundle.ts';

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };
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
  const offered: string[] = [];
  const server = await serve(folder, offered);
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  const page = await opened(browser, server);
  const offer = (path: string): string => {
    if (!offered.includes(path)) offered.push(path);
    return `/files/${offered.indexOf(path)}/${path.split('/').at(-1)}`;
  };
  return {
    version: browser.version(),
    measure: (jobs, workers) =>
      ask(
        page,
        jobs.map((job) => ({ ...job, image: offer(job.image), mask: offer(job.mask) })),
        workers,
      ),
    close: async () => {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function opened(browser: Browser, server: Server): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction('typeof measureAll === "function"');
  return page;
}

async function serve(folder: string, offered: readonly string[]): Promise<Server> {
  const server = createServer((request, response) => {
    const path = decodeURI(request.url ?? '/');
    const number = /^\/files\/(\d+)\//.exec(path)?.[1];
    const file = number !== undefined ? offered[Number(number)]! : path === '/' ? html : join(folder, path);
    try {
      const content = readFileSync(file);
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
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
