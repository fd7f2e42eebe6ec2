import { gunzip, readVolume } from '@sentinode/volume';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TAG } from '../data-set/tags.ts';
import { planted } from '../testing/canaries.ts';
import { asSources, madeSeries, madeSlice } from '../testing/series.ts';
import { element } from '../write/write-element.ts';
import { cleanDescription } from './clean-description.ts';
import type { ImportedFile } from './imported-file.ts';
import type { IndexEntry } from './index-entry.ts';
import { indexTable } from './index-table.ts';
import { planImport } from './plan.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { runImport } from './run-import.ts';
import { type FileSource, scanFiles } from './scan.ts';

const key = new TextEncoder().encode('a key of the tests, long enough');

async function imported(
  sources: readonly FileSource[],
  secret = key,
): Promise<{ files: ImportedFile[]; index: IndexEntry[]; skipped: string[]; copies: number }> {
  const scan = await scanFiles(sources);
  const plan = await planImport(scan, await Pseudonyms.of(secret));
  const run = runImport(scan, plan);
  const files: ImportedFile[] = [];
  let next = await run.next();
  for (; next.done !== true; next = await run.next()) files.push(next.value);
  return {
    files,
    index: next.value,
    skipped: scan.skipped.map(({ error }) => error.message),
    copies: scan.copies,
  };
}

describe('an import', () => {
  it('writes a series as one volume with its geometry', async () => {
    const { files, index } = await imported(
      asSources(madeSeries(5, (at) => ({ value: (p) => 100 * at + p }))),
    );
    expect(files).toHaveLength(1);
    expect(files[0].path).toMatch(/^P[0-9a-f]{10}\/S1\/01_other\.nii\.gz$/);
    const { geometry, data, elementType } = await readVolume(files[0].bytes);
    expect(geometry.size).toEqual([4, 3, 5]);
    geometry.spacing.forEach((mm, axis) => expect(mm).toBeCloseTo([0.8, 0.7, 2][axis], 6));
    expect(geometry.origin).toEqual([-10, -20, 0]);
    expect(elementType).toBe('int16');
    expect([...data]).toEqual(Array.from({ length: 60 }, (_, at) => 100 * Math.floor(at / 12) + (at % 12)));
    expect(index[0]).toMatchObject({ slices: 5, day: 0, plane: 'axial', error: null });
  });

  it('says when series began by the acquisition of their slices, not by their reconstruction', async () => {
    const phases = [1, 2, 3].flatMap((series) =>
      madeSeries(4, (at) => ({
        series,
        instance: `1.2.3.7.${series}.${at}`,
        extra: [
          element(TAG.SeriesDescription, 'LO', 't1_fl3d_dynaVIEWS'),
          element(TAG.SeriesTime, 'TM', `1030${10 + series}`),
          element(TAG.AcquisitionTime, 'TM', `10${15 + series}00`),
        ],
      })),
    );
    const { index } = await imported(asSources(phases));
    expect(index.map(({ kind, started }) => [kind, started])).toEqual([
      ['DCE', 0],
      ['DCE', 60],
      ['DCE', 120],
    ]);
  });

  it('gives the same bytes for any order and names of files', async () => {
    const series = [
      ...madeSeries(4),
      ...madeSeries(4, (at) => ({
        series: 2,
        instance: `1.2.3.5.${at}`,
        extra: [element(TAG.SeriesDescription, 'LO', 't2_tse_tra')],
      })),
    ];
    const first = await imported(asSources(series));
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(series, { minLength: 8 }), async (order) => {
        const again = await imported(asSources(order, (at) => `folder/${(at * 7919) % 13}.ima`));
        expect(again.files).toEqual(first.files);
        expect(again.index).toEqual(first.index);
      }),
      { seed: 18, numRuns: 12 },
    );
  });

  it('numbers studies by date and counts days from the first', async () => {
    const late = madeSeries(3, (at) => ({ study: 20, instance: `1.2.4.${at}` }));
    const { index } = await imported(asSources([...late, ...madeSeries(3)]));
    expect(index.map(({ study, day }) => [study, day])).toEqual([
      ['S1', 0],
      ['S2', 19],
    ]);
  });

  it('leaves out copies and says so, and does not mix two images of one identifier', async () => {
    const series = madeSeries(3);
    expect(await imported(asSources([...series, series[1]]))).toMatchObject({ copies: 1, skipped: [] });
    const forged = madeSlice({ z: 2, instance: '1.2.3.4.2', value: () => 7 });
    const { skipped, copies } = await imported(asSources([...series, forged]));
    expect(copies).toBe(0);
    expect(skipped).toEqual([expect.stringMatching(/one SOPInstanceUID and different pixels/)]);
  });

  it('applies the rescaling of each slice', async () => {
    const { files } = await imported(
      asSources(
        madeSeries(3, (at) => ({
          value: () => 10,
          extra: [
            element(TAG.RescaleSlope, 'DS', String(at + 0.5)),
            element(TAG.RescaleIntercept, 'DS', '-1'),
          ],
        })),
      ),
    );
    const { data, elementType } = await readVolume(files[0].bytes);
    expect(elementType).toBe('float32');
    expect([data[0], data[12], data[24]]).toEqual([4, 14, 24]);
  });

  it('keeps the other series when one makes no volume', async () => {
    const broken = madeSeries(5, (at) => ({ series: 2, instance: `1.2.9.${at}` })).filter(
      (_, at) => at !== 2,
    );
    const { files, index } = await imported(asSources([...madeSeries(3), ...broken]));
    expect(files).toHaveLength(1);
    expect(index.map(({ error }) => error?.code ?? null)).toEqual([null, 'dicom-slices']);
  });

  it('refuses a file whose identifier is a path, and one without place', async () => {
    const outside = madeSlice({ z: 0, instance: '../../../../etc/x' });
    const unplaced = madeSlice({ z: 0, instance: '1.2', extra: [element(TAG.ImagePosition, 'DS', '')] });
    const { skipped } = await imported(asSources([...madeSeries(3), outside, unplaced]));
    expect(skipped).toEqual([
      expect.stringMatching(/SOPInstanceUID .* no identifier/),
      expect.stringMatching(/ImagePosition .* is missing/),
    ]);
  });

  it('refuses a key that could be guessed', async () => {
    await expect(Pseudonyms.of(new Uint8Array(8))).rejects.toMatchObject({ code: 'option-invalid' });
  });

  it('gives other names under another key', async () => {
    const [a, b] = await Promise.all(
      [key, key.map((byte) => byte ^ 1)].map((secret) => imported(asSources(madeSeries(2)), secret)),
    );
    expect(a.index[0].patient).not.toBe(b.index[0].patient);
  });
});

