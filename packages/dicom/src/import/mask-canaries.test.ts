import { gunzip, isGzip } from '@sentinode/volume';
import { describe, expect, it } from 'vitest';
import { TAG } from '../data-set/tags.ts';
import { deidentifyScan } from '../deidentify/deidentify-scan.ts';
import { writeSegmentation } from '../masks/write-segmentation.ts';
import { planted } from '../testing/canaries.ts';
import { asSources, madeSeries } from '../testing/series.ts';
import { element } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';
import { indexTable } from './index-table.ts';
import { planImport } from './plan.ts';
import { Pseudonyms } from './pseudonyms.ts';
import { runImport } from './run-import.ts';
import { type Scan, scanFiles } from './scan.ts';

const key = Pseudonyms.of(new TextEncoder().encode('a key of the tests, long enough'));
const images = madeSeries(3, () => ({
  extra: planted([element(0x00081140, 'SQ', [[element(0x00104000, 'LT', 'CANARY in a sequence')]])]),
}));

/** The patient of the images, whose issuer the structure set leaves out. */
const canaryId = String(planted().find(({ tag }) => tag === TAG.PatientID)!.value);

/** A segmentation of two segments whose names hold a person, in the study of the images. */
async function segmentation(): Promise<Uint8Array> {
  const scan = await scanFiles(asSources(images));
  const [{ volume }] = (await planImport(scan, await key)).volumes;
  const mask = (first: number) => ({
    geometry: volume.geometry,
    data: new Uint8Array(36).fill(1, first, first + 5),
  });
  return writeSegmentation(
    [
      { label: 'CANARY Mueller Anna tumour', mask: mask(2) },
      { label: 'CANARY^Jane', mask: mask(20) },
    ],
    {
      stack: volume,
      dataSet: async (index) => (await scan.open(index)).dataSet,
      version: '0',
      series: { number: 7, description: 'CANARY drawn by Dr. CANARY' },
    },
  );
}

/** A structure set that names persons, places and files wherever it can. */
const structures = writeDicom([
  ...planted().filter(({ tag }) => tag !== TAG.PatientID && tag !== TAG.IssuerOfPatientID),
  element(TAG.SOPClassUID, 'UI', '1.2.840.10008.5.1.4.1.1.481.3'),
  element(TAG.SOPInstanceUID, 'UI', '1.2.9.9'),
  element(TAG.StudyInstanceUID, 'UI', '1.2.3.1'),
  element(TAG.SeriesInstanceUID, 'UI', '1.2.3.1.55'),
  element(TAG.Modality, 'CS', 'RTSTRUCT'),
  element(TAG.PatientID, 'LO', canaryId),
  element(0x30060002, 'SH', 'CANARY label'),
  element(0x30060004, 'LO', 'CANARY name'),
  element(0x30060006, 'ST', 'CANARY description'),
  element(TAG.ReferencedFrameOfReferenceSequence, 'SQ', [
    [element(TAG.FrameOfReferenceUID, 'UI', '1.2.3.1.99'), element(0x00104000, 'LT', 'CANARY')],
  ]),
  element(TAG.StructureSetROISequence, 'SQ', [
    [
      element(TAG.ROINumber, 'IS', '1'),
      element(TAG.ROIName, 'LO', 'GTV CANARY Anna'),
      element(0x30060028, 'ST', 'CANARY'),
    ],
  ]),
  element(TAG.ROIContourSequence, 'SQ', [
    [
      element(TAG.ReferencedROINumber, 'IS', '1'),
      element(TAG.ContourSequence, 'SQ', [
        [
          element(TAG.ContourGeometricType, 'CS', 'CLOSED_PLANAR'),
          element(
            TAG.ContourData,
            'DS',
            [-10.3, -20.3, 2, -8.9, -20.3, 2, -8.9, -18.7, 2, -10.3, -18.7, 2].map(String),
          ),
        ],
      ]),
    ],
  ]),
  element(0x30060080, 'SQ', [[element(0x300600a6, 'PN', 'CANARY interpreter')]]),
]);

const latin = (bytes: Uint8Array): string =>
  new TextDecoder('latin1').decode(isGzip(bytes) ? gunzip(bytes, 0, 1e6) : bytes);
const everything = async (): Promise<Scan> =>
  scanFiles(asSources([...images, await segmentation(), structures], (at) => `CANARY_path/${at}`));

describe('names of persons in segmentations and structure sets', () => {
  it('are in no name, mask, description of labels or index of an import', async () => {
    const scan = await everything();
    const run = runImport(scan, await planImport(scan, await key));
    const written: string[] = [];
    let next = await run.next();
    for (; next.done !== true; next = await run.next())
      written.push(next.value.path, next.value.fingerprint, latin(next.value.bytes));
    const masks = next.value.filter(({ kind }) => kind === 'mask');
    expect(masks.map(({ error, regions }) => [error, regions?.map(({ name }) => name)])).toEqual([
      [null, ['tumour', '']],
      [null, ['GTV']],
    ]);
    const text = [...written, JSON.stringify(next.value), indexTable(next.value)].join('\n');
    expect(text.match(/.{0,20}(?:CANARY|Mueller|Anna|Jane).{0,10}/g)).toBeNull();
  });

  it.each([false, true])(
    'are in no copy without identifiers; private attributes kept: %s',
    async (keepPrivate) => {
      const scan = await everything();
      const plan = await planImport(scan, await key);
      const options = { dates: keepPrivate ? 'shift' : 'remove', keepAge: keepPrivate, keepPrivate } as const;
      const run = deidentifyScan(scan, plan, await key, options);
      const written: string[] = [];
      let next = await run.next();
      for (; next.done !== true; next = await run.next())
        written.push(next.value.path, next.value.fingerprint, latin(next.value.bytes));
      expect(next.value).toMatchObject({ patients: 1, files: 5, refused: [] });
      expect(written.join('\n').match(/.{0,20}(?:CANARY|Mueller|Anna|Jane).{0,10}/g)).toBeNull();
    },
  );
});
