import { readVolume } from '@sentinode/volume';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasShared, readBytes, readJson, reference, shared } from '../../../../reference/locator.ts';
import { readDicom } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { findVolume } from '../import/find-volume.ts';
import { planImport } from '../import/plan.ts';
import { Pseudonyms } from '../import/pseudonyms.ts';
import { runImport } from '../import/run-import.ts';
import { type FileSource, type Scan, scanFiles } from '../import/scan.ts';
import { splitSeries } from '../series/split-series.ts';
import { asSources, madeSeries } from '../testing/series.ts';
import { archived } from '../testing/shared-series.ts';
import { element } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';
import { readSegmentation } from './read-segmentation.ts';
import { rasterise, readStructureSet } from './read-structure-set.ts';
import { writeSegmentation } from './write-segmentation.ts';

const golden = readJson<{
  files: Record<string, { kind: string; segments: Record<string, { voxels: number; sum: number }> }>;
}>(reference('dicom', 'segments.json')).files;

const importAll = async (sources: readonly FileSource[]) => {
  const scan = await scanFiles(sources);
  const run = runImport(scan, await planImport(scan, await Pseudonyms.of(new Uint8Array(32))));
  const files = new Map<string, Uint8Array>();
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) files.set(next.value.path, next.value.bytes);
  return { files, index: next.value };
};

describe.skipIf(!hasShared('dicom-samples'))('DICOM SEG files of other tools', () => {
  it.each(Object.keys(golden).filter((name) => name.startsWith('seg_')))('%s', async (name) => {
    const wanted = golden[name];
    const { kind, segments } = await readSegmentation(
      readDicom(readBytes(shared('dicom-samples', 'seg', name))),
    );
    expect(kind).toBe(wanted.kind);
    expect(segments.map(({ number }) => String(number))).toEqual(Object.keys(wanted.segments));
    for (const { number, voxels, data, fraction } of segments) {
      const { voxels: count, sum } = wanted.segments[number];
      expect(voxels).toBe(count);
      const total = [...(fraction ?? data)].reduce((a, b) => a + b, 0);
      expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-4 * count);
    }
  });

  it('fill the gaps between their frames with empty slices', async () => {
    const file = readBytes(shared('dicom-samples', 'seg', 'seg_image_ct_binary_overlap.dcm'));
    const { segments } = await readSegmentation(readDicom(file));
    expect(segments.map(({ geometry }) => [...geometry.size, geometry.spacing[2]])).toEqual([
      [16, 16, 165, 1.25],
      [16, 16, 165, 1.25],
    ]);
  });
});

describe.skipIf(!hasShared('mri-breast-dce-ucsf'))('a fractional SEG of a breast', () => {
  it('lies on the grid of its images, in slices 10 to 51 of 60 counted from 1, with the voxels that its source states', async () => {
    const sources = archived('mri-breast-dce-ucsf', 'UCSF-BR-06.tar.gz');
    const { files, index } = await importAll(sources.filter(({ path }) => /mask|pe1/.test(path)));
    const mask = index.find(({ kind }) => kind === 'mask')!;
    const image = index.find(({ kind }) => kind === 'enhancement-map')!;
    expect(mask).toMatchObject({ image: image.file, slices: 60, error: null });
    expect(mask.regions).toEqual([{ label: 1, name: 'Breast', voxels: golden.ucsf.segments['1'].voxels }]);
    expect(mask.regions![0].voxels).toBe(82_527);
    const { data, geometry } = await readVolume(files.get(mask.file!)!);
    const plane = geometry.size[0] * geometry.size[1];
    const marked = Array.from({ length: 60 }, (_, slice) =>
      data.subarray(slice * plane, (slice + 1) * plane).some((value) => value === 1),
    ).flatMap((has, slice) => (has ? [slice] : []));
    expect([marked[0], marked.at(-1), marked.length]).toEqual([9, 50, 42]);
    const labels = new TextDecoder().decode(files.get(mask.file!.replace('.nii.gz', '.labels.txt')));
    expect(labels).toContain('"Breast"');
  });
});

