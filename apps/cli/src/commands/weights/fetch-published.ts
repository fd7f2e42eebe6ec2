import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SentinodeError, throwIfAborted } from '@sentinode/core';
import { type PublishedWeights, publishedWeights } from '@sentinode/deep';
import { terminalProgress } from '../../terminal/progress.ts';
import type { Session } from '../command.ts';
import { writeImported } from './import-file.ts';

export interface FetchOptions {
  readonly published?: string;
  readonly from?: string;
  readonly out: string;
}

/** Where torchvision offers its files. */
const OFFICIAL = 'https://download.pytorch.org/models';

/**
 * Downloads a published file, goes on where an earlier try stopped, compares its checksum, and imports it.
 * @throws SentinodeError `download-failed` without a network or with a wrong checksum; `usage` for an unknown name
 */
export async function fetchPublished(name: string, options: FetchOptions, session: Session): Promise<number> {
  const chosen = choose(name, options.published);
  const url = `${(options.from ?? OFFICIAL).replace(/\/$/, '')}/${chosen.file}`;
  const path = join(options.out, chosen.file);
  await mkdir(options.out, { recursive: true });
  session.remark(`${chosen.origin}. Licence: ${chosen.licence}.`);
  if (!(await isWhole(path, chosen))) await download(url, path, chosen, session);
  const written = await writeImported(await readFile(path), path, { out: options.out });
  session.print(
    session.global.json
      ? JSON.stringify(written, null, 2)
      : `${written.file}: ${written.record.backbone}, ${written.record.origin}, SHA-256 ${written.record.sha256}`,
  );
  return 0;
}

function choose(name: string, version: string | undefined): PublishedWeights {
  const offered = publishedWeights.filter(({ backbone }) => backbone === name);
  const chosen = offered
    .filter(({ origin }) => version === undefined || origin.endsWith(`V${version}`))
    .at(-1);
  if (chosen !== undefined) return chosen;
  const known = publishedWeights.map(({ backbone, origin }) => `${backbone} (${origin})`).join(', ');
  throw new SentinodeError(
    'usage',
    `No weights "${name}"${version === undefined ? '' : ` version ${version}`} are published; known: ${known}.`,
    {
      field: offered.length === 0 ? 'name' : '--published',
    },
  );
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
  return hash.digest('hex');
}

async function isWhole(path: string, { checksum }: PublishedWeights): Promise<boolean> {
  return (await sizeOf(path)) > 0 && (await checksumOf(path)).startsWith(checksum);
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    (entry) => entry.size,
    () => 0,
  );
}

const failed = (url: string, what: string, cause?: unknown): SentinodeError =>
  new SentinodeError(
    'download-failed',
    `${url} cannot be downloaded: ${what}. On a machine without a network, download the file elsewhere and run: sentinode weights import FILE.`,
    { file: url.split('/').at(-1) },
    cause,
  );

/** To a `.part` file beside the name, from its end where one is left. */
async function download(
  url: string,
  path: string,
  published: PublishedWeights,
  session: Session,
): Promise<void> {
  const part = `${path}.part`;
  const have = await sizeOf(part);
  const { progress, end } = terminalProgress(session.global.quiet);
  let response: Response;
  try {
    response = await fetch(url, {
      signal: session.signal,
      ...(have > 0 ? { headers: { range: `bytes=${have}-` } } : {}),
    });
  } catch (error) {
    throwIfAborted(session.signal);
    throw failed(url, 'the server cannot be reached', error);
  }
  // 416: nothing is left to send, so the part is whole or not of this file
  if (!response.ok && response.status !== 416) throw failed(url, `the server answers ${response.status}`);
  if (response.ok) await append(response, part, response.status === 206 ? have : 0, url, session, progress);
  end();
  const checksum = await checksumOf(part);
  if (!checksum.startsWith(published.checksum)) {
    await rm(part, { force: true });
    throw failed(
      url,
      `its SHA-256 begins with ${checksum.slice(0, 8)}, not ${published.checksum}; it was removed`,
    );
  }
  await rename(part, path);
}

async function append(
  response: Response,
  part: string,
  from: number,
  url: string,
  session: Session,
  progress: (event: { stage: string; done: number; total: number }) => void,
): Promise<void> {
  const total = from + Number(response.headers.get('content-length') ?? 0);
  const handle = await open(part, from > 0 ? 'a' : 'w');
  let done = from;
  try {
    for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
      await handle.write(bytes);
      done += bytes.length;
      progress({ stage: 'download (bytes)', done, total: Math.max(total, done) });
    }
  } catch (error) {
    throwIfAborted(session.signal);
    throw failed(url, `the connection broke after ${done} bytes; the same command goes on from there`, error);
  } finally {
    await handle.close();
  }
}
