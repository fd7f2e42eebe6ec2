import { parseNumber } from '@sentinode/core';
import type { ElementType, VoxelArray } from '../../volume.ts';
import { bunzip2 } from '../compression/bzip2.ts';
import { gunzip } from '../compression/gzip.ts';
import { truncated } from '../declared-size.ts';
import { voxelArray } from '../elements.ts';
import { invalidField, latin1 } from './header.ts';

export type NrrdEncoding = 'raw' | 'gzip' | 'bzip2' | 'ascii' | 'hex';

const encodings: ReadonlyMap<string, NrrdEncoding> = new Map([
  ['raw', 'raw'],
  ['gz', 'gzip'],
  ['gzip', 'gzip'],
  ['bz2', 'bzip2'],
  ['bzip2', 'bzip2'],
  ['txt', 'ascii'],
  ['text', 'ascii'],
  ['ascii', 'ascii'],
  ['hex', 'hex'],
]);

/** How far a header may lie before the data in one compressed stream (`byte skip` with gzip, e.g. over a NIfTI header). */
const MOST_SKIPPED = 2 ** 20;

/** @throws SentinodeError `volume-header` for an encoding that the format does not have */
export function encodingOf(name: string): NrrdEncoding {
  const encoding = encodings.get(name.toLowerCase());
  if (encoding === undefined)
    throw invalidField(`"${name}" is none of raw, gzip, bzip2, ascii, hex.`, 'encoding');
  return encoding;
}

/** Where the voxels lie in the data. */
export interface DataWindow {
  /** Bytes of voxels in this file. */
  readonly length: number;
  /** Lines to leave out before decoding. */
  readonly lineSkip: number;
  /** Bytes to leave out after decompression; -1: the voxels are the last bytes, -n: n - 1 bytes follow them. */
  readonly byteSkip: number;
  /** Data in a file of their own: more bytes than declared mean that header and data do not belong together. */
  readonly detached: boolean;
}

/** The voxels of one data file as bytes. */
export function decodeFile(
  stored: Uint8Array,
  encoding: Exclude<NrrdEncoding, 'ascii'>,
  place: DataWindow,
): Uint8Array {
  const { length, byteSkip } = place;
  const encoded = skipLines(stored, place.lineSkip);
  switch (encoding) {
    case 'raw':
      return voxelsWithin(encoded, place);
    case 'hex':
      return voxelsWithin(decodeHex(encoded, length + Math.abs(byteSkip)), place);
    case 'gzip':
      return voxelsWithin(gunzip(encoded, length, MOST_SKIPPED), place);
    case 'bzip2':
      return voxelsWithin(bunzip2(encoded, length + MOST_SKIPPED), place);
  }
}

/** Numbers in text, separated by blanks or commas; as many as the header declares. */
export function decodeAscii(
  stored: Uint8Array,
  type: ElementType,
  count: number,
  lineSkip: number,
): VoxelArray {
  const words = latin1(skipLines(stored, lineSkip))
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length < count) throw truncated(words.length, count);
  if (words.length > count) throw surplus(words.length - count, 'numbers');
  return voxelArray(
    type,
    words.map((word) => asciiValue(word, type)),
  );
}

const integerRanges: Partial<Record<ElementType, readonly [number, number]>> = {
  int8: [-128, 127],
  uint8: [0, 255],
  int16: [-32_768, 32_767],
  uint16: [0, 65_535],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  uint32: [0, 2 ** 32 - 1],
  int64: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
  uint64: [0, Number.MAX_SAFE_INTEGER],
};

function asciiValue(word: string, type: ElementType): number {
  const range = integerRanges[type];
  if (range === undefined && /^[+-]?(?:nan|inf(?:inity)?)$/i.test(word)) {
    return /nan/i.test(word)
      ? Number.NaN
      : word.startsWith('-')
        ? Number.NEGATIVE_INFINITY
        : Number.POSITIVE_INFINITY;
  }
  const value = parseNumber(word);
  const fits =
    value !== undefined &&
    (range === undefined || (Number.isInteger(value) && value >= range[0] && value <= range[1]));
  if (!fits) throw invalidField(`The data hold "${word.slice(0, 20)}", which is no ${type}.`, 'encoding');
  return value;
}

/** The declared bytes of what was decoded. */
function voxelsWithin(bytes: Uint8Array, { length, byteSkip, detached }: DataWindow): Uint8Array {
  if (byteSkip < 0) {
    const end = bytes.length + byteSkip + 1;
    if (end < length) throw truncated(end, length);
    return bytes.subarray(end - length, end);
  }
  const there = bytes.length - byteSkip;
  if (there < length) throw truncated(there, length);
  if (there > length && detached) throw surplus(there - length, 'bytes');
  return bytes.subarray(byteSkip, byteSkip + length);
}

function surplus(count: number, unit: string): Error {
  return invalidField(
    `The data are ${count} ${unit} longer than the sizes declare, so header and data do not belong together (a header inside the data file needs a "byte skip").`,
    'sizes',
  );
}

function skipLines(bytes: Uint8Array, count: number): Uint8Array {
  let at = 0;
  for (let line = 0; line < count; line++) {
    const end = bytes.indexOf(10, at);
    if (end < 0)
      throw invalidField(`${count} lines are to be skipped, and the data have ${line}.`, 'line skip');
    at = end + 1;
  }
  return bytes.subarray(at);
}

function decodeHex(text: Uint8Array, most: number): Uint8Array {
  const digits = latin1(text).replace(/\s+/g, '');
  if (digits.length % 2 === 1 || /[^0-9a-f]/i.test(digits)) {
    throw invalidField('The data are no pairs of hexadecimal digits.', 'encoding');
  }
  const bytes = new Uint8Array(Math.min(digits.length / 2, most + MOST_SKIPPED));
  for (let at = 0; at < bytes.length; at++) bytes[at] = Number.parseInt(digits.slice(2 * at, 2 * at + 2), 16);
  return bytes;
}
