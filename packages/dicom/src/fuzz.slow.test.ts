import { readdirSync } from 'node:fs';
import { createRandom, isSentinodeError } from '@sentinode/core';
import { gunzip, isGzip, readVolume } from '@sentinode/volume';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { hasShared, readBytes, reference, shared } from '../../../reference/locator.ts';
import { openArchive } from './archives/index.ts';
import { deidentifyScan } from './deidentify/deidentify-scan.ts';
import { planImport } from './import/plan.ts';
import { Pseudonyms } from './import/pseudonyms.ts';
import { runImport } from './import/run-import.ts';
import { scanFiles } from './import/scan.ts';
import { damaged, valuePlaces } from './testing/damage.ts';
import { asSources, madeSeries } from './testing/series.ts';
import { archived } from './testing/shared-series.ts';
import { tarOf } from './testing/tar.ts';

/** Cases per file and first seed, so that a failure can be run again; others by SENTINODE_FUZZ="cases,seed". */
const [CASES, SEED] = (process.env.SENTINODE_FUZZ ?? '9,18').split(',').map(Number) as [number, number];
/** Longest processor time of one case and most memory of all. */
const LIMIT = { milliseconds: 2000, megabytes: 512 };

/** A file that is damaged, and others that it belongs to. */
interface Sample {
  readonly name: string;
  readonly read: () => Promise<Uint8Array>;
  readonly beside: readonly Uint8Array[];
}

const peers = (start: string): Uint8Array[] =>
  readdirSync(reference('dicom', 'peers'))
    .filter((name) => name.startsWith(start))
    .map((name) => readBytes(reference('dicom', 'peers', name)));

/** Every DICOM file of other writers that is at hand, those in gzip files also as they are within. */
async function samples(): Promise<Sample[]> {
  const found: Sample[] = readdirSync(reference('dicom', 'peers'))
    .filter((name) => name.endsWith('.dcm') && !/image-[12]-[2-6]/.test(name))
    .map((name) => ({
      name,
      read: async () => readBytes(reference('dicom', 'peers', name)),
      beside: /^(seg|structures)/.test(name)
        ? [...peers('image-1'), ...peers('image-2')]
        : name.startsWith('image')
          ? peers(name.slice(0, 7)).slice(1)
          : [],
    }));
  if (hasShared('dicom-samples'))
    for (const folder of ['seg', 'siemens-dwi', 'enhanced-mr', 'transfer-syntaxes'])
      for (const name of readdirSync(shared('dicom-samples', folder)).filter((one) => /\.dcm/.test(one))) {
        const packed = (): Uint8Array => readBytes(shared('dicom-samples', folder, name));
        found.push({ name, read: async () => packed(), beside: [] });
        if (isGzip(packed()))
          found.push({
            name: `${name}, unpacked`,
            read: async () => gunzip(packed(), 0, 2 ** 28),
            beside: [],
          });
      }
  const archives: readonly (readonly [string, string])[] = [
    ['mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz'],
    ['mri-dwi-philips', 'classic_b0_b1000x3.tar'],
    ['mri-adc-cmb-crc', 'SCAN_001_adc.tar.gz'],
    ['mri-sts002-t1-rtstruct', 'dicom.tar.gz'],
  ];
  for (const path of archives.filter(([folder]) => hasShared(folder))) {
    const files = archived(...path);
    const bytes = await files[0]!.read();
    const beside = await Promise.all(files.slice(1, 4).map((file) => file.read()));
    found.push({ name: `${path[1]}: ${files[0]!.path}`, read: async () => bytes, beside });
    for (const file of files.filter((one) => /mask|RS\.dcm/.test(one.path)))
      found.push({ name: file.path, read: file.read, beside: [bytes, ...beside] });
  }
  return found;
}

