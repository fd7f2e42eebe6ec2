import { isSentinodeError, type Progress, SentinodeError, throwIfAborted } from '@sentinode/core';
import type { DataElement } from '../data-set/data-set.ts';
import { type DicomFile, readDicom } from '../data-set/read-file.ts';
import { TAG } from '../data-set/tags.ts';
import { type SeriesAttributes, seriesAttributes } from '../frames/series-attributes.ts';
import type { Slice } from '../frames/slice.ts';
import { slicesOfFile } from '../frames/slices-of-file.ts';
import { openFrames } from '../pixels/decode-frames.ts';
import { pixelElement } from '../pixels/layout.ts';
import { withoutIssuers } from './issuers.ts';

/** A file that may be DICOM. */
export interface FileSource {
  /** Relative path. It may hold a patient's name, so it goes into no output. */
  readonly path: string;
  readonly read: () => Promise<Uint8Array>;
}

/** What a file was found to be. */
export type FileRole = 'image' | 'segmentation' | 'structure-set';

export interface ScannedFile {
  readonly source: FileSource;
  readonly role: FileRole;
  readonly instance: string;
  readonly attributes: SeriesAttributes;
  /** Slices of an image; `source` is the index of the file in {@link Scan.files}. */
  readonly slices: readonly Slice[];
  /** Whether the pixels were changed by compression. */
  readonly lossy: boolean;
}

/** A file that was left out. */
export interface SkippedFile {
  readonly source: FileSource;
  readonly error: SentinodeError;
}

export interface Scan {
  /** In the order of SOP Instance UID, which no file name or order of reading changes. */
  readonly files: readonly ScannedFile[];
  readonly skipped: readonly SkippedFile[];
  /** Files that were there more than once with the same content. */
  readonly copies: number;
  /** Opens a file of `files` again. */
  readonly open: (index: number) => Promise<DicomFile>;
}

export interface ScanOptions {
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** Bytes of files that are kept in memory between sorting and decoding; none when left out, so that each is read twice. */
  readonly keep?: number;
}

/** Segmentation Storage and Label Map Segmentation Storage. */
const SEGMENTATIONS = ['1.2.840.10008.5.1.4.1.1.66.4', '1.2.840.10008.5.1.4.1.1.66.7'];
const STRUCTURE_SET = '1.2.840.10008.5.1.4.1.1.481.3';
/** None: files that are read twice cost less than their memory, as a page cache holds them anyway. */
const KEPT = 0;

/**
 * Reads the headers of files and finds out what each is. A file that cannot be used is listed with its reason and
 * stops nothing.
 * @throws SentinodeError `interrupted`
 */
export async function scanFiles(sources: readonly FileSource[], options: ScanOptions = {}): Promise<Scan> {
  const found: ScannedFile[] = [];
  const skipped: SkippedFile[] = [];
  const cache = new FileCache(options.keep ?? KEPT);
  for (const [at, source] of sources.entries()) {
    throwIfAborted(options.signal);
    options.progress?.({ stage: 'reading headers', done: at, total: sources.length });
    try {
      const data = readDicom(await source.read());
      const file = roleOf(source, data);
      found.push({ ...file, slices: file.role === 'image' ? slicesOfFile(data, at) : [] });
      cache.put(source, data);
    } catch (error) {
      if (!isSentinodeError(error)) throw error;
      skipped.push({ source, error });
    }
  }
  options.progress?.({ stage: 'reading headers', done: sources.length, total: sources.length });
  found.sort((a, b) => (a.instance < b.instance ? -1 : a.instance > b.instance ? 1 : 0));
  const files: ScannedFile[] = [];
  let copies = 0;
  for (const file of found) {
    const last = files.at(-1);
    if (last?.instance === file.instance) {
      if (await sameContent(await cache.get(last.source), await cache.get(file.source))) copies++;
      else skipped.push({ source: file.source, error: conflicting() });
    } else {
      files.push({ ...file, slices: file.slices.map((slice) => ({ ...slice, source: files.length })) });
    }
  }
  const open = async (index: number): Promise<DicomFile> => cache.get(files[index].source);
  return { files: withoutIssuers(files), skipped, copies, open };
}

