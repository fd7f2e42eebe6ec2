import { isSentinodeError, SentinodeError } from '@sentinode/core';
import type { Volume } from '../volume.ts';
import { gunzipHead, isGzip } from './compression/gzip.ts';
import { metaImage } from './metaimage/index.ts';
import { nifti } from './nifti/index.ts';
import { nrrd } from './nrrd/index.ts';
import type { ReadOptions, VolumeFormat } from './volume-format.ts';

/** Every format of volumes; adding one is one folder and one line here. */
export const volumeFormats: readonly VolumeFormat[] = [nifti, nrrd, metaImage];

/** Enough to recognise any format and to hold any fixed-length header. */
const HEAD_BYTES = 1024;

/**
 * Reads a volume of any known format, chosen by its first bytes and never by its name.
 * @param bytes the whole file
 * @returns values with their geometry in LPS millimetres
 * @throws SentinodeError `file-empty`, `format-unknown`, `volume-header`, `volume-truncated`, `too-large`,
 *   `volume-geometry`, `volume-dimensions`, `volume-precision`, `file-missing` or `path-outside`, with the file named
 */
export async function readVolume(bytes: Uint8Array, options: ReadOptions = {}): Promise<Volume> {
  try {
    return await readAny(bytes, options);
  } catch (error) {
    throw isSentinodeError(error) && options.file !== undefined ? error.at({ file: options.file }) : error;
  }
}

async function readAny(bytes: Uint8Array, options: ReadOptions): Promise<Volume> {
  if (bytes.length === 0)
    throw new SentinodeError('file-empty', 'The file is empty. Export or copy it again.');
  const gzipped = isGzip(bytes);
  const head = gzipped ? gunzipHead(bytes, HEAD_BYTES) : bytes.subarray(0, HEAD_BYTES);
  const format = volumeFormats.find((candidate) => candidate.recognises(head));
  if (format !== undefined) return format.read({ bytes, head, gzipped }, options);
  if (gzipped && head.length < 4) {
    throw new SentinodeError(
      'volume-truncated',
      'The gzip stream is damaged or cut off before its content begins. Copy or export the file again.',
    );
  }
  throw new SentinodeError(
    'format-unknown',
    `${whatItIs(head)} Give a volume as NIfTI (.nii, .nii.gz), NRRD (.nrrd, .nhdr) or MetaImage (.mha, .mhd).`,
  );
}

/**
 * The bytes of a volume in the format that the file's name asks for: `.nii`, `.nii.gz`, `.nrrd` (gzip inside) or
 * `.raw.nrrd`. The same volume gives the same bytes on every machine.
 * @throws SentinodeError `format-unknown` for another ending, `volume-dimensions` for axes too long for NIfTI-1
 */
export function writeVolume(volume: Volume, file: string): Uint8Array {
  const ending = (extension: string): boolean => file.toLowerCase().endsWith(extension);
  if (ending('.nii') || ending('.nii.gz')) return nifti.write(volume, file);
  if (ending('.nrrd')) return nrrd.write(volume, file);
  throw new SentinodeError(
    'format-unknown',
    'Volumes are written as .nii, .nii.gz or .nrrd; choose one of these endings.',
    {
      file,
    },
  );
}

/** Files that people mistake for volumes, by their first bytes. */
function whatItIs(head: Uint8Array): string {
  const text = String.fromCharCode(...head.subarray(0, 200));
  if (text.slice(128, 132) === 'DICM')
    return 'This is one DICOM file; `sentinode import` makes volumes of a series.';
  if (text.startsWith('\x89PNG') || text.startsWith('\xff\xd8\xff'))
    return 'This is a picture without geometry.';
  if (text.startsWith('PK\x03\x04')) return 'This is a zip archive; unpack it first.';
  return 'The file begins like no volume format that is known.';
}
