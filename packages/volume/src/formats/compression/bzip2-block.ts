import type { BitReader } from './bit-reader.ts';
import type { BoundedOutput } from './bounded-output.ts';
import { damagedBzip2 } from './bzip2-error.ts';
import { type HuffmanCode, readHuffmanCode } from './huffman.ts';

const SYMBOLS_PER_SELECTOR = 50;

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

/** Decodes one block into the output and returns its CRC-32. */
export function decodeBlock(reader: BitReader, blockSize: number, output: BoundedOutput): number {
  if (reader.bit() === 1) throw damagedBzip2('they use the obsolete randomised mode');
  const start = reader.bits(24);
  const transformed = readTransformed(reader, blockSize);
  if (start >= transformed.length) throw damagedBzip2('a block starts outside itself');
  return writeRuns(invertTransform(transformed, start), output);
}

/** Huffman codes, zero runs and move-to-front: the last column of the Burrows-Wheeler matrix. */
function readTransformed(reader: BitReader, blockSize: number): Uint8Array {
  const bytes = readUsedBytes(reader);
  const codeCount = reader.bits(3);
  const selectorCount = reader.bits(15);
  if (bytes.length === 0 || codeCount < 2 || codeCount > 6 || selectorCount < 1) {
    throw damagedBzip2('the tables of a block are invalid');
  }
  const selectors = readSelectors(reader, codeCount, selectorCount);
  const endOfBlock = bytes.length + 1;
  const codes: HuffmanCode[] = [];
  for (let code = 0; code < codeCount; code++) codes.push(readHuffmanCode(reader, bytes.length + 2));

  const block = new Uint8Array(blockSize);
  let length = 0;
  let run = 0;
  let runWeight = 1;
  for (let read = 0; ; read++) {
    const selector = selectors[Math.floor(read / SYMBOLS_PER_SELECTOR)];
    if (selector === undefined) throw damagedBzip2('a block is longer than its selectors');
    const symbol = codes[selector]!.read(reader);
    if (symbol <= 1) {
      run += runWeight * (symbol + 1);
      runWeight *= 2;
      if (length + run > blockSize) throw damagedBzip2('a block is longer than its size');
      continue;
    }
    block.fill(bytes[0]!, length, length + run);
    length += run;
    run = 0;
    runWeight = 1;
    if (symbol === endOfBlock) return block.subarray(0, length);
    if (length === blockSize) throw damagedBzip2('a block is longer than its size');
    block[length++] = moveToFront(bytes, symbol - 1);
  }
}

function readUsedBytes(reader: BitReader): number[] {
  const groups = reader.bits(16);
  const used: number[] = [];
  for (let group = 0; group < 16; group++) {
    if (((groups >>> (15 - group)) & 1) === 0) continue;
    const members = reader.bits(16);
    for (let member = 0; member < 16; member++) {
      if (((members >>> (15 - member)) & 1) === 1) used.push(group * 16 + member);
    }
  }
  return used;
}

function readSelectors(reader: BitReader, codeCount: number, selectorCount: number): Uint8Array {
  const order = Array.from({ length: codeCount }, (_, code) => code);
  const selectors = new Uint8Array(selectorCount);
  for (let at = 0; at < selectorCount; at++) {
    let position = 0;
    while (reader.bit() === 1) position++;
    if (position >= codeCount) throw damagedBzip2('a selector names no table');
    selectors[at] = moveToFront(order, position);
  }
  return selectors;
}

function moveToFront(list: number[], position: number): number {
  const value = list[position]!;
  list.copyWithin(1, 0, position);
  list[0] = value;
  return value;
}

/** Inverse Burrows-Wheeler transform. */
function invertTransform(column: Uint8Array, start: number): Uint8Array {
  const next = new Uint32Array(256);
  for (const byte of column) next[byte]!++;
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = next[byte]!;
    next[byte] = sum;
    sum += count;
  }
  const successor = new Uint32Array(column.length);
  column.forEach((byte, at) => {
    successor[next[byte]!++] = at;
  });
  const block = new Uint8Array(column.length);
  let at = successor[start]!;
  for (let position = 0; position < block.length; position++) {
    block[position] = column[at]!;
    at = successor[at]!;
  }
  return block;
}

/** Undoes the first stage of the encoder, four equal bytes and a count, and returns the CRC-32 of what is written. */
function writeRuns(block: Uint8Array, output: BoundedOutput): number {
  let crc = -1;
  const write = (byte: number): void => {
    output.push(byte);
    crc = (crc << 8) ^ crcTable[((crc >>> 24) ^ byte) & 0xff]!;
  };
  let previous = -1;
  let equal = 0;
  for (const byte of block) {
    if (equal === 4) {
      for (let repeat = 0; repeat < byte; repeat++) write(previous);
      equal = 0;
      previous = -1;
      continue;
    }
    equal = byte === previous ? equal + 1 : 1;
    previous = byte;
    write(byte);
  }
  return ~crc >>> 0;
}
