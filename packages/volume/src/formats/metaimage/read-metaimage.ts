import { SentinodeError } from '@sentinode/core';
import type { Volume } from '../../volume.ts';
import { inflateRaw } from '../compression/gzip.ts';
import { DEFAULT_MAX_BYTES, declaredBytes, truncated } from '../declared-size.ts';
import { decodeVoxels, elementBytes } from '../elements.ts';
import type { ReadOptions, VolumeSource } from '../volume-format.ts';
import { readMetaImageHeader } from './header.ts';

/** Reads MetaImage with its data in the same file or beside it, plain or as a zlib stream. */
export async function readMetaImage(source: VolumeSource, options: ReadOptions): Promise<Volume> {
  if (source.gzipped)
    throw new SentinodeError(
      'format-unknown',
      'This is a MetaImage file inside a gzip file. Unpack it first.',
    );
  const header = readMetaImageHeader(source.bytes);
  const { geometry, elementType } = header;
  const limit = options.maxBytes ?? DEFAULT_MAX_BYTES;
  const length = declaredBytes(geometry.size, elementBytes[elementType], limit, 'DimSize');
  const stored =
    header.dataFile === 'LOCAL' ? source.bytes.subarray(header.end) : await beside(header.dataFile, options);
  const start = header.skip < 0 ? stored.length - length : header.skip;
  if (start < 0 || start > stored.length) throw truncated(stored.length, length);
  const data = header.compressed
    ? unzlib(stored.subarray(start), length)
    : stored.subarray(start, start + length);
  if (data.length < length) throw truncated(data.length, length);
  return { geometry, elementType, data: decodeVoxels(data, elementType, header.littleEndian) };
}

async function beside(name: string, { sibling }: ReadOptions): Promise<Uint8Array> {
  if (/^LIST\b/.test(name) || /%\d*d/.test(name))
    throw new SentinodeError(
      'volume-header',
      'Voxels in several files are not read; write them as one .mha file.',
      {
        field: 'ElementDataFile',
      },
    );
  if (/^[/\\]|^[a-z]:|\\|\0/i.test(name) || name.split('/').includes('..'))
    throw new SentinodeError(
      'path-outside',
      `The header names the data file "${name}", which leads out of its folder. Put the file beside the header and name it without a path.`,
      { field: 'ElementDataFile' },
    );
  if (sibling === undefined)
    throw new SentinodeError(
      'file-missing',
      `This header keeps its voxels in another file (${name}). Give both, the other one beside the header.`,
      { field: 'ElementDataFile' },
    );
  return sibling(name);
}

/** A zlib stream (RFC 1950): two bytes, deflate, checksum. */
function unzlib(bytes: Uint8Array, length: number): Uint8Array {
  if (length > bytes.length * 1032 || (bytes[0] & 0x0f) !== 8 || (bytes[0] * 256 + bytes[1]) % 31 !== 0)
    throw truncated(bytes.length, length);
  const { content, end } = inflateRaw(bytes.subarray(2), length);
  const trailer = bytes.subarray(2 + end, 6 + end);
  const stored = trailer.reduce((sum, byte) => sum * 256 + byte, 0);
  if (trailer.length === 4 && content.length === length && adler32(content) === stored) return content;
  throw new SentinodeError(
    'volume-truncated',
    'The compressed voxels are damaged: their checksum or length does not match. Copy or export the file again.',
  );
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (let at = 0; at < bytes.length; ) {
    // 3800 bytes cannot overflow 32 bits before the remainder is taken.
    for (const end = Math.min(at + 3800, bytes.length); at < end; at++) {
      a += bytes[at];
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return b * 65_536 + a;
}
