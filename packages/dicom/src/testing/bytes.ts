/** DICOM bytes for tests, also such as no writer would make. */
const UNDEFINED = 0xffffffff;
const long = new Set(['OB', 'OW', 'OF', 'OD', 'SQ', 'UN', 'UT', 'OV']);

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function head(tag: number, rest: number): DataView {
  const view = new DataView(new ArrayBuffer(4 + rest));
  view.setUint16(0, Math.floor(tag / 65_536), true);
  view.setUint16(2, tag % 65_536, true);
  return view;
}

/** An element in explicit little endian; `length` may lie. */
export function explicit(tag: number, vr: string, bytes: Uint8Array, length = bytes.length): Uint8Array {
  const view = head(tag, long.has(vr) ? 8 : 4);
  view.setUint8(4, vr.charCodeAt(0));
  view.setUint8(5, vr.charCodeAt(1));
  if (long.has(vr)) view.setUint32(8, length, true);
  else view.setUint16(6, length, true);
  return concat(new Uint8Array(view.buffer), bytes);
}

export function text(tag: number, vr: string, value: string): Uint8Array {
  const padded = value.length % 2 === 0 ? value : `${value}${vr === 'UI' ? '\0' : ' '}`;
  return explicit(tag, vr, new TextEncoder().encode(padded));
}

export function us(tag: number, ...values: readonly number[]): Uint8Array {
  return explicit(tag, 'US', new Uint8Array(Uint16Array.from(values).buffer));
}

export function item(elements: readonly Uint8Array[], length?: number): Uint8Array {
  const content = concat(...elements);
  const view = head(0xfffee000, 4);
  view.setUint32(4, length ?? content.length, true);
  return concat(new Uint8Array(view.buffer), content);
}

export function sequence(tag: number, items: readonly Uint8Array[]): Uint8Array {
  return explicit(tag, 'SQ', concat(...items));
}

/** Sequences within sequences, none of which ends. */
export function nested(depth: number): Uint8Array {
  const level = concat(explicit(0x00081115, 'SQ', new Uint8Array(0), UNDEFINED), item([], UNDEFINED));
  return concat(...Array.from({ length: depth }, () => level));
}

/** A whole file: preamble, transfer syntax, elements. */
export function file(elements: readonly Uint8Array[], syntax = '1.2.840.10008.1.2.1'): Uint8Array {
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  return concat(preamble, text(0x00020010, 'UI', syntax), ...elements);
}