describe('what identifies a patient', () => {
  it('is in no name and no file of an import, nor in a message', async () => {
    const sources = asSources(
      [
        ...madeSeries(3, () => ({ extra: planted() })),
        ...madeSeries(4, (at) => ({ series: 2, instance: `1.9.${at * at}`, z: at * at, extra: planted() })),
        madeSlice({
          z: 0,
          instance: '1.8',
          extra: planted([element(TAG.ImagePosition, 'DS', ['a', 'b', 'c'])]),
        }),
        madeSlice({ z: 0, instance: 'CANARY/1', extra: planted() }),
        madeSlice({
          z: 0,
          instance: '1.7',
          extra: planted([element(TAG.PhotometricInterpretation, 'CS', 'CANARY')]),
        }),
      ],
      (at) => `CANARY_path/${at}.dcm`,
    );
    const { files, index, skipped } = await imported(sources);
    expect(files.length).toBeGreaterThan(0);
    expect(index.some(({ error }) => error !== null)).toBe(true);
    const written = [
      ...files.map(({ path }) => path),
      ...files.map(({ bytes }) => new TextDecoder('latin1').decode(gunzip(bytes, 0, 1e6))),
      ...files.map(({ fingerprint }) => fingerprint),
      JSON.stringify(index),
      indexTable(index),
    ].join('\n');
    expect(written).not.toMatch(/CANARY/);
    expect(written).not.toContain('1.2.3.1');
    expect(written).not.toContain('20240101');
    expect(skipped.filter((message) => /CANARY\d/.test(message))).toEqual([]);
  });

  it('is taken out of descriptions, which keep the words of imaging', () => {
    expect(cleanDescription('Mueller Anna 12.03.61 ax T2_TSE FS b1000 pre')).toBe('ax T2 TSE FS b1000 pre');
    expect(cleanDescription('=HYPERLINK("x")')).toBe('');
  });
});
