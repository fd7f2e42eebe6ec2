import { crc32, SentinodeError } from '@sentinode/core';
import { inflateRaw } from '@sentinode/volume';
import type { FileSource } from '../import/scan.ts';
import type { ArchiveFormat } from './archive-format.ts';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const END_BYTES = 22;
/** Most entries, and most bytes of one entry that is compressed; larger archives are to be unpacked first. */
const LIMIT = { entries: 500_000, bytes: 2 ** 29 };
/** Deflate cannot shrink data by more than this, so a longer declared size is a lie. */
const RATIO = 1032;

/** zip with stored and deflated entries, read by its directory; not zip64 and not encrypted. */
export const zip: ArchiveFormat = {
  name: 'zip',
  recognises: (head) => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5),
  entries: (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const end = endOfDirectory(view);
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    if (count === 0xffff || at === 0xffffffff) throw damaged('it is of the zip64 kind; unpack it first');
    const last = at + view.getUint32(end + 12, true);
    if (last > end) throw damaged('its directory is cut off');
    const entries: FileSource[] = [];
    // The count has 16 bits and some tools let it overflow, so that the length of the directory decides.
    let read = 0;
    for (; at < last; read++) {
      if (read === LIMIT.entries) throw damaged('it holds too many entries');
      if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) throw damaged('its directory is cut off');
      const nameLength = view.getUint16(at + 28, true);
      const path = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
      const found = {
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        local: view.getUint32(at + 42, true),
      };
      if (!path.endsWith('/') && found.size > 0)
        entries.push({ path, read: async () => content(bytes, view, found) });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    if (read % 65_536 !== count) throw damaged('its directory has another number of entries than it says');
    return entries;
  },
};

interface Entry {
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
}

function content(bytes: Uint8Array, view: DataView, entry: Entry): Uint8Array {
  const { flags, method, crc, packed, size, local } = entry;
  if ((flags & 1) === 1) throw damaged('an entry is encrypted; unpack it first');
  if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL)
    throw damaged('its directory points to no entry');
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > bytes.length) throw damaged('an entry is longer than the archive');
  if (size > Math.max(packed, 1) * RATIO) throw damaged('an entry claims an impossible size');
  if (method !== 0 && size > LIMIT.bytes)
    throw damaged('an entry unpacks to more than 512 MB; unpack the archive first');
  const source = bytes.subarray(start, start + packed);
  if (method !== 0 && method !== 8) throw damaged(`an entry is packed by method ${method}; unpack it first`);
  const unpacked = method === 0 ? source : inflateRaw(source, size).content;
  if (unpacked.length !== size || crc32(unpacked) !== crc)
    throw damaged('an entry does not fit its checksum');
  return unpacked;
}

/** The record at the end of the archive; a comment of up to 65,535 bytes may follow it. */
function endOfDirectory(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - END_BYTES - 65_535);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at--)
    if (view.getUint32(at, true) === END) return at;
  throw damaged('its directory is missing');
}

function damaged(what: string): SentinodeError {
  return new SentinodeError('archive-damaged', `The zip archive cannot be read: ${what}.`);
}
