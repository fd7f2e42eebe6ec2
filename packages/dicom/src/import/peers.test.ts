import { readdirSync } from 'node:fs';
import { readVolume } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../reference/locator.ts';
import { readDicom } from '../data-set/read-file.ts';
import { openFrames } from '../pixels/decode-frames.ts';
import { planImport } from './plan.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { runImport } from './run-import.ts';
import { type FileSource, scanFiles } from './scan.ts';

const answers = readJson<{
  masks: Record<string, Record<string, number[]>>;
  jpegBaseline: { by: string; pixels: number[] };
  htj2k: { by: string; pixels: number[] };
}>(reference('dicom', 'peers', 'answers.json'));
const ofPeer = (name: string): Uint8Array => readBytes(reference('dicom', 'peers', name));
const sources = (names: readonly string[]): FileSource[] =>
  names.map((path) => ({ path, read: async () => ofPeer(path) }));
const images = readdirSync(reference('dicom', 'peers')).filter((name) => name.startsWith('image-'));

async function imported(names: readonly string[]) {
  const scan = await scanFiles(sources(names));
  const run = runImport(scan, await planImport(scan, await Pseudonyms.of(new Uint8Array(32))));
  const files = new Map<string, Uint8Array>();
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) files.set(next.value.path, next.value.bytes);
  return { files, index: next.value };
}

describe('masks that highdicom and pydicom wrote', () => {
  it.each(Object.entries(answers.masks))(
    '%s has every voxel, on the series that it names',
    async (name, regions) => {
      const { files, index } = await imported([...images, name]);
      const masks = index.filter(({ kind }) => kind === 'mask');
      const found: Record<string, number[]> = {};
      for (const { error, file, regions: labels } of masks) {
        expect(error).toBeNull();
        const { data } = await readVolume(files.get(file!)!);
        for (const { label } of labels!)
          found[label] = [...data].flatMap((value, at) => (value === label ? [at] : []));
      }
      expect(found).toEqual(regions);
      // Two series lie on one grid. A segmentation names the second; the structure set names one that is not there.
      const named = name.startsWith('seg') ? 1 : 0;
      expect(masks.map(({ image }) => image)).toEqual(masks.map(() => index[named]!.file));
      if (name === 'structures.dcm')
        expect(masks[0]!.warnings.map(({ code }) => code)).toEqual(['mask-series']);
    },
  );
});

describe('JPEG Baseline', () => {
  it('is decoded as by DCMTK, within the grey level by which decoders may round', async () => {
    const pixels = (await openFrames(readDicom(ofPeer('jpeg-baseline.dcm')))).read(0);
    expect(pixels).toHaveLength(answers.jpegBaseline.pixels.length);
    const furthest = Math.max(
      ...answers.jpegBaseline.pixels.map((value, at) => Math.abs(value - pixels[at]!)),
    );
    expect(furthest).toBeLessThanOrEqual(1);
  });

  it('is imported with a warning', async () => {
    const { index } = await imported(['jpeg-baseline.dcm']);
    expect(index[0]).toMatchObject({ error: null, warnings: [{ code: 'lossy' }] });
  });
});

describe('High-Throughput JPEG 2000', () => {
  it('is decoded without loss', async () => {
    const pixels = (await openFrames(readDicom(ofPeer('htj2k.dcm')))).read(0);
    expect([...pixels]).toEqual(answers.htj2k.pixels);
  });
});