/** Imports a file with its companions and makes a copy without identifiers of it. */
async function use(bytes: Uint8Array, beside: readonly Uint8Array[]): Promise<void> {
  const scan = await scanFiles(asSources([bytes, ...beside]));
  const pseudonyms = await Pseudonyms.of(new Uint8Array(32));
  const plan = await planImport(scan, pseudonyms);
  const run = runImport(scan, plan, { compress: async (whole) => whole });
  for (let next = await run.next(); next.done !== true; ) next = await run.next();
  const copies = deidentifyScan(scan, plan, pseudonyms, {
    dates: 'remove',
    keepAge: false,
    keepPrivate: true,
  });
  for (let next = await copies.next(); next.done !== true; ) next = await copies.next();
}

/** Most memory and longest case so far. */
const worst = { milliseconds: 0, megabytes: 0, where: '' };

async function survives(
  name: string,
  bytes: Uint8Array,
  seed: number,
  work: (damaged: Uint8Array) => Promise<unknown>,
): Promise<void> {
  const random = createRandom(seed);
  const places = valuePlaces(bytes);
  for (let one = 0; one < CASES; one++) {
    const input = damaged(bytes, () => random.uniform(), places);
    const start = process.cpuUsage();
    try {
      await work(input);
    } catch (error) {
      if (!isSentinodeError(error))
        throw new Error(`${name}: case ${one} of seed ${seed} fails in another way`, { cause: error });
    }
    const { user, system } = process.cpuUsage(start);
    const milliseconds = (user + system) / 1000;
    if (milliseconds > worst.milliseconds)
      Object.assign(worst, { milliseconds, where: `${name}, case ${one} of seed ${seed}` });
    worst.megabytes = Math.max(worst.megabytes, process.memoryUsage().rss / 1e6);
  }
}

const within = (count: number): void => {
  console.info(
    `${count * CASES} damaged files, the slowest ${Math.round(worst.milliseconds)} ms (${worst.where}), at most ${Math.round(worst.megabytes)} MB`,
  );
  expect(worst.milliseconds, worst.where).toBeLessThan(LIMIT.milliseconds);
  expect(worst.megabytes, worst.where).toBeLessThan(LIMIT.megabytes);
};

describe('damaged files', () => {
  it('of every DICOM sample are read or refused, soon and in little memory', async () => {
    const all = await samples();
    expect(all.length).toBeGreaterThan(7);
    for (const [at, { name, read, beside }] of all.entries())
      await survives(name, await read(), SEED + at, (input) => use(input, beside));
    within(all.length);
  });

  it('that are volumes are read or refused', async () => {
    const all = ['nifti-samples', 'nrrd-samples', 'mri-prostate-mask-variants'].flatMap((folder) =>
      hasShared(folder)
        ? readdirSync(shared(folder))
            .filter((name) => /\.(nii|nii\.gz|nrrd|nhdr|mha|mhd|hdr)$/.test(name))
            .map((name) => ({ name, bytes: readBytes(shared(folder, name)) }))
        : [],
    );
    const small = all.filter(({ bytes }) => bytes.length < 2e6);
    for (const [at, { name, bytes }] of small.entries()) {
      const plain = isGzip(bytes) ? gunzip(bytes, 0, 2 ** 28) : bytes;
      await survives(name, plain, SEED + at, (input) => readVolume(input, { file: name.replace('.gz', '') }));
    }
    within(small.length);
  });

  it('that are archives are read or refused', async () => {
    const files = madeSeries(3);
    const tar = tarOf(files.map((bytes, at) => ({ name: `file${at}`, bytes })));
    const zip = zipSync(Object.fromEntries(files.map((bytes, at) => [`${at}.dcm`, bytes])));
    expect([openArchive(tar)?.length, openArchive(zip)?.length]).toEqual([3, 3]);
    for (const [name, archive] of Object.entries({ tar, zip }))
      for (let round = 0; round < 20; round++)
        await survives(name, archive, SEED + round, async (input) => {
          for (const entry of openArchive(input) ?? []) await entry.read();
        });
    within(40);
  });
});