describe.skipIf(!hasShared('mri-sts002-t1-rtstruct'))('an RT Structure Set', () => {
  let scan: Scan;
  beforeAll(async () => {
    scan = await scanFiles(archived('mri-sts002-t1-rtstruct', 'dicom.tar.gz'));
  });

  it('gives the 17,090 voxels of its NIfTI twin, each of them', async () => {
    const { files, index } = await importAll(archived('mri-sts002-t1-rtstruct', 'dicom.tar.gz'));
    const mask = index.find(({ kind }) => kind === 'mask')!;
    expect(mask.error).toBeNull();
    expect(mask.image).toBe(index.find(({ kind }) => kind === 'T1WI')!.file);
    expect(mask.regions).toEqual([{ label: 1, name: 'GTV Mass MR T1', voxels: 17_090 }]);
    const ours = await readVolume(files.get(mask.file!)!);
    const theirs = await readVolume(readBytes(shared('mri-sts002-t1-rtstruct', 'mask.nii.gz')));
    expect([...ours.data]).toEqual([...theirs.data]);
  });

  it('without its images is refused with a reason', async () => {
    const alone = archived('mri-sts002-t1-rtstruct', 'dicom.tar.gz').filter(({ path }) =>
      path.includes('RS.dcm'),
    );
    const { index } = await importAll(alone);
    expect(index.map(({ error }) => error?.code)).toEqual(['dicom-none']);
  });

  it('drawn on another grid is refused', async () => {
    const set = scan.files.findIndex(({ role }) => role === 'structure-set');
    const [structure] = readStructureSet(await scan.open(set));
    const [{ geometry }] = splitSeries(scan.files.flatMap(({ slices }) => slices)).volumes;
    const above = { ...geometry, origin: [geometry.origin[0], geometry.origin[1], 500] as const };
    expect(() => rasterise(structure, above)).toThrow(expect.objectContaining({ code: 'mask-geometry' }));
    const coronal = { ...geometry, direction: [1, 0, 0, 0, 0, 1, 0, -1, 0] };
    expect(() => rasterise(structure, coronal)).toThrow(/runs across slices/);
  });

  it('comes back voxel for voxel through a SEG that we write, byte for byte the same each time', async () => {
    const theirs = await readVolume(readBytes(shared('mri-sts002-t1-rtstruct', 'mask.nii.gz')));
    const stack = findVolume(scan, theirs.geometry);
    const mask = { geometry: stack.geometry, data: Uint8Array.from(theirs.data) };
    const source = {
      stack,
      dataSet: async (index: number) => (await scan.open(index)).dataSet,
      version: '0',
    };
    const bytes = await writeSegmentation([{ label: 'GTV', mask }], source);
    expect(await writeSegmentation([{ label: 'GTV', mask }], source)).toEqual(bytes);
    const file = readDicom(bytes);
    const { segments } = await readSegmentation(file, [stack.geometry]);
    expect([...segments[0].data]).toEqual([...mask.data]);
    const image = (await scan.open(stack.slices[0].source)).dataSet;
    for (const tag of [TAG.PatientID, TAG.StudyInstanceUID, TAG.FrameOfReferenceUID])
      expect(file.dataSet.text(tag)).toBe(image.text(tag));
    // Without the image grid, the frames make the part of it that they cover.
    const [alone] = (await readSegmentation(file)).segments;
    expect([alone.voxels, alone.geometry.size]).toEqual([17_090, [115, 90, 16]]);
  });
});

describe('a SEG that is written', () => {
  it('refuses an empty region and one of another grid', async () => {
    const scan = await scanFiles(asSources(madeSeries(3)));
    const [stack] = splitSeries(scan.files.flatMap(({ slices }) => slices)).volumes;
    const source = {
      stack,
      dataSet: async (index: number) => (await scan.open(index)).dataSet,
      version: '0',
    };
    const empty = { geometry: stack.geometry, data: new Uint8Array(36) };
    await expect(writeSegmentation([{ label: 'a', mask: empty }], source)).rejects.toMatchObject({
      code: 'mask-empty',
    });
    const moved = {
      geometry: { ...stack.geometry, origin: [0, 0, 0] as const },
      data: new Uint8Array(36).fill(1),
    };
    await expect(writeSegmentation([{ label: 'a', mask: moved }], source)).rejects.toMatchObject({
      code: 'mask-geometry',
    });
    expect(() => findVolume(scan, moved.geometry)).toThrow(
      expect.objectContaining({ code: 'mask-geometry' }),
    );
  });
});

describe('structures', () => {
  const contour = (z: number, points: readonly (readonly [number, number])[]) => [
    element(TAG.ContourGeometricType, 'CS', 'CLOSED_PLANAR'),
    element(TAG.ContourData, 'DS', points.flatMap(([x, y]) => [x, y, z]).map(String)),
  ];
  const square = (low: number, high: number): [number, number][] => [
    [low, low],
    [high, low],
    [high, high],
    [low, high],
  ];
  const set = (...contours: ReturnType<typeof contour>[]): Uint8Array =>
    writeDicom([
      element(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.481.3'),
      element(TAG.StructureSetROISequence, 'SQ', [
        [element(TAG.ROINumber, 'IS', '4'), element(TAG.ROIName, 'LO', 'tumour')],
      ]),
      element(TAG.ROIContourSequence, 'SQ', [
        [element(TAG.ReferencedROINumber, 'IS', '4'), element(TAG.ContourSequence, 'SQ', contours)],
      ]),
    ]);
  const cosine = Math.sqrt(0.5);
  const geometry = (direction: readonly number[]) =>
    ({ size: [10, 10, 3], spacing: [1, 1, 2], origin: [0, 0, 0], direction }) as const;

  it('keep holes and several contours of a slice', () => {
    const [structure] = readStructureSet(
      readDicom(
        set(
          contour(2, square(0.5, 8.5)),
          contour(2, square(2.5, 4.5)),
          contour(4, square(1.5, 3.5)),
          contour(4, square(5.5, 6.5)),
        ),
      ),
    );
    expect(structure).toMatchObject({ number: 4, name: 'tumour' });
    const { data } = rasterise(structure, geometry([1, 0, 0, 0, 1, 0, 0, 0, 1]));
    const count = (slice: number): number =>
      data.subarray(100 * slice, 100 * slice + 100).reduce((a, b) => a + b, 0);
    expect([count(0), count(1), count(2)]).toEqual([0, 64 - 4, 4 + 1]);
  });

  it('lie in oblique planes as well', () => {
    const direction = [1, 0, 0, 0, cosine, -cosine, 0, cosine, cosine];
    const world = (x: number, y: number, z: number): number[] => [
      x,
      cosine * y - 2 * cosine * z,
      cosine * y + 2 * cosine * z,
    ];
    const points = square(1.5, 4.5).flatMap(([x, y]) => world(x, y, 1));
    const { data } = rasterise({ number: 1, name: '', contours: [{ points }] }, geometry(direction));
    expect([...data].flatMap((value, at) => (value === 1 ? [Math.floor(at / 100)] : []))).toEqual(
      Array(9).fill(1),
    );
  });
});
