import { type ByteCursor, damagedSpss } from './byte-cursor.ts';
import type { SpssDictionary } from './dictionary.ts';

const COMMANDS_PER_GROUP = 8;
const SPACES = new Uint8Array(8).fill(0x20);

/**
 * The cases one after the other, each as the bytes of all its slots (valid until the next one is read).
 * Compressed files hold one command byte per slot: a small integer, a literal that follows, blanks, or missing.
 */
export function* readCases(
  cursor: ByteCursor,
  dictionary: SpssDictionary,
  file: string,
): Generator<Uint8Array> {
  const slots = dictionary.slots.length;
  const bytes = new Uint8Array(8 * slots);
  const nextSlot =
    dictionary.compression === 1 ? compressedSlots(cursor, dictionary.bias) : plainSlots(cursor);
  for (let found = 0; dictionary.caseCount < 0 || found < dictionary.caseCount; found++) {
    for (let slot = 0; slot < slots; slot++) {
      const next = nextSlot.next();
      if (next.done === true) {
        if (slot === 0 && dictionary.caseCount < 0) return;
        throw damagedSpss(
          `it has ${found} of ${dictionary.caseCount < 0 ? 'unknown' : dictionary.caseCount} cases`,
          file,
        );
      }
      bytes.set(next.value, 8 * slot);
    }
    yield bytes;
  }
}

function* plainSlots(cursor: ByteCursor): Generator<Uint8Array> {
  while (!cursor.atEnd) yield cursor.take(8);
}

function* compressedSlots(cursor: ByteCursor, bias: number): Generator<Uint8Array> {
  const number = new Uint8Array(8);
  const view = new DataView(number.buffer);
  const asBytes = (value: number): Uint8Array => {
    view.setFloat64(0, value, cursor.littleEndian);
    return number;
  };
  while (!cursor.atEnd) {
    for (const command of cursor.take(COMMANDS_PER_GROUP)) {
      if (command === 0) continue;
      if (command === 252) return;
      if (command === 253) yield cursor.take(8);
      else if (command === 254) yield SPACES;
      else if (command === 255) yield asBytes(-Number.MAX_VALUE);
      else yield asBytes(command - bias);
    }
  }
}
