import { numberText, type RawTable, type ReadTableOptions } from '../raw-table.ts';
import { ByteCursor } from './byte-cursor.ts';
import { readCases } from './cases.ts';
import { ascii, readDictionary, type SpssDictionary } from './dictionary.ts';
import { type SpssVariable, segmentBytes, textDecoderOf, variablesOf } from './variables.ts';

/** Print formats whose numbers are seconds since 14 October 1582. */
const DATE_FORMATS: ReadonlySet<number> = new Set([20, 22, 23, 24, 28, 29, 30, 38, 39, 41]);
/** Those of them that show a time of day. */
const DATETIME_FORMATS: ReadonlySet<number> = new Set([22, 41]);
const DAY = 86_400;
/** Seconds from 14 October 1582 to 1 January 1970. */
const EPOCH = 141_428 * DAY;

export function isSpss(bytes: Uint8Array): boolean {
  return /^\$FL[23]$/.test(ascii(bytes.subarray(0, 4)));
}

/**
 * Reads an SPSS system file (.sav), plain or compressed by commands, in either byte order. System-missing values and
 * those the file declares as user-missing are empty cells; dates are yyyy-mm-dd; texts lose their trailing blanks.
 * Value labels are returned beside the values, or put in their place with `useValueLabels`.
 * @throws SentinodeError `table-damaged`, `table-encoding`, or `format-unknown` for .zsav
 */
export function readSpss(bytes: Uint8Array, options: ReadTableOptions): RawTable {
  const cursor = new ByteCursor(bytes, options.file);
  const dictionary = readDictionary(cursor, options.file);
  const decode = textDecoderOf(dictionary, cursor.littleEndian, options.file);
  const variables = variablesOf(dictionary, decode);
  const number = (slot: Uint8Array): number =>
    new DataView(slot.buffer, slot.byteOffset, 8).getFloat64(0, cursor.littleEndian);

  const valueLabels = readLabels(dictionary, variables, number, decode, options);
  const missing = variables.map((variable) => missingTest(variable, number));
  const rows: string[][] = [];
  for (const record of readCases(cursor, dictionary, options.file)) {
    rows.push(
      variables.map((variable, at) => {
        const first = record.subarray(8 * variable.slot, 8 * variable.slot + 8);
        if (missing[at]!(first)) return '';
        const text =
          variable.width === 0
            ? valueText(number(first), variable, options)
            : decode(textBytes(record, variable)).trimEnd();
        return options.useValueLabels === true ? (valueLabels.get(variable.name)?.get(text) ?? text) : text;
      }),
    );
  }
  const lines = rows.map((_, at) => at + 1);
  return {
    file: options.file,
    columns: variables.map((variable) => variable.name),
    rows,
    lines,
    valueLabels,
  };
}

function valueText(value: number, { format }: SpssVariable, { decimal }: ReadTableOptions): string {
  if (!DATE_FORMATS.has(format)) return numberText(value, decimal);
  const stamp = new Date((value - EPOCH) * 1000).toISOString();
  return DATETIME_FORMATS.has(format) ? stamp.slice(0, 19) : stamp.slice(0, 10);
}

/** The bytes of a text; very long ones lie in several segments. */
function textBytes(record: Uint8Array, { width, segments }: SpssVariable): Uint8Array {
  if (segments.length === 1) return record.subarray(8 * segments[0]!, 8 * segments[0]! + width);
  const bytes = new Uint8Array(segments.length * segmentBytes);
  segments.forEach((slot, at) => {
    bytes.set(record.subarray(8 * slot, 8 * slot + segmentBytes), at * segmentBytes);
  });
  return bytes.subarray(0, width);
}

/** Whether the first slot of a value says that it is missing. */
function missingTest(
  { width, missing }: SpssVariable,
  number: (slot: Uint8Array) => number,
): (slot: Uint8Array) => boolean {
  if (width > 0) {
    const declared = new Set(missing.values.map((value) => ascii(value).trimEnd()));
    return (slot) => declared.has(ascii(slot.subarray(0, width)).trimEnd());
  }
  const values = missing.values.map(number);
  const [low, high] = missing.range ? values.splice(0, 2) : [];
  return (slot) => {
    const value = number(slot);
    return (
      value === -Number.MAX_VALUE ||
      values.includes(value) ||
      (low !== undefined && high !== undefined && value >= low && value <= high)
    );
  };
}

function readLabels(
  dictionary: SpssDictionary,
  variables: readonly SpssVariable[],
  number: (slot: Uint8Array) => number,
  decode: (bytes: Uint8Array) => string,
  options: ReadTableOptions,
): Map<string, ReadonlyMap<string, string>> {
  const labels = new Map<string, ReadonlyMap<string, string>>();
  for (const { slots, entries } of dictionary.labels) {
    for (const variable of variables.filter(({ slot }) => slots.includes(slot))) {
      const text = (value: Uint8Array): string =>
        variable.width === 0
          ? valueText(number(value), variable, options)
          : decode(value.subarray(0, variable.width)).trimEnd();
      labels.set(
        variable.name,
        new Map(entries.map(({ value, label }) => [text(value), decode(label).trimEnd()])),
      );
    }
  }
  return labels;
}
