import { hasLongForm } from '../data-set/value-representation.ts';

/** What an element holds: text (several values joined by backslashes), numbers, bytes, or items. */
export type ElementValue =
  | Encapsulated
  | string
  | readonly string[]
  | readonly number[]
  | Uint8Array
  | readonly (readonly NewElement[])[];

/** Compressed pixel data: the basic offset table and the fragments behind it (PS3.5 annex A.4). */
export interface Encapsulated {
  readonly table: Uint8Array;
  readonly fragments: readonly Uint8Array[];
}

/** An element to be written. */
export interface NewElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: ElementValue;
}

/** `element(TAG.Rows, 'US', [256])` */
export function element(tag: number, vr: string, value: ElementValue): NewElement {
  return { tag, vr, value };
}

const SHORT_LIMIT = 65_534;
const ITEM = [0xfe, 0xff, 0x00, 0xe0];

/**
 * Bytes of elements in explicit little endian, sorted by tag, with defined lengths, padded to even.
 * @throws TypeError for a value that its representation cannot hold; that is a fault of the caller
 */
export function writeElements(elements: readonly NewElement[]): Uint8Array {
  return joined(elements.toSorted((a, b) => a.tag - b.tag).map(writeElement));
}

function writeElement({ tag, vr, value }: NewElement): Uint8Array {
  if (isEncapsulated(value)) return writeEncapsulated(tag, vr, value);
  const content = padded(contentOf(vr, value), vr);
  const long = hasLongForm(vr);
  if (!long && content.length > SHORT_LIMIT)
    throw new TypeError(`${vr} of ${content.length} bytes is too long`);
  const bytes = new Uint8Array((long ? 12 : 8) + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(tag / 65_536), true);
  view.setUint16(2, tag % 65_536, true);
  bytes[4] = vr.charCodeAt(0);
  bytes[5] = vr.charCodeAt(1);
  if (long) view.setUint32(8, content.length, true);
  else view.setUint16(6, content.length, true);
  bytes.set(content, long ? 12 : 8);
  return bytes;
}

const isEncapsulated = (value: ElementValue): value is Encapsulated =>
  typeof value === 'object' && 'fragments' in value;

const UNDEFINED_LENGTH = 0xffffffff;
const SEQUENCE_END = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];

function writeEncapsulated(tag: number, vr: string, { table, fragments }: Encapsulated): Uint8Array {
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setUint16(0, Math.floor(tag / 65_536), true);
  view.setUint16(2, tag % 65_536, true);
  head[4] = vr.charCodeAt(0);
  head[5] = vr.charCodeAt(1);
  view.setUint32(8, UNDEFINED_LENGTH, true);
  return joined([
    head,
    ...[table, ...fragments].map((part) => item(padded(part, 'OB'))),
    Uint8Array.from(SEQUENCE_END),
  ]);
}

function contentOf(vr: string, value: Exclude<ElementValue, Encapsulated>): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (vr === 'SQ') return joined((value as readonly (readonly NewElement[])[]).map(writeItem));
  if (typeof value === 'string') return new TextEncoder().encode(value);
  if (value.length === 0) return new Uint8Array(0);
  if (typeof value[0] === 'string') return new TextEncoder().encode(value.join('\\'));
  return numbersOf(vr, value as readonly number[]);
}

function writeItem(elements: readonly NewElement[]): Uint8Array {
  return item(writeElements(elements));
}

function item(content: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  head.set(ITEM);
  new DataView(head.buffer).setUint32(4, content.length, true);
  return joined([head, content]);
}

function numbersOf(vr: string, values: readonly number[]): Uint8Array {
  const widths: Readonly<Record<string, number | undefined>> = {
    US: 2,
    SS: 2,
    AT: 4,
    UL: 4,
    SL: 4,
    FL: 4,
    FD: 8,
  };
  const width = widths[vr];
  if (width === undefined) throw new TypeError(`${vr} holds no binary numbers`);
  const view = new DataView(new ArrayBuffer(values.length * width));
  values.forEach((value, at) => {
    if (vr === 'US') view.setUint16(2 * at, value, true);
    else if (vr === 'SS') view.setInt16(2 * at, value, true);
    else if (vr === 'UL') view.setUint32(4 * at, value, true);
    else if (vr === 'SL') view.setInt32(4 * at, value, true);
    else if (vr === 'FL') view.setFloat32(4 * at, value, true);
    else if (vr === 'FD') view.setFloat64(8 * at, value, true);
    else {
      view.setUint16(4 * at, Math.floor(value / 65_536), true);
      view.setUint16(4 * at + 2, value % 65_536, true);
    }
  });
  return new Uint8Array(view.buffer);
}

function padded(content: Uint8Array, vr: string): Uint8Array {
  if (content.length % 2 === 0) return content;
  const even = new Uint8Array(content.length + 1);
  even.set(content);
  even[content.length] = ['UI', 'OB', 'UN'].includes(vr) ? 0 : 0x20;
  return even;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
