import { concat } from './bytes.ts';

/** An entry of a tar archive; `size` may lie, `kind` is 0 for a file, 1 and 2 for links, 3 for a device. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly kind?: string;
  readonly target?: string;
  readonly size?: number | undefined;
}

const BLOCK = 512;

/** A tar archive (ustar) of entries. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  return concat(
    ...entries.flatMap(({ bytes, ...entry }) => {
      const padded = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK);
      padded.set(bytes);
      return [headOf({ size: bytes.length, ...entry, bytes }), padded];
    }),
    new Uint8Array(2 * BLOCK),
  );
}

function headOf({ name, bytes, kind = '0', target = '', size = bytes.length }: TarEntry): Uint8Array {
  const head = new Uint8Array(BLOCK);
  const put = (text: string, place: number): void => head.set(new TextEncoder().encode(text), place);
  put(name, 0);
  put(`${size.toString(8).padStart(11, '0')}\0`, 124);
  put('        ', 148);
  put(kind, 156);
  put(target, 157);
  put('ustar\0', 257);
  const sum = head.reduce((a, b) => a + b, 0);
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return head;
}
