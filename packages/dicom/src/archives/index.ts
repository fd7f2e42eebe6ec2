import { gunzip, gunzipHead, isGzip } from '@sentinode/volume';
import type { FileSource } from '../import/scan.ts';
import type { ArchiveFormat } from './archive-format.ts';
import { tar } from './tar.ts';
import { zip } from './zip.ts';

/** Every kind of archive; adding one is one file and one line here. */
const archiveFormats: readonly ArchiveFormat[] = [tar, zip];

/** Most bytes that a compressed archive may hold unpacked; a larger one is to be unpacked first. */
const LARGEST = 2 ** 31;
/** Deflate cannot shrink data by more than this. */
const RATIO = 1032;

/**
 * Files of an archive (tar, tar.gz, zip), or undefined where the bytes are none. Names of entries are only looked
 * at, never used as paths.
 * @throws SentinodeError `archive-damaged`, `volume-truncated`, `too-large` beyond 2 GiB
 */
export function openArchive(bytes: Uint8Array): FileSource[] | undefined {
  const kind = (head: Uint8Array): ArchiveFormat | undefined =>
    archiveFormats.find((format) => format.recognises(head));
  const plain = kind(bytes.subarray(0, 512));
  if (plain !== undefined) return plain.entries(bytes);
  if (!isGzip(bytes)) return undefined;
  // A look at the beginning, so that other gzip files, however long they unpack to, cost nothing.
  const packed = kind(gunzipHead(bytes, 512));
  return packed?.entries(gunzip(bytes, 0, Math.min(LARGEST, bytes.length * RATIO)));
}
