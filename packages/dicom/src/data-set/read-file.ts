import { SentinodeError } from '@sentinode/core';
import { gunzip, gunzipHead, inflateRaw, isGzip } from '@sentinode/volume';
import { DataSet } from './data-set.ts';
import { ElementReader, type Encoding } from './read-elements.ts';
import { TAG } from './tags.ts';
import { type TransferSyntax, transferSyntax } from './transfer-syntax.ts';

/** A DICOM file: its data set and how that is written. */
export interface DicomFile {
  readonly dataSet: DataSet;
  /** File meta information, group 2. */
  readonly meta: DataSet;
  readonly syntax: TransferSyntax;
}

const PREAMBLE = 128;
/** Most bytes that a compressed file may hold unpacked: no series' file comes near, and a bomb soon does. */
const LARGEST = 2 ** 29;
/** Deflate cannot shrink data by more than this. */
const RATIO = 1032;

/** Whether bytes are a DICOM file with the standard's preamble (PS3.10 section 7.1). */
export function isDicom(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(PREAMBLE, PREAMBLE + 4)) === 'DICM';
}

/**
 * Reads a DICOM file, gzipped or not. Files without preamble and meta information, as old archives hold them, are read
 * as implicit or explicit little endian where their first element shows that they are DICOM.
 * @returns elements as views into the file; no pixel is decoded
 * @throws SentinodeError `file-empty`, `dicom-none` for other files, `dicom-damaged`, `dicom-syntax` for a transfer
 *   syntax that cannot be read, `too-large` for a file that unpacks to more than 512 MiB
 */
export function readDicom(bytes: Uint8Array): DicomFile {
  if (bytes.length === 0) throw new SentinodeError('file-empty', 'The file is empty. Copy it again.');
  if (isGzip(bytes)) return readDicom(unzipped(bytes));
  if (!isDicom(bytes)) return readBare(bytes);
  const meta = new ElementReader(bytes, PREAMBLE + 4, { explicit: true, littleEndian: true });
  const head = meta.dataSet(bytes.length, undefined, 0, 0x00030000);
  const uid = head.text(TAG.TransferSyntaxUID);
  const syntax = transferSyntax(uid ?? '');
  if (syntax === undefined) {
    throw new SentinodeError(
      'dicom-syntax',
      `The file is stored in transfer syntax ${printable(uid)}, which cannot be read. Export it uncompressed or losslessly compressed.`,
      { field: 'TransferSyntaxUID (0002,0010)' },
    );
  }
  const body = syntax.deflated
    ? inflateRaw(bytes.subarray(meta.position), Math.min(LARGEST, bytes.length * RATIO)).content
    : bytes;
  const reader = new ElementReader(body, syntax.deflated ? 0 : meta.position, syntax);
  return { dataSet: reader.dataSet(body.length), meta: head, syntax };
}

/** Content of a gzip file that begins as DICOM; others are left packed, however long they are. */
function unzipped(bytes: Uint8Array): Uint8Array {
  const head = gunzipHead(bytes, PREAMBLE + 4);
  if (!isDicom(head) && !encodings.some(([, encoding]) => looksLikeElement(head, encoding))) throw noDicom();
  return gunzip(bytes, 0, Math.min(LARGEST, bytes.length * RATIO));
}

/** Encodings of files without meta information, with the transfer syntax that each amounts to. */
const encodings: readonly (readonly [string, Encoding])[] = [
  ['1.2.840.10008.1.2.1', { explicit: true, littleEndian: true }],
  ['1.2.840.10008.1.2', { explicit: false, littleEndian: true }],
];

/** Old files that begin with their first element. */
function readBare(bytes: Uint8Array): DicomFile {
  for (const [uid, encoding] of encodings) {
    if (!looksLikeElement(bytes, encoding)) continue;
    const dataSet = new ElementReader(bytes, 0, encoding).dataSet(bytes.length);
    if (dataSet.has(TAG.SOPClassUID))
      return { dataSet, meta: new DataSet(new Map(), true), syntax: transferSyntax(uid)! };
  }
  throw noDicom();
}

function noDicom(): SentinodeError {
  return new SentinodeError('dicom-none', 'The file is no DICOM file.');
}

function looksLikeElement(bytes: Uint8Array, { explicit }: Encoding): boolean {
  if (bytes.length < 16 || bytes[0] !== 8 || bytes[1] !== 0 || bytes[3] !== 0) return false;
  const letters = /^[A-Z]{2}$/.test(String.fromCharCode(bytes[4], bytes[5]));
  return letters === explicit;
}

function printable(uid: string | undefined): string {
  return uid === undefined ? '(none given)' : uid.replace(/[^0-9.]/g, '?').slice(0, 64);
}
