/** Values of the private header that Siemens scanners write beside the standard one. */
export type CsaHeader = ReadonlyMap<string, readonly string[]>;

const NAME_BYTES = 64;
const ENTRY_BYTES = 84;
const ITEM_HEAD = 16;
/** More than any header has; a damaged count must not make the reader run. */
const MOST = 4096;

/**
 * Reads a CSA header in either of its two forms (with and without the mark `SV10`). Layout as nibabel documents it;
 * a damaged one gives what could be read before the damage.
 */
export function readCsaHeader(bytes: Uint8Array): CsaHeader {
  const found = new Map<string, readonly string[]>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const marked = String.fromCharCode(...bytes.subarray(0, 4)) === 'SV10';
  let at = marked ? 8 : 0;
  if (at + 8 > bytes.length) return found;
  const count = Math.min(view.getUint32(at, true), MOST);
  at += 8;
  let firstLength: number | undefined;
  for (let entry = 0; entry < count && at + ENTRY_BYTES <= bytes.length; entry++) {
    const name = textOf(bytes.subarray(at, at + NAME_BYTES));
    const items = Math.min(view.getUint32(at + 76, true), MOST);
    at += ENTRY_BYTES;
    const values: string[] = [];
    for (let item = 0; item < items && at + ITEM_HEAD <= bytes.length; item++) {
      const [first, second] = [view.getInt32(at, true), view.getInt32(at + 4, true)];
      at += ITEM_HEAD;
      // Without the mark, lengths count from the first item of the header.
      firstLength ??= first;
      const length = marked ? second : first - firstLength;
      if (length < 0 || at + length > bytes.length) return found;
      if (length > 0) values.push(textOf(bytes.subarray(at, at + length)));
      at += Math.ceil(length / 4) * 4;
    }
    found.set(
      name,
      values.filter((value) => value !== ''),
    );
  }
  return found;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return String.fromCharCode(...(end < 0 ? bytes : bytes.subarray(0, end))).trim();
}
