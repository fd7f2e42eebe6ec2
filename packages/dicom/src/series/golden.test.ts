import { sha256 } from '@sentinode/core';
import { indexToWorld, readVolume, type Volume } from '@sentinode/volume';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared, readBytes, readJson, reference, shared } from '../../../../reference/locator.ts';
import { type FileSource, type Scan, scanFiles } from '../import/scan.ts';
import { archived, inFolder } from '../testing/shared-series.ts';
import { groupBy } from './group-by.ts';
import { readStack } from './read-volume.ts';
import { type SeriesVolume, splitSeries } from './split-series.ts';

interface Expected {
  readonly size: number[];
  readonly spacing: number[];
  readonly origin: number[];
  readonly direction: number[];
  readonly sum: number;
  readonly sha256: string;
}
const golden = readJson<{ volumes: Record<string, Expected> }>(reference('dicom', 'expected.json')).volumes;

/** Headers are decimal text; ITK averages the distances of slices as we do. Values are equal to the last bit. */
const TOLERANCE = { spacing: 1e-9, origin: 1e-9, direction: 1e-6 };

async function volumesOf(sources: readonly FileSource[]): Promise<{ scan: Scan; volumes: SeriesVolume[] }> {
  const scan = await scanFiles(sources);
  const images = scan.files.filter(({ role }) => role === 'image');
  const series = groupBy(images, ({ attributes }) => attributes.series);
  const split = [...series.values()].map((files) => splitSeries(files.flatMap(({ slices }) => slices)));
  expect(split.flatMap(({ refused }) => refused)).toEqual([]);
  return { scan, volumes: split.flatMap(({ volumes }) => volumes) };
}

async function expectEqual(volume: Volume, wanted: Expected): Promise<void> {
  const { geometry } = volume;
  expect(geometry.size).toEqual(wanted.size);
  for (const part of ['spacing', 'origin', 'direction'] as const)
    geometry[part].forEach((value, at) =>
      expect(Math.abs(value - wanted[part][at])).toBeLessThanOrEqual(TOLERANCE[part]),
    );
  expect(await sha256(new Uint8Array(Float32Array.from(volume.data).buffer))).toBe(wanted.sha256);
}

describe.skipIf(!hasShared('mri-breast-dce-ucsf'))('a breast DCE series of three time points', () => {
  let found: Awaited<ReturnType<typeof volumesOf>>;
  beforeAll(async () => {
    const files = archived('mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz');
    found = await volumesOf(files.filter(({ path }) => !path.includes('/mask/')));
  });

  it('is divided by content time, which alone tells them apart', () => {
    const phases = found.volumes.filter(({ phase }) => phase !== undefined);
    expect(phases.map(({ phase }) => phase)).toEqual([
      { number: 1, of: 3, seconds: 0 },
      { number: 2, of: 3, seconds: 407 },
      { number: 3, of: 3, seconds: 761 },
    ]);
    expect(phases[0].splitBy).toEqual(['content time (0008,0033)']);
  });

  it.each([
    ['ucsf phase 1', (volume: SeriesVolume) => volume.phase?.number === 1],
    ['ucsf phase 2', (volume: SeriesVolume) => volume.phase?.number === 2],
    ['ucsf phase 3', (volume: SeriesVolume) => volume.phase?.number === 3],
    ['ucsf pe1', (volume: SeriesVolume) => volume.flavour.includes('PE1')],
    ['ucsf ser', (volume: SeriesVolume) => volume.flavour.includes('SER')],
  ])('%s is what SimpleITK reads', async (name, isIt) => {
    const volume = found.volumes.filter(isIt);
    expect(volume).toHaveLength(1);
    await expectEqual(await readStack(volume[0], found.scan.open), golden[name]);
  });
});

describe.skipIf(!hasShared('mri-dwi-philips'))('a Philips DWI series with scrambled numbers', () => {
  it('gives four volumes of 32 slices and leaves out the presentation state with a message', async () => {
    const { scan, volumes } = await volumesOf(archived('mri-dwi-philips', 'classic_b0_b1000x3.tar'));
    expect(scan.skipped.map(({ error }) => [error.code, error.message])).toEqual([
      ['dicom-none', 'A DICOM object without pixels (PR) is no image.'],
    ]);
    expect(volumes.map(({ bValue, geometry }) => [bValue, geometry.size[2]])).toEqual([
      [0, 32],
      [1000, 32],
      [1000, 32],
      [1000, 32],
    ]);
    for (const volume of volumes) {
      const name = `philips b${volume.bValue} ${volume.bDirection ?? ''}`.trim();
      await expectEqual(await readStack(volume, scan.open), golden[name]);
    }
  });
});

