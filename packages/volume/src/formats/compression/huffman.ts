import type { BitReader } from './bit-reader.ts';
import { damagedBzip2 } from './bzip2-error.ts';

const LONGEST_CODE = 20;

/** Canonical Huffman code: shorter codes first, equal lengths in symbol order. */
export class HuffmanCode {
  private readonly symbols: number[] = [];
  private readonly counts = new Array<number>(LONGEST_CODE + 1).fill(0);

  /** @param lengths code length of each symbol, 1 to 20 */
  constructor(lengths: readonly number[]) {
    for (let length = 1; length <= LONGEST_CODE; length++) {
      lengths.forEach((own, symbol) => {
        if (own !== length) return;
        this.symbols.push(symbol);
        this.counts[length]!++;
      });
    }
  }

  read(reader: BitReader): number {
    let code = 0;
    let first = 0;
    let before = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      code = (code << 1) | reader.bit();
      const count = this.counts[length]!;
      if (code - first < count) return this.symbols[before + code - first]!;
      before += count;
      first = (first + count) << 1;
    }
    throw damagedBzip2('a code is not in its table');
  }
}

/** Reads the code lengths of `symbolCount` symbols: a start value, then steps of one up or down. */
export function readHuffmanCode(reader: BitReader, symbolCount: number): HuffmanCode {
  let length = reader.bits(5);
  const lengths: number[] = [];
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    while (reader.bit() === 1) length += reader.bit() === 0 ? 1 : -1;
    if (length < 1 || length > LONGEST_CODE) throw damagedBzip2('a code length is not 1 to 20');
    lengths.push(length);
  }
  return new HuffmanCode(lengths);
}
