import { SentinodeError, sha256 } from '@sentinode/core';
import { assertSameGrid, type Mask } from '@sentinode/volume';
import type { DataSet } from '../data-set/data-set.ts';
import { TAG } from '../data-set/tags.ts';
import type { Stack } from '../series/stack-geometry.ts';
import { decimalString } from '../write/decimal-string.ts';
import { element, type NewElement } from '../write/write-element.ts';
import { writeDicom } from '../write/write-file.ts';
import { uidOf } from './uid.ts';

/** A region to be written as a segment. */
export interface NewSegment {
  readonly label: string;
  readonly mask: Mask;
}

export interface SegmentationSource {
  /** The volume that the regions were drawn on. */
  readonly stack: Stack;
  /** Data set of the file with an index, as the slices of the stack name it. */
  readonly dataSet: (source: number) => Promise<DataSet>;
  /** Program and version, for the equipment that made the file. */
  readonly version: string;
  /** Number and description of the new series; several readers have several. */
  readonly series?: { readonly number: number; readonly description: string };
}

const SEGMENTATION = '1.2.840.10008.5.1.4.1.1.66.4';
const CODES = {
  abnormal: ['49755003', 'SCT', 'Morphologically Abnormal Structure'],
  mass: ['4147007', 'SCT', 'Mass'],
  segmentation: ['113076', 'DCM', 'Segmentation'],
  source: ['121322', 'DCM', 'Source image for image processing operation'],
} as const;

const LONGEST: Readonly<Record<string, number | undefined>> = { SH: 16, LO: 64, CS: 16 };

/** Attributes of patient, study and frame of reference that the file takes over, with what stands for a missing one. */
const taken: readonly (readonly [tag: number, vr: string])[] = [
  [TAG.SpecificCharacterSet, 'CS'],
  [TAG.StudyDate, 'DA'],
  [TAG.StudyTime, 'TM'],
  [TAG.AccessionNumber, 'SH'],
  [TAG.ReferringPhysicianName, 'PN'],
  [TAG.PatientName, 'PN'],
  [TAG.PatientID, 'LO'],
  [TAG.IssuerOfPatientID, 'LO'],
  [TAG.PatientBirthDate, 'DA'],
  [TAG.PatientSex, 'CS'],
  [TAG.StudyInstanceUID, 'UI'],
  [TAG.StudyID, 'SH'],
  [TAG.FrameOfReferenceUID, 'UI'],
  [TAG.PositionReferenceIndicator, 'LO'],
];

/**
 * A DICOM SEG (binary, one bit per voxel) of regions on the grid of a series, in the series' own study, so that an
 * archive shows it over the images. Only slices with marked voxels become frames. The same input gives the same bytes.
 * @throws SentinodeError `mask-size`, `mask-geometry` for a region on another grid, `mask-empty` for one without voxels
 */
