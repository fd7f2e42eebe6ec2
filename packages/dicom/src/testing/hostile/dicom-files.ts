import { deflateSync } from 'fflate';
import { readDicom } from '../../data-set/read-file.ts';
import { TAG } from '../../data-set/tags.ts';
import { listedFiles } from '../../import/directory-file.ts';
import { element, type NewElement } from '../../write/write-element.ts';
import { writeDicom } from '../../write/write-file.ts';
import { concat, file, nested, text } from '../bytes.ts';
import { asSources, madeSeries, madeSlice } from '../series.ts';
import { changed, type HostilePoint, importing, type Outcome, outcomeOf } from './outcome.ts';

const alone = (...extra: NewElement[]): Promise<Outcome> =>
  importing(asSources([madeSlice({ z: 0, instance: '1.2.3.4', extra })]));
const sequences = (depth: number): NewElement[] =>
  depth === 0 ? [] : [element(TAG.SegmentSequence, 'SQ', [sequences(depth - 1)])];

/** Bytes of the preamble and the file meta information. */
const metaLength = (bytes: Uint8Array): number => 144 + new DataView(bytes.buffer).getUint32(140, true);
const inSyntax = (syntax: string, ...extra: NewElement[]): Uint8Array => {
  const plain = readDicom(madeSlice({ z: 0, instance: '1.2.3.4' }));
  const replaced = new Set(extra.map(({ tag }) => tag));
  const kept = [...plain.dataSet.elements.values()].flatMap(({ tag, vr, bytes }) =>
    replaced.has(tag) || tag === TAG.PixelData ? [] : [{ tag, vr, value: bytes }],
  );
  // Group 2 takes both UIDs as text.
  const named = kept.map((one) =>
    one.vr === 'UI' ? element(one.tag, 'UI', plain.dataSet.text(one.tag) ?? '') : one,
  );
  return writeDicom([...named, ...extra], syntax);
};
const DEFLATED = '1.2.840.10008.1.2.1.99';
const RLE = '1.2.840.10008.1.2.5';
const JPEG_BASELINE = '1.2.840.10008.1.2.4.50';
const LOSSLESS = '1.2.840.10008.1.2.4.70';

function deflated(behind: number): Uint8Array {
  const bytes = inSyntax(DEFLATED, element(TAG.PixelData, 'OW', new Uint8Array(24)));
  const from = metaLength(bytes);
  return concat(bytes.subarray(0, from), deflateSync(concat(bytes.subarray(from), new Uint8Array(behind))));
}

/** Two frames of 12 pixels of one value each, packed by runs; the offset table is as given. */
function twoFrames(
  table: readonly number[],
  change: (frame: Uint8Array) => Uint8Array = (f) => f,
): Uint8Array {
  const frame = (value: number): Uint8Array => {
    const bytes = new Uint8Array(70);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 2, true);
    view.setUint32(4, 64, true);
    view.setUint32(8, 66, true);
    // 257 - 245 copies of a byte: high bytes, then low bytes.
    bytes.set([245, 0, 245, value], 64);
    return bytes;
  };
  return inSyntax(
    RLE,
    element(TAG.NumberOfFrames, 'IS', '2'),
    element(
      TAG.PerFrameFunctionalGroupsSequence,
      'SQ',
      ['0', '2'].map((z) => [
        element(TAG.PlanePositionSequence, 'SQ', [[element(TAG.ImagePosition, 'DS', ['0', '0', z])]]),
      ]),
    ),
    element(TAG.PixelData, 'OB', {
      table: new Uint8Array(Uint32Array.from(table).buffer),
      fragments: [change(frame(7)), frame(9)],
    }),
  );
}
const encapsulated = (syntax: string, ...fragments: number[][]): Promise<Outcome> =>
  importing(
    asSources([
      inSyntax(
        syntax,
        element(TAG.PixelData, 'OB', {
          table: new Uint8Array(0),
          fragments: fragments.map((one) => Uint8Array.from(one)),
        }),
      ),
    ]),
  );

