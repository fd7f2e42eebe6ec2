import { crc32, SentinodeError } from '@sentinode/core';
import { gzipSync } from 'fflate';
import { truncated } from '../declared-size.ts';
import { BoundedOutput } from './bounded-output.ts';
import { Inflater } from './inflate.ts';

/** Deflate cannot shrink data by more than this, so a longer declared size is a lie of the header. */
const BEST_DEFLATE_RATIO = 1032;

/** Whether bytes begin as a gzip stream. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The whole content of a gzip stream of one or several members, checksums verified; what follows them is left alone.
 * @param expected bytes that the header of the volume declares; nothing is allocated when the stream cannot hold them
 * @param excess how many bytes may follow those
 * @throws SentinodeError `volume-truncated` for a damaged or short stream, `too-large` for a longer one
 */
export function gunzip(bytes: Uint8Array, expected: number, excess: number): Uint8Array {
  if (expected > bytes.length * BEST_DEFLATE_RATIO) throw truncated(bytes.length, expected);
  const output = new BoundedOutput(expected + excess, expected);
  let at = 0;
  do at = inflateMember(bytes, at, output);
  while (isGzip(bytes.subarray(at, at + 2)));
  if (output.length < expected) throw truncated(output.length, expected);
  return output.content();
}

/**
 * The content of a raw deflate stream (RFC 1951) and where it ends in the input.
 * @param limit most bytes that may come out
 * @throws SentinodeError `volume-truncated` for a damaged or short stream, `too-large` beyond the limit
 */
export function inflateRaw(bytes: Uint8Array, limit: number): { content: Uint8Array; end: number } {
  const output = new BoundedOutput(limit);
  const inflater = new Inflater(bytes, 0, output);
  inflater.run();
  return { content: output.content(), end: inflater.position };
}

/** Up to `length` first bytes of the content of a gzip stream; fewer where it is shorter or damaged. */
export function gunzipHead(bytes: Uint8Array, length: number): Uint8Array {
  // A back reference of up to 258 bytes, or a stored block, is written whole or not at all.
  const output = new BoundedOutput(length + 65_536);
  try {
    let at = 0;
    do at = inflateMember(bytes, at, output);
    while (output.length < length && isGzip(bytes.subarray(at, at + 2)));
  } catch (error) {
    // What came out before the limit or the damage says what the file is; reading it whole reports the damage.
    if (!(error instanceof SentinodeError)) throw error;
  }
  return output.content().subarray(0, length);
}

/** A gzip stream that depends on nothing but its content: no time stamp, and the same encoder on every machine. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 4, mtime: 0 });
}

/** Decodes one member (RFC 1952) and returns where it ends. */
function inflateMember(bytes: Uint8Array, start: number, output: BoundedOutput): number {
  const before = output.length;
  const inflater = new Inflater(bytes, headerEnd(bytes, start), output);
  inflater.run();
  const trailer = bytes.subarray(inflater.position, inflater.position + 8);
  if (trailer.length < 8) throw damagedGzip('it ends before its checksum');
  const view = new DataView(trailer.buffer, trailer.byteOffset, 8);
  const content = output.buffer.subarray(before, output.length);
  if (view.getUint32(4, true) !== content.length % 2 ** 32) throw damagedGzip('its length does not match');
  if (view.getUint32(0, true) !== crc32(content)) throw damagedGzip('its checksum does not match');
  return inflater.position + 8;
}

const FLAGS = { headerChecksum: 2, extra: 4, name: 8, comment: 16 } as const;

function headerEnd(bytes: Uint8Array, start: number): number {
  const flags = bytes[start + 3];
  if (!isGzip(bytes.subarray(start, start + 2)) || bytes[start + 2] !== 8 || flags === undefined) {
    throw damagedGzip('its header is invalid');
  }
  let at = start + 10;
  if (flags & FLAGS.extra) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [FLAGS.name, FLAGS.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end < 0) throw damagedGzip('its header does not end');
    at = end + 1;
  }
  return flags & FLAGS.headerChecksum ? at + 2 : at;
}

function damagedGzip(what: string): SentinodeError {
  return new SentinodeError(
    'volume-truncated',
    `The gzip stream is damaged or cut off: ${what}. Copy or export the file again.`,
  );
}
