import { SentinodeError } from '@sentinode/core';
import type { DataSet } from '../data-set/data-set.ts';
import type { DicomFile } from '../data-set/read-file.ts';
import { TAG, tagName } from '../data-set/tags.ts';

/** How the pixels of a file are stored. */
export interface PixelLayout {
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  /** Bits that one pixel takes: 1, 8, 16, 32 or 64. */
  readonly bitsAllocated: number;
  /** Bits that hold the value, and the highest of them. */
  readonly bitsStored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly float: boolean;
  /** MONOCHROME1: the lowest value is white. Values are read as they are; only their display is turned round. */
  readonly inverted: boolean;
}

/** Most pixels of one file; 8 bytes each are 16 GiB, and no scanner's file comes near. */
const MOST_PIXELS = 2 ** 31;

/** Element that holds the pixels, with its kind. */
export function pixelElement(dataSet: DataSet): { tag: number; float: boolean } | undefined {
  if (dataSet.get(TAG.PixelData) !== undefined) return { tag: TAG.PixelData, float: false };
  if (dataSet.get(TAG.FloatPixelData) !== undefined) return { tag: TAG.FloatPixelData, float: true };
  if (dataSet.get(TAG.DoubleFloatPixelData) !== undefined)
    return { tag: TAG.DoubleFloatPixelData, float: true };
  return undefined;
}

/**
 * Reads how pixels are stored and refuses what cannot be: sizes of 0, colour, sizes beyond the limit, bits that do
 * not fit. That the pixels are there is checked by whoever takes them.
 * @throws SentinodeError `dicom-attribute`, `dicom-pixels`, `too-large`
 */
export function pixelLayout(dataSet: DataSet): PixelLayout {
  const element = pixelElement(dataSet);
  if (element === undefined)
    throw new SentinodeError('dicom-pixels', 'The file holds no pixels; it is no image.', {
      field: tagName(TAG.PixelData),
    });
  const rows = positive(dataSet, TAG.Rows);
  const columns = positive(dataSet, TAG.Columns);
  const frames = dataSet.has(TAG.NumberOfFrames) ? positive(dataSet, TAG.NumberOfFrames) : 1;
  if (rows * columns * frames > MOST_PIXELS) {
    throw new SentinodeError(
      'too-large',
      `The file declares ${columns} x ${rows} pixels in ${frames} frame${frames === 1 ? '' : 's'}, more than can be read. Its header is damaged.`,
      { field: tagName(TAG.Rows) },
    );
  }
  const samples = dataSet.number(TAG.SamplesPerPixel) ?? 1;
  const photometric = dataSet.text(TAG.PhotometricInterpretation) ?? 'MONOCHROME2';
  // The palette of a label map only says how segments are shown; its values are their numbers.
  const labels = photometric === 'PALETTE COLOR' && dataSet.text(TAG.SegmentationType) === 'LABELMAP';
  if (samples !== 1 || !(labels || photometric.startsWith('MONOCHROME'))) {
    throw new SentinodeError(
      'dicom-pixels',
      `The image is in colour (${photometric.replace(/[^A-Z0-9_ ]/g, '?').slice(0, 16)}) and holds no measurements; it is a picture of results or a screenshot.`,
      { field: tagName(TAG.PhotometricInterpretation) },
    );
  }
  const bitsAllocated = dataSet.neededNumber(TAG.BitsAllocated);
  if (![1, 8, 16, 32, 64].includes(bitsAllocated) || (bitsAllocated === 64 && !element.float)) {
    throw new SentinodeError(
      'dicom-pixels',
      `Pixels of ${bitsAllocated} bits cannot be read; 1, 8, 16 and 32 bits and floats can.`,
      { field: tagName(TAG.BitsAllocated) },
    );
  }
  const bitsStored = element.float ? bitsAllocated : (dataSet.number(TAG.BitsStored) ?? bitsAllocated);
  const highBit = element.float ? bitsAllocated - 1 : (dataSet.number(TAG.HighBit) ?? bitsStored - 1);
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1) {
    throw new SentinodeError(
      'dicom-pixels',
      `${bitsStored} bits up to bit ${highBit} do not fit into pixels of ${bitsAllocated} bits. The header is damaged; export the series again.`,
      { field: tagName(TAG.BitsStored) },
    );
  }
  const signed = dataSet.number(TAG.PixelRepresentation) === 1;
  const inverted = photometric === 'MONOCHROME1';
  return {
    rows,
    columns,
    frames,
    bitsAllocated,
    bitsStored,
    highBit,
    signed,
    float: element.float,
    inverted,
  };
}

/**
 * Refuses a file that holds fewer pixels than it declares, before anything is made for every frame of it.
 * @throws SentinodeError `dicom-damaged` for too few bytes, `dicom-pixels` for pixels that are stored otherwise than the
 *   transfer syntax says, or fewer fragments than frames
 */
export function assertPixelsThere({ dataSet, syntax }: DicomFile, layout: PixelLayout): void {
  const { tag } = pixelElement(dataSet)!;
  const { bytes, fragments } = dataSet.get(tag)!;
  const refused = (what: string): SentinodeError =>
    new SentinodeError('dicom-pixels', `${what} The file is damaged; export it again.`, {
      field: tagName(tag),
    });
  if (syntax.encapsulated) {
    if (fragments === undefined || layout.bitsAllocated === 1 || layout.float)
      throw refused(`The pixels are not stored as ${syntax.name} has it.`);
    if (fragments.length < layout.frames)
      throw refused(
        `The file declares ${layout.frames} frame${layout.frames === 1 ? '' : 's'} and holds ${fragments.length} compressed ${fragments.length === 1 ? 'piece' : 'pieces'}.`,
      );
    return;
  }
  if (fragments !== undefined)
    throw refused('The pixels are in fragments although the transfer syntax is uncompressed.');
  const whole = Math.ceil((layout.rows * layout.columns * layout.frames * layout.bitsAllocated) / 8);
  if (bytes.length < whole) {
    throw new SentinodeError(
      'dicom-damaged',
      `The file declares ${whole} bytes of pixels and holds ${bytes.length}. It was cut off or its header is damaged; copy or export it again.`,
      { field: tagName(tag) },
    );
  }
}

function positive(dataSet: DataSet, tag: number): number {
  const value = dataSet.neededNumber(tag);
  if (!Number.isInteger(value) || value < 1) {
    throw new SentinodeError(
      'dicom-attribute',
      `${tagName(tag)} is ${value}, and an image has at least 1. The header is damaged; export the series again.`,
      { field: tagName(tag) },
    );
  }
  return value;
}