function roleOf(source: FileSource, file: DicomFile): Omit<ScannedFile, 'slices'> {
  const { dataSet, meta, syntax } = file;
  const sopClass = dataSet.text(TAG.SOPClassUID) ?? meta.text(TAG.MediaStorageSOPClassUID) ?? '';
  const instance = dataSet.text(TAG.SOPInstanceUID) ?? meta.text(TAG.MediaStorageSOPInstanceUID);
  if (meta.has(TAG.FileSetID) || dataSet.get(TAG.DirectoryRecordSequence) !== undefined)
    throw new SentinodeError('dicom-none', 'A DICOMDIR is a list of files; the files themselves are read.');
  if (sopClass !== STRUCTURE_SET && pixelElement(dataSet) === undefined) {
    throw new SentinodeError(
      'dicom-none',
      `A DICOM object without pixels (${
        dataSet
          .text(TAG.Modality)
          ?.replace(/[^A-Z]/g, '')
          .slice(0, 16) ?? 'no modality'
      }) is no image.`,
    );
  }
  if (instance === undefined || !/^[0-9.]{1,64}$/.test(instance)) {
    throw new SentinodeError(
      'dicom-attribute',
      'SOPInstanceUID (0008,0018) is missing or no identifier (digits and points, at most 64), so copies cannot be told from images. Export the series again.',
      { field: 'SOPInstanceUID (0008,0018)' },
    );
  }
  return {
    source,
    role: SEGMENTATIONS.includes(sopClass)
      ? 'segmentation'
      : sopClass === STRUCTURE_SET
        ? 'structure-set'
        : 'image',
    instance,
    attributes: seriesAttributes(dataSet),
    lossy: syntax.lossy || dataSet.text(TAG.LossyImageCompression) === '01',
  };
}

/** Whether two files of one SOP Instance UID are one image: the same pixels, however stored, at the same place. */
async function sameContent(a: DicomFile, b: DicomFile): Promise<boolean> {
  const equal = (tag: number): boolean => {
    const parts = (element: DataElement | undefined): readonly Uint8Array[] =>
      element === undefined ? [] : [element.bytes, ...(element.fragments ?? [])];
    const [p, q] = [parts(a.dataSet.get(tag)), parts(b.dataSet.get(tag))];
    return p.length === q.length && p.every((bytes, at) => equalBytes(bytes, q[at]));
  };
  if (![TAG.ImagePosition, TAG.ImageOrientation, TAG.RescaleSlope, TAG.ContourData].every(equal))
    return false;
  if (equal(TAG.PixelData)) return true;
  if (a.syntax.uid === b.syntax.uid) return false;
  try {
    const [first, second] = [await openFrames(a), await openFrames(b)];
    const count = first.layout.frames;
    return (
      count === second.layout.frames &&
      Array.from({ length: count }, (_, frame) => frame).every((frame) => {
        const [p, q] = [first.read(frame), second.read(frame)];
        return p.length === q.length && p.every((value, at) => value === q[at]);
      })
    );
  } catch (error) {
    if (isSentinodeError(error)) return false;
    throw error;
  }
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function conflicting(): SentinodeError {
  return new SentinodeError(
    'dicom-attribute',
    'Two files have one SOPInstanceUID and different pixels or places; the first is read. Export the series again.',
    { field: 'SOPInstanceUID (0008,0018)' },
  );
}

/** Files that were read, as long as they fit; others are read again. */
class FileCache {
  private readonly files = new Map<FileSource, DicomFile>();
  private room: number;
  private last: { readonly source: FileSource; readonly file: DicomFile } | undefined;

  constructor(room: number) {
    this.room = room;
  }

  put(source: FileSource, file: DicomFile): void {
    const size = [...file.dataSet.elements.values()].reduce(
      (sum, { bytes, fragments }) => sum + bytes.length + (fragments ?? []).reduce((s, f) => s + f.length, 0),
      0,
    );
    if (size > this.room) return;
    this.room -= size;
    this.files.set(source, file);
  }

  async get(source: FileSource): Promise<DicomFile> {
    const kept = this.files.get(source);
    if (kept !== undefined) return kept;
    // The volumes of a multi-frame file follow each other, so that it is read once for all of them.
    if (this.last?.source !== source) this.last = { source, file: readDicom(await source.read()) };
    return this.last.file;
  }
}
