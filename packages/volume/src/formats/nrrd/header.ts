import { SentinodeError } from '@sentinode/core';

/** Text fields of an NRRD header, by lower-case standard name. */
export interface NrrdHeader {
  readonly fields: ReadonlyMap<string, string>;
  /** Lines behind `data file: LIST`. */
  readonly listed: readonly string[];
  /** Where the data of an attached header begin. */
  readonly end: number;
}

/** Names that the format lets a writer choose between. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['datafile', 'data file'],
  ['lineskip', 'line skip'],
  ['byteskip', 'byte skip'],
  ['axismins', 'axis mins'],
  ['centers', 'centerings'],
]);

const LONGEST_HEADER = 2 ** 20;

export function isNrrd(head: Uint8Array): boolean {
  return /^NRRD00\d\d[\r\n]/.test(latin1(head.subarray(0, 9)));
}

/**
 * Splits a header into its fields. Comments and key/value pairs (`name:=value`) mean nothing to a reader of
 * voxels and are left out.
 * @throws SentinodeError `volume-header` for a line that is none of these or a field given twice
 */
export function readNrrdHeader(bytes: Uint8Array): NrrdHeader {
  const fields = new Map<string, string>();
  const listed: string[] = [];
  let listing = false;
  let end = 0;
  for (const { text, next, number } of lines(bytes)) {
    end = next;
    if (number === 1 || text.startsWith('#')) continue;
    if (text === '') break;
    if (listing) {
      listed.push(text);
      continue;
    }
    const separator = text.search(/:=|: /);
    if (separator < 1) {
      throw invalidField(`Line ${number} of the header ("${text.slice(0, 40)}") is no field.`, 'header');
    }
    if (text[separator + 1] === '=') continue;
    const written = text.slice(0, separator).trim().toLowerCase();
    const name = synonyms.get(written) ?? written;
    if (fields.has(name)) throw invalidField(`The field is given twice (line ${number}).`, name);
    fields.set(name, text.slice(separator + 2).trim());
    listing = name === 'data file' && /^LIST\b/.test(fields.get(name)!);
  }
  return { fields, listed, end };
}

/** A field that must be there. */
export function required(header: NrrdHeader, name: string): string {
  const value = header.fields.get(name);
  if (value === undefined) throw invalidField('The field is missing.', name);
  return value;
}

/** The error of a header field, which names it. */
export function invalidField(sentence: string, field: string): SentinodeError {
  return new SentinodeError(
    'volume-header',
    `NRRD header, field "${field}": ${sentence} Export the volume again.`,
    {
      field,
    },
  );
}

export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

interface Line {
  readonly text: string;
  /** Offset behind the line break. */
  readonly next: number;
  /** Counted from 1. */
  readonly number: number;
}

function* lines(bytes: Uint8Array): Generator<Line> {
  let at = 0;
  for (let number = 1; at < bytes.length; number++) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    if (end > LONGEST_HEADER) throw invalidField(`It does not end within ${LONGEST_HEADER} bytes.`, 'header');
    // ASCII by the standard; UTF-8 in names of data files.
    const text = new TextDecoder().decode(bytes.subarray(at, bytes[end - 1] === 13 ? end - 1 : end));
    at = Math.min(end + 1, bytes.length);
    yield { text, next: at, number };
  }
}
