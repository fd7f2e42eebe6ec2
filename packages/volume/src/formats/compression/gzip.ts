import { SentinodeError } from '@sentinode/core';
import { gzipSync } from 'fflate';
import { truncated } from '../declared-size.ts';
import { crc32 } from './crc32.ts';

/** Deflate cannot shrink data by more than this, so a longer declared size is a lie of the header. */
const BEST_DEFLATE_RATIO = 1032;
const PIECE = 65_536;

/** Whether bytes begin as a gzip stream. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The whole content of a gzip stream of one or several members, checksums verified; junk behind it is left alone.
 * @param expected bytes that the header of the volume declares; nothing is allocated when the stream cannot hold them
 * @param excess how many bytes may follow those
 * @throws SentinodeError `volume-truncated` for a damaged or short stream, `too-large` for a longer one
 */
export async function gunzip(bytes: Uint8Array, expected: number, excess: number): Promise<Uint8Array> {
  if (expected > bytes.length * BEST_DEFLATE_RATIO) throw truncated(bytes.length, expected);
  let content = new Uint8Array(expected);
  let length = 0;
  let member = { at: 0, from: 0 };
  for (;;) {
    try {
      for await (const chunk of inflate(bytes.subarray(member.at))) {
        if (length + chunk.length > expected + excess) throw tooLong(expected);
        if (length + chunk.length > content.length) content = grown(content, length + chunk.length);
        content.set(chunk, length);
        length += chunk.length;
      }
      break;
    } catch (error) {
      if (error instanceof SentinodeError) throw error;
      const end = trailerEnd(bytes, member.at, content.subarray(member.from, length));
      if (end === undefined) throw damaged(length, expected, error);
      if (!isGzip(bytes.subarray(end))) break;
      member = { at: end, from: length };
    }
  }
  if (length < expected) throw truncated(length, expected);
  return content.subarray(0, length);
}

/**
 * Where a member of the stream ends, if what came out of it is whole. Platforms disagree about what may follow a
 * member: browsers refuse anything, Node what is no further member (a line feed in files of MITK), ITK nothing. So a
 * failed stream counts as good when the checksum and length of its content are found behind it.
 */
function trailerEnd(bytes: Uint8Array, from: number, content: Uint8Array): number | undefined {
  const trailer = new Uint8Array(8);
  const view = new DataView(trailer.buffer);
  view.setUint32(0, crc32(content), true);
  view.setUint32(4, content.length % 2 ** 32, true);
  for (let at = bytes.indexOf(trailer[0]!, from); at >= 0; at = bytes.indexOf(trailer[0]!, at + 1)) {
    if (trailer.every((byte, k) => bytes[at + k] === byte)) return at + trailer.length;
  }
  return undefined;
}

/** Up to `length` first bytes of the content of a gzip stream; fewer where it is shorter or damaged. */
export async function gunzipHead(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const head = new Uint8Array(length);
  let found = 0;
  try {
    for await (const chunk of inflate(bytes)) {
      const part = chunk.subarray(0, length - found);
      head.set(part, found);
      found += part.length;
      if (found === length) break;
    }
  } catch {
    // What could be read before the damage is enough to say what the file is; reading it all reports the damage.
  }
  return head.subarray(0, found);
}

/** A gzip stream that depends on nothing but its content: no time stamp, and the same encoder on every machine. */
export function gzip(bytes: Uint8Array): Uint8Array {
  return gzipSync(bytes, { level: 4, mtime: 0 });
}

/** Decompresses piece by piece, so that a caller who stops has not paid for the rest. */
async function* inflate(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  let at = 0;
  const source = new ReadableStream<BufferSource>(
    {
      pull(controller) {
        if (at >= bytes.length) return controller.close();
        controller.enqueue(new Uint8Array(bytes.subarray(at, at + PIECE)));
        at += PIECE;
      },
    },
    { highWaterMark: 0 },
  );
  const reader = source.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value;
  } finally {
    // A stream that has failed refuses to be cancelled; its error is already on its way.
    await reader.cancel().catch(() => undefined);
  }
}

function grown(content: Uint8Array, needed: number): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(Math.max(needed, content.length + PIECE));
  longer.set(content);
  return longer;
}

function damaged(length: number, expected: number, cause: unknown): SentinodeError {
  return new SentinodeError(
    'volume-truncated',
    `The gzip stream is damaged or cut off after ${length} of ${expected} bytes. Copy or export the file again.`,
    {},
    cause,
  );
}

function tooLong(expected: number): SentinodeError {
  return new SentinodeError(
    'too-large',
    `The gzip stream holds more than the ${expected} bytes that the header declares; it is damaged or not what it claims. Export the volume again.`,
  );
}
