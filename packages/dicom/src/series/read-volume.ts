import { SentinodeError } from '@sentinode/core';
import type { ElementType, Volume, VoxelArray } from '@sentinode/volume';
import type { DicomFile } from '../data-set/read-file.ts';
import type { Slice } from '../frames/slice.ts';
import { openFrames } from '../pixels/decode-frames.ts';
import { groupBy } from './group-by.ts';
import type { Stack } from './stack-geometry.ts';

/** Gives the file with an index, as the slices name it. */
export type OpenSource = (source: number) => Promise<DicomFile>;

/**
 * Decodes the pixels of a volume and applies rescaling slice by slice (slopes may differ between them).
 * @returns integers of the smallest fitting type where slopes and intercepts are whole numbers, else float32
 * @throws SentinodeError those of reading and decoding a file, `dicom-pixels` where frames have other sizes than
 *   their header said when it was sorted
 */
export async function readStack({ slices, geometry }: Stack, open: OpenSource): Promise<Volume> {
  const elementType = typeFor(slices);
  const [columns, rows] = geometry.size;
  const plane = columns * rows;
  const data = allocate(elementType, plane * slices.length);
  const bySource = groupBy(slices.keys(), (at) => slices[at].source);
  for (const [source, places] of bySource) {
    const reader = await openFrames(await open(source));
    let frame = -1;
    let stored: VoxelArray = new Uint8Array(0);
    for (const at of places) {
      const slice = slices[at];
      if (slice.frame !== frame) stored = reader.read(slice.frame);
      frame = slice.frame;
      place(stored, slice, data, at * plane);
    }
  }
  return { geometry, elementType, data };
}

function place(stored: VoxelArray, slice: Slice, data: VoxelArray, first: number): void {
  const { columns, rows, tile, slope, intercept } = slice;
  const width = tile?.frameColumns ?? columns;
  const start = tile === undefined ? 0 : tile.y * width + tile.x;
  if (stored.length < start + (rows - 1) * width + columns)
    throw new SentinodeError('dicom-pixels', 'A frame holds fewer pixels than its header declares.');
  if (slope === 1 && intercept === 0 && width === columns) {
    data.set(stored.subarray(start, start + rows * columns), first);
    return;
  }
  for (let y = 0; y < rows; y++) {
    const from = start + y * width;
    const to = first + y * columns;
    for (let x = 0; x < columns; x++) data[to + x] = stored[from + x] * slope + intercept;
  }
}

/** Smallest type that holds every value that the stored bits and the rescaling can give. */
function typeFor(slices: readonly Slice[]): ElementType {
  if (slices.some(({ stored }) => stored.float))
    return slices.some(({ stored }) => stored.bits === 64) ? 'float64' : 'float32';
  if (!slices.every(({ slope, intercept }) => Number.isInteger(slope) && Number.isInteger(intercept)))
    return 'float32';
  let [low, high] = [0, 0];
  for (const { stored, slope, intercept } of slices) {
    const span = 2 ** stored.bits;
    const ends = (stored.signed ? [-span / 2, span / 2 - 1] : [0, span - 1]).map(
      (end) => end * slope + intercept,
    );
    low = Math.min(low, ...ends);
    high = Math.max(high, ...ends);
  }
  if (low >= 0)
    return high < 2 ** 8 ? 'uint8' : high < 2 ** 16 ? 'uint16' : high < 2 ** 32 ? 'uint32' : 'float64';
  if (low >= -(2 ** 7) && high < 2 ** 7) return 'int8';
  if (low >= -(2 ** 15) && high < 2 ** 15) return 'int16';
  return low >= -(2 ** 31) && high < 2 ** 31 ? 'int32' : 'float64';
}

function allocate(type: ElementType, count: number): VoxelArray {
  switch (type) {
    case 'uint8':
      return new Uint8Array(count);
    case 'int8':
      return new Int8Array(count);
    case 'uint16':
      return new Uint16Array(count);
    case 'int16':
      return new Int16Array(count);
    case 'uint32':
      return new Uint32Array(count);
    case 'int32':
      return new Int32Array(count);
    case 'float32':
      return new Float32Array(count);
    default:
      return new Float64Array(count);
  }
}
