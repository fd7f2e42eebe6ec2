import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { bytesOf, checkModel, loadNetwork } from '@sentinode/deep';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inProcess } from '../../apps/cli/src/adapters/inference-session/in-process.ts';
import { loadRuntime } from '../../apps/cli/src/adapters/inference-session/runtime.ts';
import { architectures } from '../../packages/deep/src/resnet/architecture.ts';
import { resnetOnnx } from '../../packages/deep/src/resnet/graph.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../../packages/deep/src/testing/formula.ts';
import {
  type StageSummary,
  stageDifference,
  summariseStage,
  valueOfStage,
} from '../../packages/deep/src/testing/stage-summary.ts';
import { readTensors } from '../../packages/deep/src/weights/containers/index.ts';
import { readBytes, readCsv, readJson, reference } from '../../reference/locator.ts';
import { findChromium } from '../testing/chromium.ts';
import { type NetworkPage, openNetworkPage } from '../testing/network-in-chromium.ts';

/** reference/deep/SOURCE.md: float32, relative to the largest value of the tensor. */
const TOLERANCE = 1e-5;
/** Processors with other vector units sum in another order; a page made on one must hold on all. */
const ELSEWHERE = 10;
const pageOfDocs = new URL('../../docs/reference/deep-accuracy.md', import.meta.url).pathname;
const printing = process.env.SENTINODE_WRITE_DOCS === '1';
const found = findChromium();
const reason = 'missing' in found ? ` (skipped: ${found.missing})` : '';

const { seed } = readJson<{ seed: number }>(reference('deep', 'config.json'));
const inputs = [0, 1, 2].map((index) => formulaInput(seed, index, 224));
const weights = formulaWeights(architectures.resnet50, seed);
const expected = readJson<Record<string, { float64: StageSummary[] }>>(
  reference('deep', 'resnet50_stages.json'),
);
const stages = Object.keys(expected);
const watched = stages.map(valueOfStage);
const features = [0, 1, 2].map((index) =>
  readCsv(reference('deep', 'resnet50_features.csv')).map((row) => Number(row[`float64_${index}`])),
);

async function stagesInNode(network: Uint8Array): Promise<Record<string, StageSummary>[]> {
  const { InferenceSession, Tensor } = await loadRuntime();
  const session = await InferenceSession.create(network);
  const all: Record<string, StageSummary>[] = [];
  for (const input of inputs) {
    const results = await session.run({ input: new Tensor('float32', input, [1, 3, 224, 224]) });
    all.push(
      Object.fromEntries(
        watched.map((name) => {
          const { data, dims } = results[name]!;
          return [name, summariseStage(data as Float32Array, dims)];
        }),
      ),
    );
  }
  await session.release();
  return all;
}

async function featuresInNode(network: Uint8Array): Promise<Float64Array[]> {
  const loaded = await loadNetwork(
    { kind: 'file', backbone: 'resnet50', file: 'formula.onnx', read: async () => network },
    inProcess,
  );
  const all: Float64Array[] = [];
  for (const input of inputs) all.push(await loaded.features(input));
  await loaded.close();
  return all;
}

const worstOf = (found: readonly Record<string, StageSummary>[], stage: string): number =>
  Math.max(
    ...found.map((one, index) =>
      stageDifference(one[valueOfStage(stage)]!, expected[stage]!.float64[index]!),
    ),
  );
const worst = (one: readonly Float64Array[], other: readonly ArrayLike<number>[]): number =>
  Math.max(...one.map((values, index) => relativeToLargest(values, other[index]!)));
/** Next power of ten that is not below, from 1e-6: what lies below is another order of the same sums. */
const bound = (difference: number): string => `1e${Math.max(-6, Math.ceil(Math.log10(difference)))}`;

