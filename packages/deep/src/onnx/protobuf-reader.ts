/** A field of a protocol buffer message: its number, and the whole number or the bytes that it holds. */
export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/**
 * The fields of a message in their order; every length is compared with the bytes that are there.
 * Source: the protocol buffer wire format (wire types 0, 1, 2, 5).
 * @param fail throws; called for a message that is cut or is none
 */
export function* fieldsOf(bytes: Uint8Array, fail: () => never): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= bytes.length) fail();
      const byte = bytes[at++]!;
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    return fail();
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const kind = key % 8;
    if (number === 0) fail();
    if (kind === 0) {
      yield { number, value: varint() };
      continue;
    }
    const length = kind === 2 ? varint() : kind === 1 ? 8 : kind === 5 ? 4 : fail();
    if (at + length > bytes.length) fail();
    yield { number, value: bytes.subarray(at, at + length) };
    at += length;
  }
}
