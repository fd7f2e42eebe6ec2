/**
 * Extraction beside PyRadiomics: the same files, both programs open at once, values compared before anything is timed,
 * then measured in turns.
 *
 *   sh bench/extraction/set-up-peer.sh FOLDER
 *   npm run bench:extraction -- --python FOLDER/bin/python [--rounds 5] [--small] [--out result.json]
 *
 * Prints a row per piece of work: median milliseconds of each side, the ratio (PyRadiomics' time over ours) as the
 * geometric mean of the rounds with the 95 % interval of its bootstrap, and the largest difference of a value.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { useAssembly } from '@sentinode/core';
import { extract, parseParameters } from '@sentinode/radiomics';
import { type Mask, maskFromLabels, readVolume, type Volume, writeVolume } from '@sentinode/volume';
import { makeCase } from './cases.ts';
import { type Answer, startPeer } from './peer-process.ts';
import { difference, median, ratioOf, shown, TOLERANCE } from './ratio.ts';

const { values: given } = parseArgs({
  options: {
    python: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    small: { type: 'boolean', default: false },
    out: { type: 'string', default: 'extraction-benchmark.json' },
  },
});
if (given.python === undefined) throw new Error('--python names the interpreter that has PyRadiomics');
const rounds = Number(given.rounds);
const script = fileURLToPath(new URL('../extraction/peer.py', import.meta.url));
const once = fileURLToPath(new URL('./extraction-once.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sentinode-bench-'));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const allTypes = 'imageType: {Original: {}, LoG: {sigma: [2.0, 3.0, 4.0, 5.0]}, Wavelet: {wavelet: coif1}}\n';
const texture = 'featureClass: {firstorder: [], glcm: [], glrlm: [], glszm: [], gldm: [], ngtdm: []}\n';
const protocols = {
  full: `${allTypes}setting: {additionalInfo: false, binWidth: 25}\n`,
  resampled: `${allTypes}setting: {additionalInfo: false, binWidth: 25, resampledPixelSpacing: [1, 1, 1], interpolator: sitkBSpline}\n`,
  // 118 grey levels: maximal correlation coefficients of 13 matrices of that size
  mcc: 'imageType: {Original: {}}\nfeatureClass: {glcm: []}\nsetting: {additionalInfo: false, binCount: 118}\n',
  texture: `imageType: {Original: {}}\n${texture}setting: {additionalInfo: false, binWidth: 25}\n`,
};

interface Work {
  readonly name: string;
  readonly protocol: keyof typeof protocols;
  readonly voxels: number;
  readonly spacing: readonly [number, number, number];
  /** "Must" and "target" of the project. */
  readonly goals: string;
}
const unit = [1, 1, 1] as const;
const study = [0.8, 0.8, 2] as const;
const everything: readonly Work[] = [
  {
    name: '13 image types, 40k voxels, full image',
    protocol: 'full',
    voxels: 40_000,
    spacing: unit,
    goals: '20 / 35',
  },
  {
    name: '13 image types, 40k voxels, resampled to 1 mm',
    protocol: 'resampled',
    voxels: 31_000,
    spacing: study,
    goals: '8 / 14',
  },
  {
    name: '13 image types, 4k voxels, full image',
    protocol: 'full',
    voxels: 4_000,
    spacing: unit,
    goals: '15 / 30',
  },
  {
    name: '13 image types, 4k voxels, resampled',
    protocol: 'resampled',
    voxels: 3_100,
    spacing: study,
    goals: '6 / 12',
  },
  {
    name: '13 image types, 150k voxels, full image',
    protocol: 'full',
    voxels: 150_000,
    spacing: unit,
    goals: '15 / 30',
  },
  {
    name: '13 image types, 150k voxels, resampled',
    protocol: 'resampled',
    voxels: 117_000,
    spacing: study,
    goals: '6 / 12',
  },
  {
    name: 'texture and first order, 40k voxels',
    protocol: 'texture',
    voxels: 40_000,
    spacing: unit,
    goals: '50 / 100',
  },
  {
    name: 'all GLCM features at 118 grey levels, 40k voxels',
    protocol: 'mcc',
    voxels: 40_000,
    spacing: unit,
    goals: '5 / 10',
  },
];
const work = given.small ? everything.filter(({ voxels }) => voxels < 5_000) : everything;
const size = given.small ? ([96, 96, 48] as const) : ([256, 256, 120] as const);

const peer = startPeer(given.python, script);

