import { SentinodeError } from '@sentinode/core';
import { indexToWorld, type Volume } from '@sentinode/volume';
import { TAG } from '../data-set/tags.ts';
import { uidOf } from '../masks/uid.ts';
import { decimalString } from './decimal-string.ts';
import { element, type NewElement } from './write-element.ts';
import { writeDicom } from './write-file.ts';

const MR_IMAGE = '1.2.840.10008.5.1.4.1.1.4';

/** One volume of a series: all of it, a time point or a b-value. */
export interface NewVolume {
  /** Of whole numbers within 16 bits. */
  readonly volume: Volume;
  /** Time point, from 1, and seconds after the series began. */
  readonly phase?: { readonly number: number; readonly of: number; readonly seconds: number };
  /** s/mm2 */
  readonly bValue?: number;
}

/** A series of MR images to be written, one file a slice. Texts are in ASCII. */
export interface NewSeries {
  readonly patient: { readonly id: string; readonly name: string; readonly sex: 'F' | 'M' | 'O' };
  /** `yyyymmdd` and `hhmmss`; `key` tells the studies of a patient apart. */
  readonly study: {
    readonly key: string;
    readonly date: string;
    readonly time: string;
    readonly description: string;
  };
  readonly number: number;
  /** Seconds after the study's time at which the series began. */
  readonly started: number;
  readonly description: string;
  readonly equipment: { readonly manufacturer: string; readonly model: string; readonly tesla: number };
  readonly acquisition: {
    readonly scanningSequence: string;
    readonly sequenceVariant: string;
    readonly dimensions: '2D' | '3D';
    readonly repetitionTime: number;
    readonly echoTime: number;
    readonly flipAngle: number;
    readonly contrastAgent?: string;
  };
  readonly volumes: readonly NewVolume[];
  /** Whether the images are made up and show nobody (Quality Control Subject). */
  readonly madeUp: boolean;
}

/**
 * MR Image files of a series, volume by volume and slice by slice along the third axis. Instance numbers count in that
 * order; the same input gives the same bytes.
 * @throws SentinodeError `dicom-pixels` for values that 16 bits do not hold
 */
export async function writeImageSeries(series: NewSeries): Promise<Uint8Array[]> {
  const { patient, study } = series;
  const uid = (...parts: readonly (string | number)[]): Promise<string> =>
    uidOf(['image', patient.id, study.key, ...parts].join('|'));
  const [studyUid, seriesUid, frame] = await Promise.all([
    uid(),
    uid(series.number),
    uid('frame of reference'),
  ]);
  const common = [
    ...identity(series),
    element(TAG.StudyInstanceUID, 'UI', studyUid),
    element(TAG.SeriesInstanceUID, 'UI', seriesUid),
    element(TAG.FrameOfReferenceUID, 'UI', frame),
    ...acquisition(series),
  ];
  const files: Uint8Array[] = [];
  for (const one of series.volumes) {
    const whole = pixelsOf(one.volume);
    const [columns, rows, slices] = one.volume.geometry.size;
    for (let slice = 0; slice < slices; slice++) {
      const number = files.length + 1;
      files.push(
        writeDicom([
          ...common,
          element(TAG.SOPInstanceUID, 'UI', await uid(series.number, number)),
          element(TAG.InstanceNumber, 'IS', String(number)),
          ...ofVolume(series, one),
          ...ofSlice(one.volume, slice),
          element(
            TAG.PixelData,
            'OW',
            whole.slice(2 * slice * columns * rows, 2 * (slice + 1) * columns * rows),
          ),
        ]),
      );
    }
  }
  return files;
}

function identity({
  patient,
  study,
  number,
  started,
  description,
  equipment,
  madeUp,
}: NewSeries): NewElement[] {
  return [
    element(TAG.SOPClassUID, 'UI', MR_IMAGE),
    element(TAG.Modality, 'CS', 'MR'),
    element(TAG.StudyDate, 'DA', study.date),
    element(TAG.ContentDate, 'DA', study.date),
    element(TAG.AcquisitionDate, 'DA', study.date),
    element(TAG.StudyTime, 'TM', study.time),
    element(TAG.SeriesTime, 'TM', timeAfter(study.time, started)),
    element(TAG.AccessionNumber, 'SH', ''),
    element(TAG.ReferringPhysicianName, 'PN', ''),
    element(TAG.Manufacturer, 'LO', equipment.manufacturer),
    element(TAG.ManufacturerModelName, 'LO', equipment.model),
    element(TAG.StudyDescription, 'LO', study.description),
    element(TAG.SeriesDescription, 'LO', description),
    element(TAG.PatientName, 'PN', patient.name),
    element(TAG.PatientID, 'LO', patient.id),
    element(TAG.PatientBirthDate, 'DA', ''),
    element(TAG.PatientSex, 'CS', patient.sex),
    ...(madeUp ? [element(TAG.QualityControlSubject, 'CS', 'YES')] : []),
    element(TAG.StudyID, 'SH', ''),
    element(TAG.SeriesNumber, 'IS', String(number)),
    element(TAG.Laterality, 'CS', ''),
    element(TAG.PatientPosition, 'CS', 'FFP'),
    element(TAG.PositionReferenceIndicator, 'LO', ''),
  ];
}

