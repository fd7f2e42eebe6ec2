import { isSentinodeError, SentinodeError } from '@sentinode/core';
import type { VoxelArray } from '@sentinode/volume';
import type { DicomFile } from '../data-set/read-file.ts';
import { decoderOf, discardDecoder } from './codecs/index.ts';
import { frameFragments } from './fragments.ts';
import { assertPixelsThere, type PixelLayout, pixelElement, pixelLayout } from './layout.ts';
import { storedValues } from './stored-values.ts';

/** The frames of one file, decoded one at a time. */
export interface FrameReader {
  readonly layout: PixelLayout;
  /** Stored values of a frame, x fastest; frames are counted from 0. */
  readonly read: (frame: number) => VoxelArray;
}

/**
 * Opens the pixels of a file. Sizes are compared with the bytes that are there before anything is allocated.
 * @throws SentinodeError `dicom-pixels`, `dicom-attribute`, `too-large`, `dicom-damaged` for too few bytes;
 *   reading a frame throws `dicom-pixels` where its codec fails
 */
export async function openFrames(file: DicomFile): Promise<FrameReader> {
  const layout = pixelLayout(file.dataSet);
  assertPixelsThere(file, layout);
  return file.syntax.encapsulated ? packedFrames(file, layout) : plainFrames(file, layout);
}

function plainFrames({ dataSet, syntax }: DicomFile, layout: PixelLayout): FrameReader {
  const { bytes } = dataSet.get(pixelElement(dataSet)!.tag)!;
  const pixels = layout.rows * layout.columns;
  if (layout.bitsAllocated === 1)
    return { layout, read: (frame) => unpackBits(bytes, frame * pixels, pixels) };
  const size = (pixels * layout.bitsAllocated) / 8;
  return {
    layout,
    read: (frame) =>
      storedValues(bytes.subarray(frame * size, (frame + 1) * size), layout, syntax.littleEndian),
  };
}

/** Pixels of 1 bit: packed from the lowest bit on, frames without padding between them (PS3.5 annex D). */
function unpackBits(bytes: Uint8Array, first: number, count: number): Uint8Array {
  const values = new Uint8Array(count);
  for (let at = 0; at < count; at++) {
    const bit = first + at;
    values[at] = (bytes[bit >> 3] >> (bit & 7)) & 1;
  }
  return values;
}

async function packedFrames(file: DicomFile, layout: PixelLayout): Promise<FrameReader> {
  const { dataSet, syntax } = file;
  const { tag } = pixelElement(dataSet)!;
  const element = dataSet.get(tag)!;
  const frames = frameFragments(dataSet, element, layout.frames);
  const { name, decode } = await decoderOf(syntax.uid);
  const size = (layout.rows * layout.columns * layout.bitsAllocated) / 8;
  return {
    layout,
    read: (frame) => {
      const decoded = guarded(
        () => decode(frames[frame], layout),
        name,
        frame,
        () => discardDecoder(syntax.uid),
      );
      if (decoded.length < size) throw undecodable(name, frame, 'it gives too few pixels');
      return storedValues(decoded.subarray(0, size), layout, true);
    },
  };
}

/** Decoders throw numbers, strings and errors of their own for damaged frames. */
function guarded<T>(work: () => T, codec: string, frame: number, failed: () => void): T {
  try {
    return work();
  } catch (error) {
    failed();
    if (isSentinodeError(error)) throw error;
    throw undecodable(
      codec,
      frame,
      error instanceof Error ? error.message.slice(0, 80) : 'the decoder failed',
    );
  }
}

function undecodable(codec: string, frame: number, why: string): SentinodeError {
  return new SentinodeError(
    'dicom-pixels',
    `Frame ${frame + 1} cannot be decoded as ${codec}: ${why}. The file is damaged; export it again.`,
  );
}