/** The case on disk, as both sides read it. */
async function files(
  one: Work,
): Promise<{ image: string; mask: string; parameters: string; volume: Volume; region: Mask }> {
  const made = makeCase({ size, spacing: one.spacing, voxels: one.voxels, seed: 7 });
  const name = `${one.protocol}-${one.voxels}`;
  const image = join(folder, `${name}.nii`);
  const mask = join(folder, `${name}-mask.nii`);
  writeFileSync(image, writeVolume(made.image, image));
  writeFileSync(
    mask,
    writeVolume({ geometry: made.mask.geometry, elementType: 'uint8', data: made.mask.data }, mask),
  );
  const parameters = join(folder, `${one.protocol}.yaml`);
  writeFileSync(parameters, protocols[one.protocol]);
  const read = async (file: string) => await readVolume(new Uint8Array(readFileSync(file)), { file });
  return { image, mask, parameters, volume: await read(image), region: maskFromLabels(await read(mask), 1) };
}

const results: object[] = [];
try {
  let versions: readonly string[] = [];
  for (const one of work) {
    const { image, mask, parameters, volume, region } = await files(one);
    const settings = parseParameters(protocols[one.protocol], 'benchmark.yaml');
    const ours = () => {
      const [wall, cpu] = [performance.now(), process.cpuUsage()];
      const vector = extract(volume, region, settings);
      const { user, system } = process.cpuUsage(cpu);
      return { wall: (performance.now() - wall) / 1000, cpu: (user + system) / 1e6, vector };
    };
    const theirs = () => peer.ask({ image, mask, parameters, threads: 1 });
    const first = await theirs();
    versions = first.versions;
    const { vector } = ours();
    const compared = vector.names.map((name, k) => ({
      name,
      by: difference(vector.values[k]!, first.values[name] ?? Number.NaN),
    }));
    const worst = compared.reduce((a, b) => (b.by > a.by ? b : a));
    const outside = compared.filter(({ by }) => by > TOLERANCE).length;
    const own: { wall: number; cpu: number }[] = [];
    const plain: { wall: number; cpu: number }[] = [];
    const other: Answer[] = [];
    for (let round = 0; round < rounds; round++) {
      own.push(ours());
      other.push(await theirs());
      useAssembly(false);
      plain.push(ours());
      useAssembly(true);
    }
    const of = (side: readonly { wall: number; cpu: number }[], by: 'wall' | 'cpu') =>
      side.map((turn) => turn[by]);
    const wall = ratioOf(of(other, 'wall'), of(own, 'wall'));
    const cpu = ratioOf(of(other, 'cpu'), of(own, 'cpu'));
    const compiled = ratioOf(of(plain, 'cpu'), of(own, 'cpu'));
    const inRegion = region.data.reduce((sum, value) => sum + value, 0);
    const row = {
      work: one.name,
      voxels: inRegion,
      features: vector.names.length,
      oursMs: 1000 * median(of(own, 'wall')),
      peerMs: 1000 * median(of(other, 'wall')),
      wall,
      cpu,
      plainOverCompiled: compiled,
      goals: one.goals,
      largestDifference: worst.by,
      of: worst.name,
      outside,
    };
    results.push(row);
    say(
      `| ${one.name} (${inRegion}) | ${row.oursMs.toFixed(0)} | ${row.peerMs.toFixed(0)} | ${shown(wall)} | ${shown(cpu)} | ${one.goals} | ${shown(compiled)} | ${worst.by.toExponential(0)} ${worst.name}; ${outside} above 1e-9 |`,
    );
  }
  const { image, mask, parameters } = await files(work[0]!);
  const peak = (command: string, args: readonly string[]): number =>
    Number(spawnSync(command, [...args, image, mask, parameters], { encoding: 'utf8' }).stdout) / 1024;
  const memory = {
    work: `${work[0]!.name}: highest resident memory, MB`,
    ours: peak(process.execPath, [once]),
    peer: peak(given.python, [script, '--once']),
  };
  results.push(memory);
  say(`${memory.work}: ours ${memory.ours.toFixed(0)}, PyRadiomics ${memory.peer.toFixed(0)}`);
  const about = {
    node: process.version,
    processor: cpus()[0]?.model,
    peer: { pyradiomics: versions[0], SimpleITK: versions[1], numpy: versions[2] },
    rounds,
  };
  writeFileSync(given.out, `${JSON.stringify({ about, results }, null, 2)}\n`);
  say(JSON.stringify(about));
} finally {
  peer.close();
  rmSync(folder, { recursive: true, force: true });
}