function acquisition({ acquisition: of, equipment }: NewSeries): NewElement[] {
  return [
    ...(of.contrastAgent === undefined ? [] : [element(TAG.ContrastBolusAgent, 'LO', of.contrastAgent)]),
    element(TAG.ScanningSequence, 'CS', of.scanningSequence),
    element(TAG.SequenceVariant, 'CS', of.sequenceVariant),
    element(TAG.ScanOptions, 'CS', 'FS'),
    element(TAG.MRAcquisitionType, 'CS', of.dimensions),
    element(TAG.RepetitionTime, 'DS', decimalString(of.repetitionTime)),
    element(TAG.EchoTime, 'DS', decimalString(of.echoTime)),
    element(TAG.EchoTrainLength, 'IS', '1'),
    element(TAG.FlipAngle, 'DS', decimalString(of.flipAngle)),
    element(TAG.MagneticFieldStrength, 'DS', decimalString(equipment.tesla)),
    element(TAG.SamplesPerPixel, 'US', [1]),
    element(TAG.PhotometricInterpretation, 'CS', 'MONOCHROME2'),
    element(TAG.BitsAllocated, 'US', [16]),
  ];
}

function ofVolume({ study, started }: NewSeries, { volume, phase, bValue }: NewVolume): NewElement[] {
  const signed = volume.data.some((value) => value < 0);
  const time = timeAfter(study.time, started + (phase?.seconds ?? 0));
  return [
    element(TAG.ImageType, 'CS', ['ORIGINAL', 'PRIMARY', 'OTHER']),
    element(TAG.AcquisitionTime, 'TM', time),
    element(TAG.ContentTime, 'TM', time),
    element(TAG.AcquisitionNumber, 'IS', String(phase?.number ?? 1)),
    ...(phase === undefined
      ? []
      : [
          element(TAG.TemporalPositionIdentifier, 'IS', String(phase.number)),
          element(TAG.NumberOfTemporalPositions, 'IS', String(phase.of)),
        ]),
    ...(bValue === undefined ? [] : [element(TAG.DiffusionBValue, 'FD', [bValue])]),
    element(TAG.BitsStored, 'US', [16]),
    element(TAG.HighBit, 'US', [15]),
    element(TAG.PixelRepresentation, 'US', [signed ? 1 : 0]),
  ];
}

function ofSlice({ geometry }: Volume, slice: number): NewElement[] {
  const { size, spacing, direction } = geometry;
  const cosines = [0, 1].flatMap((axis) => [0, 3, 6].map((row) => decimalString(direction[row + axis])));
  return [
    element(TAG.Rows, 'US', [size[1]]),
    element(TAG.Columns, 'US', [size[0]]),
    element(TAG.PixelSpacing, 'DS', [decimalString(spacing[1]), decimalString(spacing[0])]),
    element(TAG.SliceThickness, 'DS', decimalString(spacing[2])),
    element(TAG.SpacingBetweenSlices, 'DS', decimalString(spacing[2])),
    element(TAG.ImageOrientation, 'DS', cosines),
    element(TAG.ImagePosition, 'DS', indexToWorld(geometry, [0, 0, slice]).map(decimalString)),
  ];
}

/** Pixels in little endian, two bytes each. */
function pixelsOf({ data }: Volume): Uint8Array {
  const bytes = new Uint8Array(2 * data.length);
  const view = new DataView(bytes.buffer);
  const signed = data.some((value) => value < 0);
  for (let at = 0; at < data.length; at++) {
    const value = data[at];
    if (!Number.isInteger(value) || value < (signed ? -32_768 : 0) || value > (signed ? 32_767 : 65_535))
      throw new SentinodeError(
        'dicom-pixels',
        `The image holds the value ${value}, and a slice of 16 bits holds whole numbers from -32768 to 32767 or from 0 to 65535.`,
      );
    view.setUint16(2 * at, value & 0xffff, true);
  }
  return bytes;
}

/** `hhmmss` some seconds later, within the day. */
function timeAfter(time: string, seconds: number): string {
  const start = Number(time.slice(0, 2)) * 3600 + Number(time.slice(2, 4)) * 60 + Number(time.slice(4, 6));
  const total = Math.min(86_399, start + Math.round(seconds));
  return [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
}
