import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import type { StageSummary } from '../../packages/deep/src/testing/stage-summary.ts';
import { bundle } from './bundle.ts';
import { openServed, servePage } from './serve.ts';

const html = fileURLToPath(new URL('../web-network/index.html', import.meta.url));
const runtime = dirname(fileURLToPath(import.meta.resolve('onnxruntime-web/wasm')));

/** A page that runs networks, open in a headless browser. */
export interface NetworkPage {
  readonly version: string;
  /** Addresses of other servers that the page asked for; it must not. */
  readonly elsewhere: readonly string[];
  /** Features of pictures [3, 224, 224] by the example `web-network`. */
  features(network: Uint8Array, file: string, pictures: readonly Float32Array[]): Promise<Float64Array[]>;
  /** Summaries of values inside a network. */
  stages(
    network: Uint8Array,
    pictures: readonly Float32Array[],
    outputs: readonly string[],
  ): Promise<Record<string, StageSummary>[]>;
  close(): Promise<void>;
}

const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Bundles the pages, serves them on loopback with onnxruntime-web's files and opens one. @param executable of a Chromium */
export async function openNetworkPage(executable: string): Promise<NetworkPage> {
  const folder = await bundle({ page: 'web-network/page.ts', stages: 'testing/stages-page.ts' }, 'browser');
  const served = await servePage(html, folder, { '/ort/': `${runtime}/` });
  const browser = await chromium.launch({ executablePath: executable, args: ['--no-sandbox'] });
  const { page, elsewhere } = await openServed(browser, served, 'featuresOf');
  await page.addScriptTag({ url: '/stages.js', type: 'module' });
  await page.waitForFunction('typeof stagesOf === "function"');
  const offered = (pictures: readonly Float32Array[]): string[] =>
    pictures.map((picture) => served.offer(bytesOf(picture), 'picture.f32'));
  return {
    version: browser.version(),
    elsewhere,
    features: async (network, file, pictures) => {
      const answers = await page.evaluate(
        async ([weights, addresses]) => {
          const { featuresOf } = globalThis as unknown as {
            featuresOf: (weights: string, pictures: readonly string[]) => Promise<Float64Array[]>;
          };
          return (await featuresOf(weights, addresses)).map((values) => Array.from(values));
        },
        [served.offer(network, file), offered(pictures)] as const,
      );
      return answers.map((values) => Float64Array.from(values));
    },
    stages: (network, pictures, outputs) =>
      page.evaluate(
        ([address, addresses, names]) => {
          const { stagesOf } = globalThis as unknown as {
            stagesOf: (...given: unknown[]) => Promise<Record<string, StageSummary>[]>;
          };
          return stagesOf(address, addresses, names);
        },
        [served.offer(network, 'network.onnx'), offered(pictures), outputs] as const,
      ),
    close: async () => {
      await browser.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
