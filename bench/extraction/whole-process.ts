/**
 * Whole processes beside PyRadiomics' own command, start-up and reading of files included: single cases, and a cohort with
 * two workers on each side. Tables of both are compared before anything is timed.
 *
 *   npm run build && npm run bench:whole-process -- --python FOLDER/bin/python [--rounds 5] [--cases 100]
 *     [IMAGE MASK of breast1]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeVolume } from '@sentinode/volume';
import Papa from 'papaparse';
import { makeCase } from './cases.ts';
import { difference, median, ratioOf, shown, TOLERANCE } from './ratio.ts';

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    cases: { type: 'string', default: '100' },
    out: { type: 'string', default: 'whole-process-benchmark.json' },
  },
});
if (given.python === undefined) throw new Error('--python names the interpreter that has PyRadiomics');
const command = fileURLToPath(new URL('../../apps/cli/bin/sentinode.js', import.meta.url));
const peerCommand = join(dirname(given.python), 'pyradiomics');
const folder = mkdtempSync(join(tmpdir(), 'sentinode-bench-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const types = 'imageType: {Original: {}, LoG: {sigma: [2.0, 3.0, 4.0, 5.0]}, Wavelet: {wavelet: coif1}}\n';
const full = join(folder, 'full.yaml');
writeFileSync(full, `${types}setting: {binWidth: 25}\n`);
const resampled = join(folder, 'resampled.yaml');
writeFileSync(
  resampled,
  `${types}setting: {binWidth: 25, resampledPixelSpacing: [1, 1, 1], interpolator: sitkBSpline}\n`,
);

function run(program: string, args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.slice(-400)}`);
  return (performance.now() - start) / 1000;
}

/** Largest difference of a feature between the two tables. */
function compare(ours: string, theirs: string): { worst: number; of: string; values: number } {
  const read = (file: string) =>
    Papa.parse<Record<string, string>>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true })
      .data;
  const [own, other] = [read(ours), read(theirs)];
  if (own.length !== other.length) throw new Error(`${own.length} rows of ours, ${other.length} of the peer`);
  let [worst, of, values] = [0, '', 0];
  own.forEach((row, k) => {
    for (const [name, text] of Object.entries(row)) {
      if (name.startsWith('diagnostics') || !/^(original|log|wavelet)/.test(name)) continue;
      values++;
      const by = difference(Number.parseFloat(text), Number.parseFloat(other[k]![name] ?? 'nan'));
      if (by > worst) [worst, of] = [by, name];
    }
  });
  // ill-conditioned features differ by more than the tolerance and are no reason to stop: the difference is printed
  if (values === 0 || worst > 1e3 * TOLERANCE) throw new Error(`${values} values, ${of} differs by ${worst}`);
  return { worst, of, values };
}

interface Work {
  readonly name: string;
  readonly goals: string;
  readonly input: readonly string[];
  readonly parameters: string;
  readonly jobs?: number;
  readonly rounds: number;
}

function writeCase(
  name: string,
  voxels: number,
  size: readonly [number, number, number],
  seed: number,
): string[] {
  const made = makeCase({ size, spacing: size[0] > 128 ? [1, 1, 1] : [0.8, 0.8, 2], voxels, seed });
  const paths = ['image', 'mask'].map((what) => join(folder, `${name}-${what}.nii`)) as [string, string];
  writeFileSync(paths[0], writeVolume(made.image, paths[0]));
  const mask = { geometry: made.mask.geometry, elementType: 'uint8' as const, data: made.mask.data };
  writeFileSync(paths[1], writeVolume(mask, paths[1]));
  return paths;
}

/** A table of cases as both commands read it. */
function cohort(count: number): string {
  const rows = Array.from({ length: count }, (_, k) =>
    writeCase(`case${k}`, 2_000 + 100 * (k % 50), [128, 128, 60], k),
  );
  const file = join(folder, `cases${count}.csv`);
  writeFileSync(file, `Image,Mask\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  return file;
}

const results: object[] = [];
function measure({ name, goals, input, parameters, jobs, rounds }: Work): number {
  const [ours, theirs] = [join(folder, 'ours.csv'), join(folder, 'theirs.csv')];
  const isBatch = jobs !== undefined;
  const own = () => {
    rmSync(ours, { force: true });
    const cases = isBatch ? ['--batch', input[0]!, '--jobs', `${jobs}`] : input;
    return run(process.execPath, [
      command,
      'extract',
      ...cases,
      '--params',
      parameters,
      '--out',
      ours,
      '--quiet',
    ]);
  };
  const other = () => {
    rmSync(theirs, { force: true });
    const tail = isBatch ? ['--jobs', `${jobs}`] : [];
    return run(peerCommand, [...input, '--param', parameters, '--out', theirs, '--format', 'csv', ...tail]);
  };
  const [first, second] = [own(), other()];
  const { worst, of, values } = compare(ours, theirs);
  const times = { own: isBatch ? [first] : [], other: isBatch ? [second] : [] } as {
    own: number[];
    other: number[];
  };
  while (times.own.length < rounds) {
    times.own.push(own());
    times.other.push(other());
  }
  const ratio = ratioOf(times.other, times.own);
  results.push({
    name,
    goals,
    seconds: median(times.own),
    peerSeconds: median(times.other),
    ratio,
    worst,
    of,
    values,
    rounds,
  });
  say(
    `| ${name} | ${median(times.own).toFixed(2)} s | ${median(times.other).toFixed(2)} s | ${shown(ratio)} | ${goals} | ${values} values, ${worst.toExponential(0)} ${of} |`,
  );
  return median(times.own);
}

try {
  const rounds = Number(given.rounds);
  measure({
    name: 'one case as a whole process, 13 image types, 40k voxels, full image',
    goals: '10 / 18',
    input: writeCase('large', 40_000, [256, 256, 120], 7),
    parameters: full,
    rounds,
  });
  if (positionals.length === 2)
    measure({
      name: 'breast1 (143 voxels) as a whole process, 13 image types',
      goals: '3 / 5',
      input: positionals,
      parameters: full,
      rounds,
    });
  const count = Number(given.cases);
  const few = Math.max(2, Math.round(count / 5));
  const [short, long] = [few, count].map((cases) =>
    measure({
      name: `cohort of ${cases} cases, 13 image types, resampled to 1 mm, two workers`,
      goals: '8 / 15',
      input: [cohort(cases)],
      parameters: resampled,
      jobs: 2,
      rounds: cases === count ? 1 : 2,
    }),
  ) as [number, number];
  say(`${count / few} times the cases took ${(long / short).toFixed(2)} times as long`);
  const about = { node: process.version, processor: cpus()[0]?.model };
  writeFileSync(given.out, `${JSON.stringify({ about, results }, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