export async function writeSegmentation(
  segments: readonly NewSegment[],
  source: SegmentationSource,
): Promise<Uint8Array> {
  const { stack } = source;
  for (const { label, mask } of segments) {
    assertSameGrid(stack, mask);
    if (!mask.data.includes(1))
      throw new SentinodeError(
        'mask-empty',
        `The region "${label}" has no voxel, and an empty segment cannot be shown.`,
      );
  }
  const first = await source.dataSet(stack.slices[0].source);
  const instances = await instancesOf(source);
  const content = await sha256(
    `${instances.map(({ instance }) => instance).join()}|${await hashOf(segments)}${source.series === undefined ? '' : `|${source.series.number}`}`,
  );
  const [seriesUid, instanceUid, organisation] = await Promise.all(
    ['series', 'instance', 'dimensions'].map((what) => uidOf(`${what}|${content}`)),
  );
  const frames = framesOf(segments, stack);
  const [columns, rows] = stack.geometry.size;
  return writeDicom([
    ...taken.flatMap(([tag, vr]) => takenOver(first, tag, vr)),
    element(TAG.SOPClassUID, 'UI', SEGMENTATION),
    element(TAG.SOPInstanceUID, 'UI', instanceUid),
    element(TAG.SeriesInstanceUID, 'UI', seriesUid),
    element(TAG.Modality, 'CS', 'SEG'),
    element(TAG.SeriesNumber, 'IS', String(source.series?.number ?? 9000)),
    element(TAG.InstanceNumber, 'IS', '1'),
    element(TAG.SeriesDescription, 'LO', source.series?.description ?? 'Segmentation'),
    element(TAG.ContentDate, 'DA', first.text(TAG.ContentDate) ?? first.text(TAG.StudyDate) ?? '19700101'),
    element(TAG.ContentTime, 'TM', first.text(TAG.ContentTime) ?? first.text(TAG.StudyTime) ?? '000000'),
    element(TAG.Manufacturer, 'LO', 'Sentinode'),
    element(TAG.ManufacturerModelName, 'LO', 'Sentinode, research use only'),
    element(TAG.DeviceSerialNumber, 'LO', '0'),
    element(TAG.SoftwareVersions, 'LO', source.version),
    element(TAG.ImageType, 'CS', ['DERIVED', 'PRIMARY']),
    element(TAG.ContentLabel, 'CS', 'SEGMENTATION'),
    element(TAG.ContentDescription, 'LO', 'Research use only'),
    element(TAG.ContentCreatorName, 'PN', ''),
    element(TAG.LossyImageCompression, 'CS', '00'),
    element(TAG.SegmentationType, 'CS', 'BINARY'),
    element(
      TAG.SegmentSequence,
      'SQ',
      segments.map(({ label }, at) => describe(label, at + 1)),
    ),
    element(TAG.DimensionOrganizationSequence, 'SQ', [
      [element(TAG.DimensionOrganizationUID, 'UI', organisation)],
    ]),
    element(TAG.DimensionIndexSequence, 'SQ', [
      dimension(organisation, TAG.ReferencedSegmentNumber, TAG.SegmentIdentificationSequence),
      dimension(organisation, TAG.ImagePosition, TAG.PlanePositionSequence),
    ]),
    element(TAG.SharedFunctionalGroupsSequence, 'SQ', [sharedGroups(stack)]),
    element(
      TAG.PerFrameFunctionalGroupsSequence,
      'SQ',
      frames.map((frame) => frameGroups(frame, stack, instances[frame.slice])),
    ),
    element(TAG.ReferencedSeriesSequence, 'SQ', [
      [
        element(TAG.SeriesInstanceUID, 'UI', first.neededText(TAG.SeriesInstanceUID)),
        element(
          TAG.ReferencedInstanceSequence,
          'SQ',
          [...new Map(instances.map((one) => [one.instance, one])).values()].map((one) =>
            reference({ ...one, frame: undefined }),
          ),
        ),
      ],
    ]),
    element(TAG.SamplesPerPixel, 'US', [1]),
    element(TAG.PhotometricInterpretation, 'CS', 'MONOCHROME2'),
    element(TAG.NumberOfFrames, 'IS', String(frames.length)),
    element(TAG.Rows, 'US', [rows]),
    element(TAG.Columns, 'US', [columns]),
    element(TAG.BitsAllocated, 'US', [1]),
    element(TAG.BitsStored, 'US', [1]),
    element(TAG.HighBit, 'US', [0]),
    element(TAG.PixelRepresentation, 'US', [0]),
    element(TAG.PixelData, 'OB', packed(frames, segments, columns * rows)),
  ]);
}

interface Frame {
  readonly segment: number;
  readonly slice: number;
}

/** A source image: its class and instance, and the frame where it has several. */
interface Instance {
  readonly sopClass: string;
  readonly instance: string;
  readonly frame: number | undefined;
}

async function instancesOf({ stack, dataSet }: SegmentationSource): Promise<Instance[]> {
  const found: Instance[] = [];
  for (const { source, instance, frame } of stack.slices) {
    const root = await dataSet(source);
    const several = (root.number(TAG.NumberOfFrames) ?? 1) > 1;
    found.push({
      sopClass: root.neededText(TAG.SOPClassUID),
      instance,
      frame: several ? frame + 1 : undefined,
    });
  }
  return found;
}

async function hashOf(segments: readonly NewSegment[]): Promise<string> {
  const parts = await Promise.all(
    segments.map(async ({ label, mask }) => `${label}|${await sha256(mask.data)}`),
  );
  return parts.join('|');
}

function framesOf(segments: readonly NewSegment[], { geometry }: Stack): Frame[] {
  const plane = geometry.size[0] * geometry.size[1];
  return segments.flatMap(({ mask }, segment) =>
    Array.from({ length: geometry.size[2] }, (_, slice) => ({ segment, slice })).filter(({ slice }) =>
      mask.data.subarray(slice * plane, (slice + 1) * plane).includes(1),
    ),
  );
}