/** What became of every small weights file of the reference. */
function containers(): string[][] {
  return readdirSync(reference('deep', 'tiny'))
    .filter((name) => /\.(pth|safetensors|onnx)$/.test(name))
    .sort()
    .map((name) => {
      const bytes = readBytes(reference('deep', 'tiny', name));
      try {
        if (name.endsWith('.onnx')) {
          checkModel(bytes, name);
          return [name, 'taken: a network'];
        }
        const tensors = readTensors(bytes, name);
        for (const tensor of tensors) tensor.bytes();
        return [name, `taken: ${tensors.length} tensor${tensors.length === 1 ? '' : 's'}`];
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return [name, `refused, \`${code}\`: ${message}`];
      }
    });
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${' --- |'.repeat(head.length)}`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
];

describe.skipIf('missing' in found)(`deep features in Node and in Chromium${reason}`, () => {
  let page: NetworkPage;
  const network = bytesOf(resnetOnnx(architectures.resnet50, weights));
  const open = bytesOf(
    resnetOnnx(
      architectures.resnet50,
      weights,
      watched.filter((name) => name !== 'features'),
    ),
  );
  beforeAll(async () => {
    page = await openNetworkPage((found as { path: string }).path);
  });
  afterAll(() => page?.close());

  it('are those of torchvision, stage by stage, as docs/reference/deep-accuracy.md says', async () => {
    const here = await stagesInNode(open);
    const there = await page.stages(open, inputs, watched);
    const rows = stages.map((stage) => {
      const name = valueOfStage(stage);
      for (const one of [...here, ...there])
        expect(one[name]!.shape, stage).toEqual(expected[stage]!.float64[0]!.shape);
      const differences = [worstOf(here, stage), worstOf(there, stage)];
      for (const difference of differences) expect(difference, stage).toBeLessThan(TOLERANCE);
      return [stage, expected[stage]!.float64[0]!.shape.join(' x '), ...differences.map(bound)];
    });
    const [node, chromium] = [
      await featuresInNode(network),
      await page.features(network, 'formula.onnx', inputs),
    ];
    const compared: [string, number][] = [
      ['Node and torchvision (float64)', worst(node, features)],
      ['Chromium and torchvision (float64)', worst(chromium, features)],
      ['Chromium and Node', worst(chromium, node)],
    ];
    for (const [name, difference] of compared) {
      process.stdout.write(
        `2,048 features, ${name}: ${difference.toExponential(2)} of the largest feature\n`,
      );
      expect(difference, name).toBeLessThan(TOLERANCE);
    }
    expect(page.elsewhere).toEqual([]);
    const text = [
      '<!-- Printed by the test run (`npm run docs:accuracy`); do not edit. -->',
      '# Deep features beside torchvision',
      '',
      `ResNet-50 with weights and three pictures that follow from a formula (\`reference/deep\`), so that torchvision 0.14.1 and Sentinode hold the same bits. Float32, onnxruntime-node in Node and onnxruntime-web (WebAssembly) in Chromium ${page.version.split('.')[0]}, served from loopback and without any other server. Largest difference over the three pictures of a stage's mean, standard deviation, largest value, first and last 16 values, relative to the largest value of the stage in torchvision's float64, rounded up to a power of ten, 1e-6 at least. The tests allow ${TOLERANCE}.`,
      '',
      ...table(['stage', 'values', 'Node', 'Chromium'], rows),
      '',
      'All 2,048 features, relative to the largest:',
      '',
      ...table(
        ['compared', 'difference at most'],
        compared.map(([name, difference]) => [name, bound(difference)]),
      ),
      '',
      '## Weights files',
      '',
      "Every small file of `reference/deep/tiny`. Of files that are taken, name, type, shape and SHA-256 of every tensor are those that torch and safetensors give (`containers.test.ts`), and the networks give torchvision's features (`network.test.ts`).",
      '',
      ...table(['file', 'what becomes of it'], containers()),
      '',
    ].join('\n');
    if (printing) writeFileSync(pageOfDocs, text);
    expectTrue(text, readFileSync(pageOfDocs, 'utf8'));
  });
  it('refuses in the page what it refuses in Node', async () => {
    await expect(
      page.features(readBytes(reference('deep', 'tiny', 'hostile_os_system.pth')), 'w.pth', []),
    ).rejects.toThrow(/system/);
    await expect(page.features(new TextEncoder().encode('nothing'), 'w.onnx', [])).rejects.toThrow(
      /w\.onnx|ONNX/,
    );
  });
});

/** The page may not claim smaller differences than were measured, nor other fates of files. */
function expectTrue(measured: string, printed: string): void {
  const rows = (text: string): string[][] =>
    text
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split('|').map((cell) => cell.trim()));
  const [own, claimed] = [rows(measured), rows(printed)];
  expect(claimed.map((row) => row[1])).toEqual(own.map((row) => row[1]));
  own.forEach((row, at) => {
    row.forEach((cell, column) => {
      const claim = claimed[at]![column]!;
      if (/^1e-\d+$/.test(cell)) expect(Number(cell), row[1]).toBeLessThanOrEqual(ELSEWHERE * Number(claim));
      else expect(claim).toBe(cell);
    });
  });
}
