import { SentinodeError } from '@sentinode/core';
import type { ReadTableOptions } from '../raw-table.ts';

/**
 * Text of a file. A byte order mark decides, then the option, then UTF-8; UTF-16 without a mark is known by its zero
 * bytes.
 * @throws SentinodeError `table-encoding` where bytes are not valid in that encoding
 */
export function decodeText(bytes: Uint8Array, { file, encoding }: ReadTableOptions): string {
  const used = encodingOfMark(bytes) ?? encoding ?? encodingOfZeros(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(used, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new SentinodeError(
      'table-encoding',
      `The text is not ${used.toUpperCase()}. Save the file as UTF-8, or say its encoding (windows-1252 for most older Windows programs).`,
      { file, field: 'encoding', line: used === 'utf-8' ? firstInvalidLine(bytes) : undefined },
      cause,
    );
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function encodingOfZeros(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4 || bytes.length % 2 === 1) return undefined;
  if (bytes[0] !== 0 && bytes[1] === 0 && bytes[3] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return 'utf-16be';
  return undefined;
}

function firstInvalidLine(bytes: Uint8Array): number | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start = 0;
  for (let line = 1; start < bytes.length; line++) {
    const found = bytes.indexOf(10, start);
    const end = found < 0 ? bytes.length : found + 1;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return line;
    }
    start = end;
  }
  return undefined;
}