/** Files as such: 11 to 16, 21 and 22 of the list. */
export const dicomFilePoints: readonly HostilePoint[] = [
  {
    point: 11,
    input: 'more rows than pixels',
    outcome: () => alone(element(TAG.Rows, 'US', [65_535])),
    expected: '0 volumes; left out dicom-damaged',
  },
  {
    point: 11,
    input: 'rows, columns and frames beyond memory',
    outcome: () =>
      alone(
        element(TAG.Rows, 'US', [65_535]),
        element(TAG.Columns, 'US', [65_535]),
        element(TAG.NumberOfFrames, 'IS', '2000000000'),
      ),
    expected: '0 volumes; left out too-large',
  },
  {
    point: 11,
    input: 'two billion frames of one pixel',
    outcome: () =>
      alone(
        element(TAG.Rows, 'US', [1]),
        element(TAG.Columns, 'US', [1]),
        element(TAG.NumberOfFrames, 'IS', '2000000000'),
      ),
    expected: '0 volumes; left out dicom-damaged',
  },
  {
    point: 11,
    input: 'three samples per pixel and pixels for one',
    outcome: () => alone(element(TAG.SamplesPerPixel, 'US', [3])),
    expected: '0 volumes; left out dicom-pixels',
  },
  {
    point: 11,
    input: 'no rows',
    outcome: () => alone(element(TAG.Rows, 'US', [0])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 12,
    input: 'rows as UL',
    outcome: () => alone(element(TAG.Rows, 'UL', [3])),
    expected: '1 volume',
  },
  {
    point: 12,
    input: 'two numbers of rows: the first counts',
    outcome: () => alone(element(TAG.Rows, 'US', [3, 3])),
    expected: '1 volume',
  },
  {
    point: 12,
    input: 'a pixel spacing of one number',
    outcome: () => alone(element(TAG.PixelSpacing, 'DS', ['0.7'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 12,
    input: 'a position of two numbers',
    outcome: () => alone(element(TAG.ImagePosition, 'DS', ['0', '0'])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 12,
    input: 'rows of three bytes',
    outcome: () => alone(element(TAG.Rows, 'UN', new Uint8Array(3))),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 13,
    input: 'sequences 70 deep',
    outcome: () => alone(...sequences(70)),
    expected: '0 volumes; left out dicom-damaged',
  },
  {
    point: 13,
    input: 'sequences 100,000 deep, none of which ends',
    outcome: () => importing(asSources([file([text(TAG.SOPClassUID, 'UI', '1.2.3'), nested(100_000)])])),
    expected: '0 volumes; left out dicom-damaged',
  },
  {
    point: 14,
    input: 'no SOP Instance UID',
    outcome: () => importing(asSources([madeSlice({ z: 0, instance: '' })])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 14,
    input: 'one SOP Instance UID with two contents',
    outcome: () =>
      importing(asSources([madeSlice({ z: 0, instance: '1.2' }), madeSlice({ z: 2, instance: '1.2' })])),
    expected: '1 volume; left out dicom-attribute',
  },
  {
    point: 14,
    input: 'one file twice',
    outcome: () => importing(asSources([...madeSeries(3), ...madeSeries(3)])),
    expected: '1 volume',
  },
  {
    point: 15,
    input: 'a UID that is a path',
    outcome: () => importing(asSources([madeSlice({ z: 0, instance: '../../etc/passwd' })])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 15,
    input: 'a UID of 80 digits',
    outcome: () => importing(asSources([madeSlice({ z: 0, instance: `1.${'2'.repeat(78)}` })])),
    expected: '0 volumes; left out dicom-attribute',
  },
  {
    point: 15,
    input: 'UIDs of study and series that are paths: they name no file',
    outcome: () =>
      alone(
        element(TAG.StudyInstanceUID, 'UI', '../../..'),
        element(TAG.SeriesInstanceUID, 'UI', 'C:\\x'),
        element(TAG.SeriesDescription, 'LO', '../../t2/..\\..'),
        element(TAG.PatientID, 'LO', '../../../root'),
      ),
    expected: '1 volume',
  },
  {
    point: 16,
    input: 'an unknown transfer syntax',
    outcome: () => importing(asSources([inSyntax('1.2.840.113619.5.2')])),
    expected: '0 volumes; left out dicom-syntax',
  },
  {
    point: 16,
    input: 'a deflated data set with 6 MB of zeros behind it',
    outcome: () => importing(asSources([deflated(6e6)])),
    expected: '1 volume',
  },
  {
    point: 16,
    input: 'a deflated data set that is cut off',
    outcome: () => importing(asSources([deflated(0).subarray(0, -20)])),
    expected: '0 volumes; left out volume-truncated',
  },
  {
    point: 16,
    input: 'an offset table that fits',
    outcome: () => importing(asSources([twoFrames([0, 78])])),
    expected: '1 volume',
  },
  {
    point: 16,
    input: 'an offset table that points into a frame',
    outcome: () => importing(asSources([twoFrames([0, 40])])),
    expected: '0 volumes; refused dicom-pixels',
  },
  {
    point: 16,
    input: 'RLE that claims segments outside its frame',
    outcome: () =>
      importing(
        asSources([
          inSyntax(
            RLE,
            element(TAG.PixelData, 'OB', {
              table: new Uint8Array(0),
              fragments: [
                changed(new Uint8Array(80), (view) =>
                  [2, 64, 0x7fffffff].map((v, k) => view.setUint32(4 * k, v, true)),
                ),
              ],
            }),
          ),
        ]),
      ),
    expected: '0 volumes; refused dicom-pixels',
  },
  {
    point: 16,
    input: 'RLE that is cut off in a run',
    outcome: () => encapsulated(RLE, [2, 0, 0, 0, 64, 0, 0, 0, 65, 0, 0, 0, ...Array(52).fill(0), 245, 1]),
    expected: '0 volumes; refused dicom-pixels',
  },
  {
    point: 16,
    input: 'a JPEG that is cut off behind its beginning',
    outcome: () => encapsulated(JPEG_BASELINE, [0xff, 0xd8, 0xff, 0xdb, 0, 67]),
    expected: '0 volumes; refused dicom-pixels; warned lossy',
  },
  {
    point: 16,
    input: 'a lossless JPEG that is cut off',
    outcome: () => encapsulated(LOSSLESS, [0xff, 0xd8, 0xff, 0xc3, 0, 11, 16, 0, 3, 0, 4, 1]),
    expected: '0 volumes; refused dicom-pixels',
  },
  {
    point: 16,
    input: 'compressed pixels without any fragment',
    outcome: () => encapsulated(LOSSLESS),
    expected: '0 volumes; left out dicom-pixels',
  },
  {
    point: 21,
    input: 'a character set that does not exist, and text padded with NUL',
    outcome: () =>
      alone(
        element(TAG.SpecificCharacterSet, 'CS', 'KLINGON'),
        element(TAG.SeriesDescription, 'LO', 't2\0\0'),
      ),
    expected: '1 volume',
  },
  {
    point: 21,
    input: 'a private element without representation',
    outcome: () => alone(element(0x00110010, 'LO', 'X'), element(0x00111001, 'UN', new Uint8Array(7))),
    expected: '1 volume',
  },
  {
    point: 22,
    input: 'a DICOMDIR that leads out of its folder',
    outcome: () =>
      outcomeOf(async () =>
        listedFiles(
          readDicom(
            writeDicom([
              element(TAG.SOPClassUID, 'UI', '1.2.840.10008.1.3.10'),
              element(TAG.SOPInstanceUID, 'UI', '1.2'),
              element(TAG.DirectoryRecordSequence, 'SQ', [
                [element(TAG.ReferencedFileID, 'CS', ['..', 'ETC'])],
              ]),
            ]),
          ),
        ),
      ),
    expected: 'path-outside',
  },
];
