import { SentinodeError } from '@sentinode/core';
import { ascii, type SpssDictionary, type SpssSlot } from './dictionary.ts';

/** A variable as SPSS shows it, made of one or more slots of a case. */
export interface SpssVariable {
  readonly name: string;
  /** Position of its first slot. */
  readonly slot: number;
  /** 0 for a number, bytes of a text otherwise (very long texts: all segments together). */
  readonly width: number;
  /** First slots of the segments of a text, in order. */
  readonly segments: readonly number[];
  readonly format: number;
  readonly missing: SpssSlot['missing'];
}

/** Bytes of text in one segment of a text longer than 255 bytes, and how many bytes such a segment stands for in the width. */
const SEGMENT_BYTES = 255;
const SEGMENT_STEP = 252;

/** Joins slots to variables and gives them their long names. */
export function variablesOf(
  dictionary: SpssDictionary,
  decode: (bytes: Uint8Array) => string,
): SpssVariable[] {
  const longNames = assignments(dictionary.extensions.get(13), decode, '\t');
  const longWidths = assignments(dictionary.extensions.get(14), decode, '\0\t');
  const starts = dictionary.slots.flatMap((slot, at) => (slot.width >= 0 ? [at] : []));
  const variables: SpssVariable[] = [];
  for (let k = 0; k < starts.length; k++) {
    const slot = starts[k]!;
    const { width, format, missing, ...stored } = dictionary.slots[slot]!;
    const shortName = decode(stored.shortName).trimEnd();
    const longWidth = Number(longWidths.get(shortName) ?? Number.NaN);
    const count = longWidth > SEGMENT_BYTES ? Math.ceil(longWidth / SEGMENT_STEP) : 1;
    variables.push({
      name: longNames.get(shortName) ?? shortName,
      slot,
      width: count > 1 ? longWidth : width,
      segments: starts.slice(k, k + count),
      format,
      missing,
    });
    k += count - 1;
  }
  return variables;
}

/** Bytes of a very long text that stand in each of its segments. */
export const segmentBytes = SEGMENT_BYTES;

/** `NAME=value` pairs of an extension record. */
function assignments(
  record: Uint8Array | undefined,
  decode: (bytes: Uint8Array) => string,
  separator: string,
): Map<string, string> {
  const pairs = new Map<string, string>();
  if (record === undefined) return pairs;
  for (const item of decode(record).split(separator)) {
    const equals = item.indexOf('=');
    if (equals > 0) pairs.set(item.slice(0, equals), item.slice(equals + 1).replace(/\0+$/, ''));
  }
  return pairs;
}

/** SPSS character codes of the machine record that are not the number of a Windows code page. */
const codePages: ReadonlyMap<number, string> = new Map([
  [2, 'windows-1252'],
  [3, 'windows-1252'],
  [28591, 'iso-8859-1'],
  [28605, 'iso-8859-15'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [54936, 'gb18030'],
  [65001, 'utf-8'],
]);

/**
 * How the texts of a file are encoded: its encoding record, else its code page, else windows-1252.
 * @throws SentinodeError `table-encoding` for an encoding that is not known here
 */
export function textDecoderOf(
  extensions: SpssDictionary['extensions'],
  littleEndian: boolean,
  file: string,
): (bytes: Uint8Array) => string {
  const named = extensions.get(20);
  const machine = extensions.get(3);
  const code =
    machine === undefined || machine.length < 32
      ? 2
      : new DataView(machine.buffer, machine.byteOffset, 32).getInt32(28, littleEndian);
  const label =
    named === undefined ? (codePages.get(code) ?? `windows-${code}`) : ascii(named).replace(/\0/g, '').trim();
  try {
    const decoder = new TextDecoder(label);
    return (bytes) => decoder.decode(bytes);
  } catch (cause) {
    throw new SentinodeError(
      'table-encoding',
      `The SPSS file has the encoding "${label}", which cannot be read. Save it in Unicode mode, or export it as CSV in UTF-8.`,
      { file },
      cause,
    );
  }
}
