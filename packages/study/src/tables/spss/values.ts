import { numberText, type ReadTableOptions } from '../raw-table.ts';
import type { SpssDictionary } from './dictionary.ts';
import { type LongTexts, readLongTexts } from './long-texts.ts';
import { type SpssVariable, segmentBytes, textDecoderOf } from './variables.ts';

/** Print formats whose numbers are seconds since 14 October 1582. */
const DATE_FORMATS: ReadonlySet<number> = new Set([20, 22, 23, 24, 28, 29, 30, 38, 39, 41]);
/** Those of them that show a time of day. */
const DATETIME_FORMATS: ReadonlySet<number> = new Set([22, 41]);
/** Seconds from 14 October 1582 to 1 January 1970. */
const EPOCH = 141_428 * 86_400;
const SYSTEM_MISSING = -Number.MAX_VALUE;

/** How the bytes of one file become cells. */
export class SpssValues {
  readonly decode: (bytes: Uint8Array) => string;
  private readonly longTexts: LongTexts;
  private readonly littleEndian: boolean;
  private readonly decimal: ReadTableOptions['decimal'];

  constructor({ extensions }: SpssDictionary, littleEndian: boolean, { file, decimal }: ReadTableOptions) {
    this.decode = textDecoderOf(extensions, littleEndian, file);
    this.longTexts = readLongTexts(extensions, this.decode, littleEndian, file);
    this.littleEndian = littleEndian;
    this.decimal = decimal;
  }

  /** The cell of a variable in the bytes of a case; '' for what is missing. */
  cellOf(variable: SpssVariable): (record: Uint8Array) => string {
    return variable.width === 0 ? this.numberCell(variable) : this.textCell(variable);
  }

  /** Labels of values as the dictionary lists them, by variable name and text of the value. */
  labelsOf(
    variables: readonly SpssVariable[],
    { labels }: SpssDictionary,
  ): Map<string, ReadonlyMap<string, string>> {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const variable of variables) {
      const entries =
        labels.find(({ slots }) => slots.includes(variable.slot))?.entries ??
        this.longTexts.labels.get(variable.name);
      if (entries === undefined) continue;
      const text = (value: Uint8Array): string =>
        variable.width === 0
          ? this.numberText(this.number(value), variable)
          : this.text(value.subarray(0, variable.width));
      found.set(variable.name, new Map(entries.map(({ value, label }) => [text(value), this.text(label)])));
    }
    return found;
  }

  private numberCell(variable: SpssVariable): (record: Uint8Array) => string {
    const values = variable.missing.values.map((value) => this.number(value));
    const [low, high] = variable.missing.range ? values.splice(0, 2) : [];
    const inRange = (value: number): boolean =>
      low !== undefined && high !== undefined && value >= low && value <= high;
    return (record) => {
      const value = this.number(record.subarray(8 * variable.slot, 8 * variable.slot + 8));
      if (value === SYSTEM_MISSING || values.includes(value) || inRange(value)) return '';
      return this.numberText(value, variable);
    };
  }

  private textCell(variable: SpssVariable): (record: Uint8Array) => string {
    const declared = this.longTexts.missing.get(variable.name) ?? variable.missing.values;
    const missing = new Set(declared.map((value) => this.text(value.subarray(0, variable.width))));
    return (record) => {
      const text = this.text(textBytes(record, variable));
      return missing.has(text) ? '' : text;
    };
  }

  private number(bytes: Uint8Array): number {
    return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, this.littleEndian);
  }

  private text(bytes: Uint8Array): string {
    return this.decode(bytes).trimEnd();
  }

  /** Dates of the years 1 to 9999 as yyyy-mm-dd; every other number in shortest form. */
  private numberText(value: number, { format }: SpssVariable): string {
    const date = new Date((value - EPOCH) * 1000);
    const isDate = DATE_FORMATS.has(format) && date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999;
    if (!isDate) return numberText(value, this.decimal);
    return date.toISOString().slice(0, DATETIME_FORMATS.has(format) ? 19 : 10);
  }
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
