import { TAG } from '../data-set/tags.ts';
import type { FileSource } from '../import/scan.ts';
import { element, type NewElement } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';

/** A slice of a made-up MR series of 4 x 3 pixels; `extra` elements replace those of the same tag. */
export interface MadeSlice {
  readonly z: number;
  readonly series?: number;
  readonly study?: number;
  readonly patient?: string;
  readonly instance: string;
  readonly value?: (pixel: number) => number;
  readonly extra?: readonly NewElement[];
  /** Tags that are left out. */
  readonly without?: readonly number[];
}

export function madeSlice({
  z,
  series = 1,
  study = 1,
  patient = 'A1',
  instance,
  value = (p) => p,
  extra = [],
  without = [],
}: MadeSlice): Uint8Array {
  const pixels = Int16Array.from({ length: 12 }, (_, pixel) => value(pixel));
  const standard = [
    element(TAG.SOPClassUID, 'UI', MR_IMAGE),
    element(TAG.SOPInstanceUID, 'UI', instance),
    element(TAG.StudyInstanceUID, 'UI', `1.2.3.${study}`),
    element(TAG.SeriesInstanceUID, 'UI', `1.2.3.${study}.${series}`),
    element(TAG.FrameOfReferenceUID, 'UI', `1.2.3.${study}.99`),
    element(TAG.StudyDate, 'DA', `202401${String(study).padStart(2, '0')}`),
    element(TAG.StudyTime, 'TM', '101500'),
    element(TAG.SeriesTime, 'TM', `10${String(20 + series)}00`),
    element(TAG.Modality, 'CS', 'MR'),
    element(TAG.ImageType, 'CS', ['ORIGINAL', 'PRIMARY', 'M']),
    element(TAG.PatientID, 'LO', patient),
    element(TAG.SeriesNumber, 'IS', String(series)),
    element(TAG.InstanceNumber, 'IS', '1'),
    element(TAG.SliceThickness, 'DS', '2'),
    element(TAG.ImagePosition, 'DS', ['-10', '-20', String(z)]),
    element(TAG.ImageOrientation, 'DS', ['1', '0', '0', '0', '1', '0']),
    element(TAG.PixelSpacing, 'DS', ['0.7', '0.8']),
    element(TAG.SamplesPerPixel, 'US', [1]),
    element(TAG.PhotometricInterpretation, 'CS', 'MONOCHROME2'),
    element(TAG.Rows, 'US', [3]),
    element(TAG.Columns, 'US', [4]),
    element(TAG.BitsAllocated, 'US', [16]),
    element(TAG.BitsStored, 'US', [16]),
    element(TAG.HighBit, 'US', [15]),
    element(TAG.PixelRepresentation, 'US', [1]),
    element(TAG.PixelData, 'OW', new Uint8Array(pixels.buffer)),
  ];
  const replaced = new Set([...without, ...extra.map(({ tag }) => tag)]);
  return writeDicom([...standard.filter(({ tag }) => !replaced.has(tag)), ...extra]);
}

/** A series of `count` slices 2 mm apart. */
export function madeSeries(
  count: number,
  changes: (at: number) => Partial<MadeSlice> = () => ({}),
): Uint8Array[] {
  return Array.from({ length: count }, (_, at) =>
    madeSlice({ z: 2 * at, instance: `1.2.3.4.${at + 1}`, ...changes(at) }),
  );
}

export function asSources(files: readonly Uint8Array[], name: (at: number) => string = String): FileSource[] {
  return files.map((bytes, at) => ({ path: name(at), read: async () => bytes }));
}
