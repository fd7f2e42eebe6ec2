/**
 * ResNet-50 beside torchvision on the CPU: the same weights, the same pictures, both programs open at once, measured in
 * turns in interleaved rounds, so that a busy machine is busy for both. The features are compared first.
 *
 *   npm run bench:deep            (needs python3 with torch and torchvision; PYTHON names another interpreter)
 *   npm run bench:deep -- 12 8    (rounds, pictures a turn)
 *
 * Prints one line per setting: milliseconds a picture of each, and torchvision's time over ours with the 95 % interval of
 * its geometric mean over the rounds, by the wall clock and by processor time.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { mean, standardDeviation } from '@sentinode/statistics';
import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import type { InferenceSession } from 'onnxruntime-node';
import { loadRuntime, sessionOptions } from '../apps/cli/src/adapters/inference-session/runtime.ts';
import { bytesOf } from '../packages/deep/src/onnx/onnx-file.ts';
import { architectures } from '../packages/deep/src/resnet/architecture.ts';
import { resnetOnnx } from '../packages/deep/src/resnet/graph.ts';
import { formulaInput, formulaWeights, relativeToLargest } from '../packages/deep/src/testing/formula.ts';
import { safetensorsFile } from '../packages/deep/src/testing/safetensors-file.ts';

const [rounds = 8, count = 8] = process.argv.slice(2).map(Number);
const python = process.env.PYTHON ?? 'python3';
const script = fileURLToPath(new URL('../deep-torch.py', import.meta.url));
const AREA = 3 * 224 * 224;
/** As the tests: float32, relative to the largest feature. */
const TOLERANCE = 1e-5;

interface Turn {
  /** Seconds for all pictures of the turn. */
  readonly wall: number;
  readonly cpu: number;
  /** Highest resident memory so far, kB. */
  readonly peak: number;
  readonly versions?: readonly string[];
  readonly features?: readonly (readonly number[])[];
}

const pictures = new Float32Array(count * AREA);
for (let at = 0; at < count; at++) pictures.set(formulaInput(20_240, at, 224), at * AREA);
const weights = formulaWeights(architectures.resnet50, 20_240);
const network = bytesOf(resnetOnnx(architectures.resnet50, weights));
const folder = mkdtempSync(join(tmpdir(), 'sentinode-bench-'));

const { InferenceSession: Sessions, Tensor } = await loadRuntime();

/** A session as the command opens it (`runtime.ts`), with as many threads as are asked for. */
const open = (
  threads: number,
  more: InferenceSession.SessionOptions = {},
  bytes: Uint8Array | string = network,
) => Sessions.create(bytes as Uint8Array, { ...sessionOptions, intraOpNumThreads: threads, ...more });

