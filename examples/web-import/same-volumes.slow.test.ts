import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sha256 } from '@sentinode/core';
import { Pseudonyms, planImport, runImport, scanFiles, writeImageSeries } from '@sentinode/dicom';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasShared, readBytes, reference, shared } from '../../reference/locator.ts';
import { bundle } from '../testing/bundle.ts';
import { findChromium } from '../testing/chromium.ts';
import { openServed, servePage } from '../testing/serve.ts';
import { placeDecoders } from './decoders.ts';
import type { ImportAnswer, ImportJob } from './jobs.ts';

const found = findChromium();
const reason = 'missing' in found ? ` (skipped: ${found.missing})` : '';
const html = fileURLToPath(new URL('index.html', import.meta.url));
const secret = new TextEncoder().encode('a key of the tests, long enough');

/** One series of 500 files: five time points of 100 slices of 128 x 128 pixels. */
async function series(): Promise<Uint8Array[]> {
  const size = [128, 128, 100] as const;
  const geometry = {
    size,
    spacing: [0.8, 0.8, 2] as const,
    origin: [-50, -40, -100] as const,
    direction: [1, 0, 0, 0, 0.8, -0.6, 0, 0.6, 0.8],
  };
  const volumes = [1, 2, 3, 4, 5].map((number) => ({
    volume: {
      geometry,
      elementType: 'int16' as const,
      data: Int16Array.from({ length: 128 * 128 * 100 }, (_, at) => (at * 37 + number * 101) % 4001),
    },
    phase: { number, of: 5, seconds: 60 * (number - 1) },
  }));
  const files = await writeImageSeries({
    patient: { id: 'MADE-UP', name: 'MADE^UP', sex: 'O' },
    study: { key: 'one', date: '20240101', time: '101500', description: '' },
    number: 1,
    started: 0,
    description: 'T1 dynamic',
    equipment: { manufacturer: 'made up', model: 'made up', tesla: 1.5 },
    acquisition: {
      scanningSequence: 'GR',
      sequenceVariant: 'SP',
      dimensions: '3D',
      repetitionTime: 4,
      echoTime: 2,
      flipAngle: 10,
    },
    volumes,
    madeUp: true,
  });
  // In no order that says anything.
  return files.map((_, at) => files[(at * 137) % files.length]!);
}

async function inNode(files: readonly Uint8Array[]): Promise<ImportAnswer['volumes']> {
  const scan = await scanFiles(files.map((bytes, at) => ({ path: String(at), read: async () => bytes })));
  const run = runImport(scan, await planImport(scan, await Pseudonyms.of(secret)), {
    compress: async (bytes) => bytes,
  });
  const hashes = new Map<string, string>();
  let next = await run.next();
  for (; next.done !== true; next = await run.next())
    hashes.set(next.value.path, await sha256(next.value.bytes));
  const kinds = new Map(next.value.map(({ file, kind }) => [file, kind]));
  return [...hashes].map(([path, hash]) => ({ path, kind: kinds.get(path) ?? '', sha256: hash }));
}

/** One image of every compressed syntax there is, by name. */
function compressedImages(): [string, Uint8Array][] {
  const folder = shared('dicom-samples', 'transfer-syntaxes');
  const samples = hasShared('dicom-samples')
    ? readdirSync(folder)
        .filter((name) => /JPEG|RLE|HTJ2K|HighThroughput/i.test(name))
        .sort()
    : [];
  return [
    ...samples.map((name): [string, Uint8Array] => [name, readBytes(join(folder, name))]),
    ...['jpeg-baseline.dcm', 'htj2k.dcm'].map((name): [string, Uint8Array] => [
      name,
      readBytes(reference('dicom', 'peers', name)),
    ]),
  ];
}

describe.skipIf('missing' in found)(`the same volumes in Chromium as in Node${reason}`, () => {
  let folder: string;
  let served: Awaited<ReturnType<typeof servePage>>;
  let browser: Browser;
  beforeAll(async () => {
    folder = await bundle({ page: 'web-import/page.ts', worker: 'web-import/worker.ts' }, 'browser');
    placeDecoders(folder);
    served = await servePage(html, folder);
    browser = await chromium.launch({
      executablePath: (found as { path: string }).path,
      args: ['--no-sandbox'],
    });
  });
  afterAll(async () => {
    await browser.close();
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('of one series of 500 File objects, in a worker, while the page goes on', async () => {
    const files = await series();
    const { page, elsewhere } = await openServed(browser, served, 'importFiles');
    const address = served.offer(Buffer.concat(files), 'series.bin');
    const answer = await page.evaluate(
      async ({ url, lengths, key }) => {
        const { importFiles } = globalThis as unknown as {
          importFiles: (job: ImportJob) => Promise<ImportAnswer>;
        };
        const whole = await (await fetch(url)).arrayBuffer();
        let at = 0;
        const chosen = lengths.map((length, number) => {
          at += length;
          return new File([whole.slice(at - length, at)], `IM${number}`);
        });
        let [last, longest, beats] = [performance.now(), 0, 0];
        const beat = setInterval(() => {
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
          beats++;
        }, 10);
        const start = performance.now();
        const result = await importFiles({ files: chosen, secret: Uint8Array.from(key) });
        clearInterval(beat);
        return { ...result, count: chosen.length, longest, beats, took: performance.now() - start };
      },
      { url: address, lengths: files.map(({ length }) => length), key: [...secret] },
    );
    console.log(
      `Chromium ${browser.version()}: 500 files in ${Math.round(answer.took)} ms, longest pause of the page ${Math.round(answer.longest)} ms`,
    );
    expect([answer.count, answer.problems, elsewhere]).toEqual([500, [], []]);
    expect(answer.volumes).toEqual(await inNode(files));
    expect(answer.volumes).toHaveLength(5);
    // A frozen page would not beat at all; how fast it does hangs on what else this machine is doing.
    expect(answer.beats).toBeGreaterThan(10);
  });

  it('of every compressed syntax, by the same decoders', async () => {
    const images = compressedImages();
    const { page, elsewhere } = await openServed(browser, served, 'importFiles');
    for (const [name, bytes] of images) {
      const answer = await page.evaluate(
        async ({ url, key }) => {
          const { importFiles } = globalThis as unknown as {
            importFiles: (job: ImportJob) => Promise<ImportAnswer>;
          };
          const file = new File([await (await fetch(url)).arrayBuffer()], 'IM1');
          return importFiles({ files: [file], secret: Uint8Array.from(key) });
        },
        { url: served.offer(Buffer.from(bytes), 'image.bin'), key: [...secret] },
      );
      expect([name, answer.problems, answer.volumes]).toEqual([name, [], await inNode([bytes])]);
      expect(answer.volumes).toHaveLength(1);
    }
    expect(elsewhere).toEqual([]);
    if (hasShared('dicom-samples')) expect(images.length).toBe(7);
  });
});
