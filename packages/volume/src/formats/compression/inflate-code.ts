const LONGEST_CODE = 15;

/**
 * A Huffman code of deflate as a table over its longest code: entry = symbol * 16 + length of its code, at every
 * index whose low bits are that code (deflate sends codes from their first bit). Entries of no code are 0.
 */
export interface InflateCode {
  readonly table: Uint16Array;
  readonly mask: number;
}

/** Builds the table, or returns undefined for lengths of which no code can be made (RFC 1951, section 3.2.2). */
export function inflateCode(lengths: Uint8Array): InflateCode | undefined {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let longest = LONGEST_CODE;
  while (longest > 1 && counts[longest] === 0) longest--;

  const next = new Uint16Array(LONGEST_CODE + 2);
  let code = 0;
  for (let length = 1; length <= LONGEST_CODE; length++) {
    next[length] = code;
    code = (code + counts[length]!) << 1;
    if (code > 1 << (length + 1)) return undefined;
  }
  const size = 1 << longest;
  const table = new Uint16Array(size);
  lengths.forEach((length, symbol) => {
    if (length === 0) return;
    for (let index = reversed(next[length]!++, length); index < size; index += 1 << length) {
      table[index] = symbol * 16 + length;
    }
  });
  return { table, mask: size - 1 };
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >>> bit) & 1) << (length - 1 - bit);
  return result;
}

const fixedLengths = Uint8Array.from({ length: 288 }, (_, symbol) =>
  symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
);
export const fixedLiterals = inflateCode(fixedLengths)!;
export const fixedDistances = inflateCode(new Uint8Array(30).fill(5))!;