describe.skipIf(!hasShared('mri-adc-cmb-crc'))('single volumes', () => {
  it.each([
    ['cmb-crc adc', ['mri-adc-cmb-crc', 'SCAN_001_adc.tar.gz']],
    ['sts-002 t1', ['mri-sts002-t1-rtstruct', 'dicom.tar.gz']],
  ])('%s is what SimpleITK reads', async (name, path) => {
    const { scan, volumes } = await volumesOf(archived(...path));
    expect(volumes).toHaveLength(1);
    await expectEqual(await readStack(volumes[0], scan.open), golden[name]);
  });

  it('a T1 is the NIfTI file that another tool made of it', async () => {
    const { scan, volumes } = await volumesOf(archived('mri-sts002-t1-rtstruct', 'dicom.tar.gz'));
    const ours = await readStack(volumes[0], scan.open);
    const theirs = await readVolume(readBytes(shared('mri-sts002-t1-rtstruct', 'image.nii.gz')));
    expect(ours.geometry.size).toEqual(theirs.geometry.size);
    expect([...ours.data]).toEqual([...theirs.data]);
    ours.geometry.origin.forEach((mm, axis) =>
      expect(Math.abs(mm - theirs.geometry.origin[axis])).toBeLessThan(1e-3),
    );
  });

  it('six frames of an enhanced file are what SimpleITK reads', async () => {
    const { scan, volumes } = await volumesOf(inFolder('dicom-samples', 'enhanced-mr'));
    expect(volumes).toHaveLength(1);
    await expectEqual(await readStack(volumes[0], scan.open), golden['siemens enhanced']);
  });
});

interface Wrapped {
  readonly shape: [number, number, number];
  readonly affine: number[][];
}
const { mosaics, enhanced } = readJson<{
  mosaics: Record<string, Wrapped>;
  enhanced: Record<string, { frames: number; first: number[]; last: number[] }>;
}>(reference('dicom', 'wrappers.json'));

describe.skipIf(!hasShared('dicom-samples'))('mosaics and enhanced files', () => {
  const volumeOf = async (name: string): Promise<SeriesVolume> => {
    const files = inFolder('dicom-samples', 'siemens-dwi');
    const { volumes } = await volumesOf(files.filter(({ path }) => path === `${name}.dcm.gz`));
    expect(volumes).toHaveLength(1);
    return volumes[0];
  };

  it.each(Object.keys(mosaics))('%s has its voxels where nibabel has them', async (name) => {
    const { geometry } = await volumeOf(name);
    const { shape, affine } = mosaics[name];
    // nibabel counts rows before columns.
    expect([geometry.size[1], geometry.size[0], geometry.size[2]]).toEqual(shape);
    for (const [x, y, z] of [
      [0, 0, 0],
      [5, 0, 0],
      [0, 7, 0],
      [3, 2, shape[2] - 1],
    ] as const)
      indexToWorld(geometry, [x, y, z]).forEach((mm, axis) => {
        const [perRow, perColumn, perSlice, start] = affine[axis];
        expect(Math.abs(mm - (start + perRow * y + perColumn * x + perSlice * z))).toBeLessThan(1e-3);
      });
  });

  it.each(Object.keys(enhanced))('%s has its frames where pydicom has them', async (name) => {
    const { geometry } = await volumeOf(name);
    const { frames, first, last } = enhanced[name];
    expect(geometry.size[2]).toBe(frames);
    indexToWorld(geometry, [0, 0, 0]).forEach((mm, axis) => expect(mm).toBeCloseTo(first[axis], 3));
    indexToWorld(geometry, [0, 0, frames - 1]).forEach((mm, axis) => expect(mm).toBeCloseTo(last[axis], 3));
  });

  it('have the b-value of the private tag', async () => {
    const mosaics = inFolder('dicom-samples', 'siemens-dwi').filter(({ path }) =>
      path.startsWith('siemens_dwi'),
    );
    const { volumes } = await volumesOf(mosaics);
    expect(volumes.map(({ bValue }) => bValue)).toEqual([0, 1000]);
  });
});

describe.skipIf(!hasShared('dicom-samples'))('one image in nine transfer syntaxes', () => {
  it('is one image and eight copies', async () => {
    const files = inFolder('dicom-samples', 'transfer-syntaxes').filter(({ path }) =>
      path.startsWith('CTImage'),
    );
    const scan = await scanFiles(files);
    expect([scan.files.length, scan.copies, scan.skipped.length]).toEqual([1, 8, 0]);
  });
});