function takenOver(first: DataSet, tag: number, vr: string): NewElement[] {
  const found = first.get(tag);
  if (found === undefined && tag === TAG.SpecificCharacterSet) return [];
  // A value that is too long for its representation would make the new file invalid too; these may be empty.
  const fits = found === undefined || found.bytes.length <= (LONGEST[vr] ?? Number.POSITIVE_INFINITY);
  return [element(tag, vr, fits ? (found?.bytes ?? '') : '')];
}

function describe(label: string, number: number): NewElement[] {
  return [
    element(TAG.SegmentNumber, 'US', [number]),
    element(TAG.SegmentLabel, 'LO', plainText(label).slice(0, 64)),
    element(TAG.SegmentAlgorithmType, 'CS', 'MANUAL'),
    element(TAG.SegmentedPropertyCategoryCodeSequence, 'SQ', [code(CODES.abnormal)]),
    element(TAG.SegmentedPropertyTypeCodeSequence, 'SQ', [code(CODES.mass)]),
  ];
}

/** Text for any character set, as the file has that of its images; a backslash would divide values. */
function plainText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/\\/g, '/')
    .replace(/[^\x20-\x7e]/g, '?');
}

function code([value, scheme, meaning]: readonly [string, string, string]): NewElement[] {
  return [
    element(TAG.CodeValue, 'SH', value),
    element(TAG.CodingSchemeDesignator, 'SH', scheme),
    element(TAG.CodeMeaning, 'LO', meaning),
  ];
}

function dimension(organisation: string, pointer: number, group: number): NewElement[] {
  return [
    element(TAG.DimensionOrganizationUID, 'UI', organisation),
    element(TAG.DimensionIndexPointer, 'AT', [pointer]),
    element(TAG.FunctionalGroupPointer, 'AT', [group]),
  ];
}

function sharedGroups({ geometry, slices }: Stack): NewElement[] {
  const { spacing } = geometry;
  const [{ rowDirection, columnDirection }] = slices;
  return [
    element(TAG.PixelMeasuresSequence, 'SQ', [
      [
        element(TAG.PixelSpacing, 'DS', [decimalString(spacing[1]), decimalString(spacing[0])]),
        element(TAG.SliceThickness, 'DS', decimalString(spacing[2])),
        element(TAG.SpacingBetweenSlices, 'DS', decimalString(spacing[2])),
      ],
    ]),
    element(TAG.PlaneOrientationSequence, 'SQ', [
      [element(TAG.ImageOrientation, 'DS', [...rowDirection, ...columnDirection].map(decimalString))],
    ]),
  ];
}

function frameGroups({ segment, slice }: Frame, { slices }: Stack, instance: Instance): NewElement[] {
  return [
    element(TAG.FrameContentSequence, 'SQ', [
      [element(TAG.DimensionIndexValues, 'UL', [segment + 1, slice + 1])],
    ]),
    element(TAG.PlanePositionSequence, 'SQ', [
      [element(TAG.ImagePosition, 'DS', slices[slice].position.map(decimalString))],
    ]),
    element(TAG.SegmentIdentificationSequence, 'SQ', [
      [element(TAG.ReferencedSegmentNumber, 'US', [segment + 1])],
    ]),
    element(TAG.DerivationImageSequence, 'SQ', [
      [
        element(TAG.DerivationCodeSequence, 'SQ', [code(CODES.segmentation)]),
        element(TAG.SourceImageSequence, 'SQ', [
          [...reference(instance), element(TAG.PurposeOfReferenceCodeSequence, 'SQ', [code(CODES.source)])],
        ]),
      ],
    ]),
  ];
}

function reference({ sopClass, instance, frame }: Instance): NewElement[] {
  return [
    element(TAG.ReferencedSOPClassUID, 'UI', sopClass),
    element(TAG.ReferencedSOPInstanceUID, 'UI', instance),
    ...(frame === undefined ? [] : [element(TAG.ReferencedFrameNumber, 'IS', String(frame))]),
  ];
}

/** One bit per voxel from the lowest bit on, frames without padding between them. */
function packed(frames: readonly Frame[], segments: readonly NewSegment[], plane: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((frames.length * plane) / 8));
  frames.forEach(({ segment, slice }, frame) => {
    const { data } = segments[segment].mask;
    for (let at = 0; at < plane; at++) {
      if (data[slice * plane + at] === 0) continue;
      const bit = frame * plane + at;
      bytes[bit >> 3] |= 1 << (bit & 7);
    }
  });
  return bytes;
}
