import { SentinodeError } from '@sentinode/core';
import { type ByteCursor, damagedSpss } from './byte-cursor.ts';

/** One 8-byte slot of a case as the dictionary lists it. */
export interface SpssSlot {
  /** 0 for a number, bytes of a text, -1 for the slots that continue a text. */
  readonly width: number;
  /** Short name in the encoding of the file, 8 bytes. */
  readonly shortName: Uint8Array;
  /** Print format type: 20 and others are dates. */
  readonly format: number;
  readonly missing: MissingValues;
}

/** Values that the author of the file declared missing; 8 bytes each as they stand in the file. */
interface MissingValues {
  readonly range: boolean;
  readonly values: readonly Uint8Array[];
}

/** Everything in front of the cases. */
export interface SpssDictionary {
  readonly compression: 0 | 1;
  /** What is added to compressed small integers. */
  readonly bias: number;
  /** Number of cases, or -1 where the writer did not know. */
  readonly caseCount: number;
  readonly slots: readonly SpssSlot[];
  /** Value labels by slot position, the value as its 8 bytes. */
  readonly labels: readonly SpssValueLabels[];
  /** Extension records by subtype; the last of a subtype counts. */
  readonly extensions: ReadonlyMap<number, Uint8Array>;
}

interface SpssValueLabels {
  readonly slots: readonly number[];
  readonly entries: readonly { readonly value: Uint8Array; readonly label: Uint8Array }[];
}

const HEADER_RECORD = {
  variable: 2,
  valueLabels: 3,
  labelledVariables: 4,
  documents: 6,
  extension: 7,
  end: 999,
} as const;
const MOST_VARIABLES = 1_000_000;

/** Reads the header and all dictionary records; the cursor stands at the first case afterwards. */
export function readDictionary(cursor: ByteCursor, file: string): SpssDictionary {
  const magic = ascii(cursor.take(4));
  if (magic === '$FL3') {
    throw new SentinodeError(
      'format-unknown',
      'This is a compressed SPSS file (.zsav). Save it as .sav, or export it as CSV.',
      { file },
    );
  }
  cursor.skip(60);
  setByteOrder(cursor, file);
  cursor.skip(4);
  const compression = cursor.integer();
  if (compression !== 0 && compression !== 1)
    throw damagedSpss(`compression ${compression} is unknown`, file);
  cursor.skip(4);
  const caseCount = cursor.integer();
  const bias = cursor.double();
  cursor.skip(84);

  const slots: SpssSlot[] = [];
  const labels: SpssValueLabels[] = [];
  const extensions = new Map<number, Uint8Array>();
  for (;;) {
    const record = cursor.integer();
    switch (record) {
      case HEADER_RECORD.variable:
        slots.push(readVariable(cursor, file));
        if (slots.length > MOST_VARIABLES) throw damagedSpss('it has more than a million variables', file);
        break;
      case HEADER_RECORD.valueLabels:
        labels.push(readValueLabels(cursor, file, slots.length));
        break;
      case HEADER_RECORD.documents:
        cursor.skip(80 * cursor.integer());
        break;
      case HEADER_RECORD.extension: {
        const subtype = cursor.integer();
        const size = cursor.integer();
        extensions.set(subtype, cursor.take(size * cursor.integer()));
        break;
      }
      case HEADER_RECORD.end:
        cursor.skip(4);
        if (slots.length === 0) throw damagedSpss('it has no variables', file);
        return { compression, bias, caseCount, slots, labels, extensions };
      default:
        throw damagedSpss(`a record of type ${record} is unknown`, file);
    }
  }
}

/** The layout code is 2 or 3 in the byte order of the machine that wrote the file. */
function setByteOrder(cursor: ByteCursor, file: string): void {
  const code = cursor.take(4);
  const small = (value: number | undefined): boolean => value === 2 || value === 3;
  if (small(code[0]) && code[3] === 0) cursor.littleEndian = true;
  else if (small(code[3]) && code[0] === 0) cursor.littleEndian = false;
  else throw damagedSpss('its byte order is unknown', file);
}

function readVariable(cursor: ByteCursor, file: string): SpssSlot {
  const width = cursor.integer();
  const hasLabel = cursor.integer();
  const missingCode = cursor.integer();
  const format = (cursor.integer() >>> 16) & 0xff;
  cursor.skip(4);
  const shortName = cursor.take(8);
  const named = `the variable ${ascii(shortName).trimEnd()}`;
  if (width < -1 || width > 255) throw damagedSpss(`${named} has width ${width}`, file);
  if (hasLabel === 1) cursor.skip(Math.ceil(cursor.integer() / 4) * 4);
  if (Math.abs(missingCode) > 3 || missingCode === -1)
    throw damagedSpss(`${named} has ${missingCode} missing values`, file);
  const values = Array.from({ length: Math.abs(missingCode) }, () => cursor.take(8));
  return { width, shortName, format, missing: { range: missingCode < 0, values } };
}

function readValueLabels(cursor: ByteCursor, file: string, slotCount: number): SpssValueLabels {
  const count = cursor.integer();
  const entries: { value: Uint8Array; label: Uint8Array }[] = [];
  for (let entry = 0; entry < count; entry++) {
    const value = cursor.take(8);
    const length = cursor.take(1)[0]!;
    const label = cursor.take(length);
    cursor.skip((8 - ((length + 1) % 8)) % 8);
    entries.push({ value, label });
  }
  if (cursor.integer() !== HEADER_RECORD.labelledVariables)
    throw damagedSpss('value labels belong to no variable', file);
  const variables = cursor.integer();
  const slots: number[] = [];
  for (let variable = 0; variable < variables; variable++) {
    const slot = cursor.integer() - 1;
    if (slot < 0 || slot >= slotCount)
      throw damagedSpss('value labels belong to a variable that is not there', file);
    slots.push(slot);
  }
  return { slots, entries };
}

export function ascii(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
