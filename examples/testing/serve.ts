import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** A page on loopback that offers files of this machine or bytes in memory. */
export interface Served {
  readonly address: string;
  /** Offers a file (its path) or bytes and says where. */
  offer(content: string | Uint8Array, name?: string): string;
  close(): Promise<void>;
}

/** Serves a page, the programs of a folder, and other folders by the beginning of their address. */
export async function servePage(
  html: string,
  folder: string,
  folders: Readonly<Record<string, string>> = {},
): Promise<Served> {
  const offered: (string | Uint8Array)[] = [];
  const contentOf = (path: string): Uint8Array => {
    const number = /^\/files\/(\d+)\//.exec(path)?.[1];
    if (number !== undefined) {
      const content = offered[Number(number)]!;
      return typeof content === 'string' ? readFileSync(content) : content;
    }
    const other = Object.keys(folders).find((start) => path.startsWith(start));
    if (other !== undefined) return readFileSync(join(folders[other]!, path.slice(other.length)));
    return readFileSync(path === '/' ? html : join(folder, path));
  };
  const server = createServer((request, response) => {
    const path = decodeURI(request.url ?? '/');
    try {
      const content = contentOf(path);
      const type = types[path === '/' ? '.html' : extname(path)];
      response.writeHead(200, { 'content-type': type ?? 'application/octet-stream' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    offer: (content, name) => {
      const known = offered.indexOf(content);
      const at = known < 0 ? offered.push(content) - 1 : known;
      return `/files/${at}/${name ?? String(content).split('/').at(-1)}`;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Opens a served page without a network: what it asks of any other server is refused and listed. */
export async function openServed(
  browser: Browser,
  { address }: Served,
  ready: string,
): Promise<{ page: Page; elsewhere: string[] }> {
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url.startsWith(address) || url.startsWith('data:') || url.startsWith('blob:'))
      return route.continue();
    elsewhere.push(url);
    return route.abort();
  });
  await page.goto(address);
  await page.waitForFunction(`typeof ${ready} === "function"`);
  return { page, elsewhere };
}
