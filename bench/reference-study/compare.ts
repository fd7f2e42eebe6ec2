/**
 * The work of the reference study (177 + 77 patients, 10,773 radiomic and 6,144 deep features, four models x eight
 * classifiers in five folds, 1,000 optimism bootstraps of each final model, 2,000 bootstraps of AUC differences) beside
 * the same work in scikit-learn, LightGBM and NumPy, in turns on the same machine, after the results of both were
 * compared.
 *
 *   sh bench/reference-study/set-up-peer.sh FOLDER
 *   npm run bench:reference -- --python FOLDER/bin/python [--rounds 3] [--threads 2] [--growth] [--out result.json]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Checked, check, type SideResult } from './check.ts';
import { readMeta, type Size, whole, writeData } from './data.ts';
import { bootstrapCost } from './whole-pipeline.ts';

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    growth: { type: 'boolean', default: false },
    out: { type: 'string', default: 'reference-study-benchmark.json' },
  },
});
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sentinode-benchmark-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Run {
  readonly wall: number;
  readonly cpu: number;
  readonly peakMegabytes: number;
  readonly parts: SideResult['parts'];
}

function runSide(command: string, args: readonly string[], data: string): { run: Run; result: SideResult } {
  const out = join(folder, 'side.json');
  const done = spawnSync(command, [...args, data, values.threads, out], {
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 1 << 26,
  });
  if (done.status !== 0)
    throw new Error(`${command} ended with ${done.status}: ${done.stderr.toString().slice(-2000)}`);
  const result = JSON.parse(readFileSync(out, 'utf8')) as SideResult;
  const sum = (of: 'wall' | 'cpu'): number =>
    Object.values(result.parts).reduce((total, part) => total + part[of], 0);
  const peakMegabytes = result.peakMegabytes + (result.peakMegabytesOfProcesses ?? 0);
  return { run: { wall: sum('wall'), cpu: sum('cpu'), peakMegabytes, parts: result.parts }, result };
}

const ours = (data: string) => runSide(process.execPath, [here('./ours.js')], data);
const peer = (data: string) => runSide(values.python!, [here('../reference-study/peer.py')], data);

interface Round {
  readonly ours: Run;
  readonly peer: Run;
}

/** Both sides in turns, the first of a round changing. */
function interleaved(data: string, count: number): Round[] {
  return Array.from({ length: count }, (_, round) => {
    const first = round % 2 === 0 ? ours(data) : peer(data);
    const second = round % 2 === 0 ? peer(data) : ours(data);
    const [own, other] = round % 2 === 0 ? [first.run, second.run] : [second.run, first.run];
    say(
      `round ${round + 1}: ours ${own.wall.toFixed(1)} s (CPU ${own.cpu.toFixed(1)}), peer ${other.wall.toFixed(1)} s (CPU ${other.cpu.toFixed(1)}), ratio ${(own.wall / other.wall).toFixed(3)} (CPU ${(own.cpu / other.cpu).toFixed(3)})`,
    );
    return { ours: own, peer: other };
  });
}

async function growth() {
  const sizes: Size[] = [
    { ...whole, patients: 127 },
    whole,
    { ...whole, patients: 508 },
    { ...whole, share: 0.25 },
    { ...whole, share: 0.5 },
  ];
  const found = [];
  for (const size of sizes) {
    const data = join(folder, 'growth');
    const { training, columns } = await writeData(data, size);
    const { run } = ours(data);
    const bootstrap = await bootstrapCost(size, 2);
    found.push({ size, training, columns, run, bootstrap });
    say(
      `${training} training patients, ${columns.radiomics} + ${columns.deep} features: CPU ${run.cpu.toFixed(1)} s, ${run.peakMegabytes.toFixed(0)} MB; ${Object.entries(
        bootstrap,
      )
        .map(([what, seconds]) => `${what} ${seconds.toFixed(1)} s`)
        .join('; ')}`,
    );
  }
  return found;
}

try {
  const data = join(folder, 'data');
  await writeData(data, whole);
  let checked: Checked[] | null = null;
  let rounds: Round[] = [];
  if (values.python !== undefined) {
    const [own, other] = [ours(data), peer(data)];
    checked = check(own.result, other.result);
    say(`check: ours CPU ${own.run.cpu.toFixed(1)} s, peer CPU ${other.run.cpu.toFixed(1)} s`);
    for (const { what, difference, allowed } of checked)
      say(`${what}: largest difference ${difference.toExponential(1)}, allowed ${allowed}`);
    rounds = interleaved(data, Number(values.rounds));
  }
  const bootstrap = await bootstrapCost(whole, 2);
  for (const [what, seconds] of Object.entries(bootstrap))
    say(`bootstrap of the whole pipeline, ${what}: ${seconds.toFixed(2)} s of one thread`);
  const report = {
    machine: {
      cpu: cpus()[0]?.model,
      cores: cpus().length,
      node: process.version,
      threads: Number(values.threads),
    },
    size: readMeta(data).columns,
    checked,
    rounds,
    bootstrap,
    growth: values.growth ? await growth() : null,
  };
  writeFileSync(values.out, `${JSON.stringify(report, null, 1)}\n`);
  say(`written: ${values.out}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
