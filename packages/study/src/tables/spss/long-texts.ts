import { ByteCursor } from './byte-cursor.ts';

/** What extension records say about texts longer than 8 bytes, by long variable name. */
export interface LongTexts {
  readonly missing: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly labels: ReadonlyMap<string, readonly { readonly value: Uint8Array; readonly label: Uint8Array }[]>;
}

/** Reads the extension records 21 (value labels) and 22 (missing values) of long texts. */
export function readLongTexts(
  extensions: ReadonlyMap<number, Uint8Array>,
  decode: (bytes: Uint8Array) => string,
  littleEndian: boolean,
  file: string,
): LongTexts {
  const cursorOf = (subtype: number): ByteCursor => {
    const cursor = new ByteCursor(extensions.get(subtype) ?? new Uint8Array(0), file);
    cursor.littleEndian = littleEndian;
    return cursor;
  };
  const text = (cursor: ByteCursor): Uint8Array => cursor.take(cursor.integer());

  const labels = new Map<string, { value: Uint8Array; label: Uint8Array }[]>();
  for (const cursor = cursorOf(21); !cursor.atEnd; ) {
    const name = decode(text(cursor));
    cursor.skip(4);
    const entries: { value: Uint8Array; label: Uint8Array }[] = [];
    for (let left = cursor.integer(); left > 0; left--)
      entries.push({ value: text(cursor), label: text(cursor) });
    labels.set(name, entries);
  }

  const missing = new Map<string, Uint8Array[]>();
  for (const cursor = cursorOf(22); !cursor.atEnd; ) {
    const name = decode(text(cursor));
    const count = cursor.take(1)[0]!;
    const length = cursor.integer();
    missing.set(
      name,
      Array.from({ length: count }, () => cursor.take(length)),
    );
  }
  return { missing, labels };
}
