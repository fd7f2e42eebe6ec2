import { crc32, SentinodeError } from '@sentinode/core';

/** One file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Length of the end record, and the longest comment behind it. */
const END_LENGTH = 22;
const LONGEST_COMMENT = 65_535;

/**
 * The files of a zip archive as torch writes it: not compressed, below 4 GB. Sizes, places and checksums are compared
 * with the bytes that are there.
 * Source: PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16.
 * @throws SentinodeError `weights-invalid` for a cut or damaged archive
 */
export function readArchive(bytes: Uint8Array, file: string): ArchiveEntry[] {
  const fail = (message: string): never => {
    throw new SentinodeError('weights-invalid', message, { file });
  };
  const cut = (): never => fail('The archive is cut off or damaged; copy the file again.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view) ?? cut();
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  const entries: ArchiveEntry[] = [];
  for (let index = 0; index < count; index++) {
    if (at + 46 > end || view.getUint32(at, true) !== CENTRAL) cut();
    const [method, sum, packed, size] = [
      view.getUint16(at + 10, true),
      view.getUint32(at + 16, true),
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
    ];
    const [nameLength, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    if (at + 46 + nameLength > end) cut();
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength));
    if (size === 0xffffffff || local === 0xffffffff)
      fail('The archive is larger than 4 GB; no such network is known.');
    if (method !== 0 || packed !== size)
      fail('The archive is compressed, which torch never does; save the weights with torch.save.');
    if (local + 30 > end || view.getUint32(local, true) !== LOCAL) cut();
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > end) cut();
    const content = bytes.subarray(from, from + size);
    if (crc32(content) !== sum) fail(`The part "${name}" of the archive is damaged; copy the file again.`);
    entries.push({ name, bytes: content });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

/** Where the record stands that closes an archive. */
function endRecord(view: DataView): number | undefined {
  const first = Math.max(0, view.byteLength - END_LENGTH - LONGEST_COMMENT);
  for (let at = view.byteLength - END_LENGTH; at >= first; at--)
    if (view.getUint32(at, true) === END) return at;
  return undefined;
}