async function ours(
  session: InferenceSession,
  batch: number,
  concurrent = 1,
): Promise<Turn & { values: Float32Array[] }> {
  const starts = Array.from({ length: Math.ceil(count / batch) }, (_, index) => index * batch);
  const values: Float32Array[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const run = async (): Promise<void> => {
    for (let at = starts.shift(); at !== undefined; at = starts.shift()) {
      const size = Math.min(batch, count - at);
      const input = new Tensor('float32', pictures.subarray(at * AREA, (at + size) * AREA), [
        size,
        3,
        224,
        224,
      ]);
      values[at] = (await session.run({ input })).features!.data as Float32Array;
    }
  };
  await Promise.all(Array.from({ length: concurrent }, run));
  const { user, system } = process.cpuUsage(cpu);
  return {
    wall: (performance.now() - start) / 1000,
    cpu: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS,
    values,
  };
}

function torch() {
  const [weightsFile, picturesFile] = [join(folder, 'weights.safetensors'), join(folder, 'pictures.f32')];
  writeFileSync(weightsFile, safetensorsFile(architectures.resnet50, weights));
  writeFileSync(picturesFile, new Uint8Array(pictures.buffer));
  const child = spawn(python, [script, weightsFile, picturesFile], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    turn: async (threads: number, batch: number, features = false): Promise<Turn> => {
      child.stdin.write(`${JSON.stringify({ threads, batch, pictures: count, features })}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${python} stopped; it needs torch and torchvision`);
      return JSON.parse(value) as Turn;
    },
    close: () => child.stdin.end(),
  };
}

/** Geometric mean of ratios over rounds with its 95 % interval (t on the logarithms). */
function ratio(theirs: readonly number[], own: readonly number[]): string {
  const logs = theirs.map((value, round) => Math.log(value / own[round]!));
  const half =
    (Math.sqrt(fQuantile(0.95, 1, logs.length - 1)) * standardDeviation(logs)) / Math.sqrt(logs.length);
  const [low, middle, high] = [-half, 0, half].map((shift) => Math.exp(mean(logs) + shift).toFixed(2));
  return `${middle} (${low}–${high})`;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const perPicture = (values: readonly number[]): string => ((1000 * median(values)) / count).toFixed(0);
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Setting {
  readonly name: string;
  readonly threads: number;
  readonly batch: number;
  /** Our pictures under way at once; 1 where it is left out. */
  readonly concurrent?: number;
  /** The peer's batch, where it is another one. */
  readonly theirs?: number;
}
const settings: readonly Setting[] = [
  { name: '1 thread, single pictures', threads: 1, batch: 1 },
  { name: '2 threads, single pictures', threads: 2, batch: 1 },
  { name: `2 threads, batches of ${count}`, threads: 2, batch: count },
  {
    name: `2 threads; ours as the command runs them (two pictures at once), torchvision in batches of ${count}`,
    threads: 2,
    batch: 1,
    concurrent: 2,
    theirs: count,
  },
];

const peer = torch();
try {
  const sessions = new Map([
    [1, await open(1)],
    [2, await open(2)],
  ]);
  const first = await peer.turn(2, 1, true);
  const own = await ours(sessions.get(2)!, 1);
  const difference = Math.max(
    ...own.values.map((values, at) => relativeToLargest(values, first.features![at]!)),
  );
  print(`torch ${first.versions!.join(', torchvision ')}; ${count} pictures a turn, ${rounds} rounds`);
  print(
    `features: largest difference to torchvision (float32) ${difference.toExponential(1)} of the largest feature`,
  );
  if (!(difference < TOLERANCE)) throw new Error('the features differ; there is nothing to compare');

  print(
    '| setting | ours, ms a picture | torchvision | ratio, wall clock (95 % CI) | ratio, processor time (95 % CI) |',
  );
  print('|---|---|---|---|---|');
  const turns = settings.map(() => ({ ours: [] as Turn[], theirs: [] as Turn[] }));
  for (let round = 0; round < rounds; round++)
    for (const [index, { threads, batch, concurrent, theirs = batch }] of settings.entries()) {
      const mine = async () =>
        void turns[index]!.ours.push(await ours(sessions.get(threads)!, batch, concurrent));
      const other = async () => void turns[index]!.theirs.push(await peer.turn(threads, theirs));
      for (const turn of (round + index) % 2 === 0 ? [mine, other] : [other, mine]) await turn();
    }
  settings.forEach(({ name }, index) => {
    const [a, b] = [turns[index]!.ours, turns[index]!.theirs];
    const of = (side: readonly Turn[], what: 'wall' | 'cpu') => side.map((turn) => turn[what]);
    print(
      `| ${name} | ${perPicture(of(a, 'wall'))} | ${perPicture(of(b, 'wall'))} | ${ratio(of(b, 'wall'), of(a, 'wall'))} | ${ratio(of(b, 'cpu'), of(a, 'cpu'))} |`,
    );
  });
  print(
    `peak memory: ours ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB with the weights three times in memory, torchvision ${(turns[0]!.theirs.at(-1)!.peak / 1024).toFixed(0)} MB`,
  );

  print('ways to use two cores, time of single pictures on 2 threads over it:');
  const ways = [
    { name: 'batch of all pictures on 2 threads', session: sessions.get(2)!, batch: count, concurrent: 1 },
    { name: 'two pictures at once on 2 threads', session: sessions.get(2)!, batch: 1, concurrent: 2 },
    { name: 'two pictures at once on 1 thread each', session: sessions.get(1)!, batch: 1, concurrent: 2 },
  ];
  const usual: Turn[] = [];
  const others: Turn[][] = ways.map(() => []);
  for (let round = 0; round < rounds; round++) {
    usual.push(await ours(sessions.get(2)!, 1));
    for (const [index, { session, batch, concurrent }] of ways.entries())
      others[index]!.push(await ours(session, batch, concurrent));
  }
  ways.forEach(({ name }, index) => {
    const of = (side: readonly Turn[], what: 'wall' | 'cpu') => side.map((turn) => turn[what]);
    print(
      `| ${name} | ${ratio(of(usual, 'wall'), of(others[index]!, 'wall'))} | ${ratio(of(usual, 'cpu'), of(others[index]!, 'cpu'))} |`,
    );
  });

  const folded = join(folder, 'folded.onnx');
  const loading = async (work: () => Promise<InferenceSession>) => {
    const start = performance.now();
    const session = await work();
    return { session, ms: performance.now() - start };
  };
  const plain = await loading(() => open(2, { graphOptimizationLevel: 'disabled' }));
  await (await open(2, { graphOptimizationLevel: 'basic', optimizedModelFilePath: folded })).release();
  const usually = await loading(() => open(2));
  const prepared = await loading(() => open(2, {}, folded));
  const compared = (await ours(prepared.session, 1)).values.map((values, at) =>
    relativeToLargest(values, own.values[at]!),
  );
  const unfused = (await ours(plain.session, 1)).values.map((values, at) =>
    relativeToLargest(values, own.values[at]!),
  );
  const slower: Turn[] = [];
  const faster: Turn[] = [];
  const again: Turn[] = [];
  for (let round = 0; round < rounds; round++) {
    again.push(await ours(usually.session, 1));
    slower.push(await ours(plain.session, 1));
    faster.push(await ours(prepared.session, 1));
  }
  const cpu = (side: readonly Turn[]) => side.map((turn) => turn.cpu);
  print(
    `batch norm: folded by the runtime at load (${usually.ms.toFixed(0)} ms); not folded ${ratio(cpu(slower), cpu(again))} times the processor time, features differ by ${Math.max(...unfused).toExponential(1)}; folded in the file: load ${prepared.ms.toFixed(0)} ms (${(statSync(folded).size / 2 ** 20).toFixed(0)} MB), ${ratio(cpu(faster), cpu(again))} times the processor time, features differ by ${Math.max(...compared).toExponential(1)}`,
  );
} finally {
  peer.close();
  rmSync(folder, { recursive: true, force: true });
}
