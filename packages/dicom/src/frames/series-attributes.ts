import type { DataSet } from '../data-set/data-set.ts';
import { TAG } from '../data-set/tags.ts';
import { daysOfDate, secondsOf, secondsOfTime } from './clock.ts';
import { FrameView } from './frame-view.ts';

/** What the files of a series have in common. Identifiers stay in memory; nothing of them is written anywhere. */
export interface SeriesAttributes {
  /** Patient ID and, behind `^`, who issued it; a scan leaves the issuer out where it tells no two patients apart. */
  readonly patient: string;
  /** What two persons of one Patient ID seldom share; empty where the file does not say. */
  readonly birthDate: string;
  readonly sex: string;
  readonly study: string;
  readonly series: string;
  readonly frameOfReference: string | undefined;
  readonly sopClass: string;
  readonly modality: string;
  /** Days since 1 January 1970. */
  readonly studyDay: number | undefined;
  /** Seconds since 1 January 1970. */
  readonly studyTime: number | undefined;
  readonly seriesTime: number | undefined;
  readonly seriesNumber: number | undefined;
  readonly description: string;
  readonly protocol: string;
  readonly imageType: readonly string[];
  readonly manufacturer: string;
  readonly model: string;
  readonly deviceSerial: string;
  readonly fieldStrength: number | undefined;
  readonly scanningSequence: string;
  readonly sequenceName: string;
  readonly scanOptions: readonly string[];
  readonly repetitionTime: number | undefined;
  readonly echoTime: number | undefined;
  readonly inversionTime: number | undefined;
  readonly flipAngle: number | undefined;
  readonly sliceThickness: number | undefined;
  readonly contrastAgent: string;
  /** Time of the day when contrast was injected, seconds. */
  readonly injectedAt: number | undefined;
  readonly bodyPart: string;
  readonly laterality: string;
}

/**
 * Reads the attributes of a file's series.
 * @throws SentinodeError `dicom-attribute` for a file without study or series
 */
export function seriesAttributes(root: DataSet): SeriesAttributes {
  const first = new FrameView(root, 0);
  const text = (tag: number): string => root.text(tag) ?? '';
  const lenient = (read: () => number | undefined): number | undefined => {
    try {
      return read();
    } catch {
      // Nothing is computed from these; a damaged one is printed as missing.
      return undefined;
    }
  };
  const date = root.text(TAG.StudyDate);
  return {
    patient: [text(TAG.PatientID), text(TAG.IssuerOfPatientID)].join('^'),
    birthDate: text(TAG.PatientBirthDate),
    sex: text(TAG.PatientSex),
    study: root.neededText(TAG.StudyInstanceUID),
    series: root.neededText(TAG.SeriesInstanceUID),
    // Structure sets name theirs with the images that they were drawn on, often only there.
    frameOfReference:
      root.text(TAG.FrameOfReferenceUID) ??
      root.sequence(TAG.ReferencedFrameOfReferenceSequence)[0]?.text(TAG.FrameOfReferenceUID),
    sopClass: text(TAG.SOPClassUID),
    modality: text(TAG.Modality),
    studyDay: daysOfDate(date),
    studyTime: secondsOf(date, root.text(TAG.StudyTime)),
    seriesTime: secondsOf(date, root.text(TAG.SeriesTime)),
    seriesNumber: lenient(() => root.number(TAG.SeriesNumber)),
    description: text(TAG.SeriesDescription),
    protocol: text(TAG.ProtocolName),
    imageType: root.texts(TAG.ImageType),
    manufacturer: text(TAG.Manufacturer),
    model: text(TAG.ManufacturerModelName),
    deviceSerial: text(TAG.DeviceSerialNumber),
    fieldStrength: tesla(lenient(() => root.number(TAG.MagneticFieldStrength))),
    scanningSequence: root.texts(TAG.ScanningSequence).join(' '),
    sequenceName: text(TAG.SequenceName),
    scanOptions: root.texts(TAG.ScanOptions),
    repetitionTime: lenient(() => first.number(TAG.MRTimingAndRelatedParametersSequence, TAG.RepetitionTime)),
    echoTime: lenient(
      () => first.number(TAG.MREchoSequence, TAG.EffectiveEchoTime) ?? root.number(TAG.EchoTime),
    ),
    inversionTime: lenient(() => root.number(TAG.InversionTime)),
    flipAngle: lenient(() => first.number(TAG.MRTimingAndRelatedParametersSequence, TAG.FlipAngle)),
    sliceThickness: lenient(() => first.number(TAG.PixelMeasuresSequence, TAG.SliceThickness)),
    contrastAgent: text(TAG.ContrastBolusAgent),
    injectedAt: secondsOfTime(root.text(TAG.ContrastBolusStartTime)),
    bodyPart: text(TAG.BodyPartExamined),
    laterality: text(TAG.ImageLaterality) || text(TAG.Laterality),
  };
}

/** Old scanners write gauss. */
function tesla(value: number | undefined): number | undefined {
  return value !== undefined && value > 100 ? value / 10_000 : value;
}
