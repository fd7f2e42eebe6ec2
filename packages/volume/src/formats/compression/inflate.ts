import { SentinodeError } from '@sentinode/core';
import type { BoundedOutput } from './bounded-output.ts';
import { fixedDistances, fixedLiterals, type InflateCode, inflateCode } from './inflate-code.ts';

/**
 * Decoder of deflate (RFC 1951). Own code, since the decompressors at hand either say not where a stream ends and
 * check no checksum (fflate), or lose what came before an error and differ between browsers and Node over what may
 * follow a stream (DecompressionStream); gzip files with a line feed behind the stream are common.
 */
export class Inflater {
  /** Next byte of the input. */
  position: number;
  private readonly bytes: Uint8Array;
  private readonly output: BoundedOutput;
  private held = 0;
  private heldBits = 0;

  constructor(bytes: Uint8Array, position: number, output: BoundedOutput) {
    this.bytes = bytes;
    this.position = position;
    this.output = output;
  }

  /**
   * Decodes one stream; `position` then stands behind it.
   * @throws SentinodeError `volume-truncated` for damaged or missing data, `too-large` beyond the output's limit
   */
  run(): void {
    let last = 0;
    while (last === 0) {
      last = this.bits(1);
      const kind = this.bits(2);
      if (kind === 0) this.copyStored();
      else if (kind === 1) this.decodeBlock(fixedLiterals, fixedDistances);
      else if (kind === 2) this.decodeBlock(...this.readCodes());
      else throw damagedDeflate();
    }
    this.position -= this.heldBits >>> 3;
    this.heldBits = 0;
  }

  private bits(count: number): number {
    while (this.heldBits < count) {
      if (this.position >= this.bytes.length) throw damagedDeflate();
      this.held |= this.bytes[this.position++]! << this.heldBits;
      this.heldBits += 8;
    }
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.heldBits -= count;
    return value;
  }

  private copyStored(): void {
    this.position -= this.heldBits >>> 3;
    this.held = 0;
    this.heldBits = 0;
    const { bytes, output } = this;
    const at = this.position;
    if (at + 4 > bytes.length) throw damagedDeflate();
    const length = bytes[at]! | (bytes[at + 1]! << 8);
    if ((length ^ (bytes[at + 2]! | (bytes[at + 3]! << 8))) !== 0xffff) throw damagedDeflate();
    if (at + 4 + length > bytes.length) throw damagedDeflate();
    if (output.length + length > output.buffer.length) output.grow(output.length + length);
    output.buffer.set(bytes.subarray(at + 4, at + 4 + length), output.length);
    output.length += length;
    this.position = at + 4 + length;
  }

  private readCodes(): [InflateCode, InflateCode] {
    const literals = this.bits(5) + 257;
    const distances = this.bits(5) + 1;
    const count = this.bits(4) + 4;
    const own = new Uint8Array(19);
    for (let at = 0; at < count; at++) own[CODE_ORDER[at]!] = this.bits(3);
    const code = inflateCode(own);
    if (code === undefined) throw damagedDeflate();
    const lengths = new Uint8Array(literals + distances);
    for (let at = 0; at < lengths.length; ) {
      const symbol = this.symbol(code);
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw damagedDeflate();
      const value = symbol === 16 ? lengths[at - 1]! : 0;
      const repeat = symbol === 16 ? 3 + this.bits(2) : symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7);
      if (at + repeat > lengths.length) throw damagedDeflate();
      lengths.fill(value, at, at + repeat);
      at += repeat;
    }
    const both = [
      inflateCode(lengths.subarray(0, literals)),
      inflateCode(lengths.subarray(literals)),
    ] as const;
    if (both[0] === undefined || both[1] === undefined) throw damagedDeflate();
    return [both[0], both[1]];
  }

  private symbol({ table, mask }: InflateCode): number {
    // Near the end of the input fewer bits than the longest code may be left; missing ones count as 0.
    while (this.heldBits < 15 && this.position < this.bytes.length) {
      this.held |= this.bytes[this.position++]! << this.heldBits;
      this.heldBits += 8;
    }
    const entry = table[this.held & mask]!;
    const length = entry & 15;
    if (length === 0 || length > this.heldBits) throw damagedDeflate();
    this.held >>>= length;
    this.heldBits -= length;
    return entry >>> 4;
  }

  private decodeBlock(literals: InflateCode, distances: InflateCode): void {
    const { output } = this;
    for (;;) {
      const symbol = this.symbol(literals);
      if (symbol < 256) {
        if (output.length === output.buffer.length) output.grow(output.length + 1);
        output.buffer[output.length++] = symbol;
        continue;
      }
      if (symbol === 256) return;
      if (symbol > 285) throw damagedDeflate();
      const length = LENGTH_BASE[symbol - 257]! + this.bits(LENGTH_EXTRA[symbol - 257]!);
      const far = this.symbol(distances);
      if (far > 29) throw damagedDeflate();
      const distance = DISTANCE_BASE[far]! + this.bits(DISTANCE_EXTRA[far]!);
      if (distance > output.length) throw damagedDeflate();
      if (output.length + length > output.buffer.length) output.grow(output.length + length);
      const { buffer } = output;
      const end = output.length + length;
      for (let to = output.length; to < end; to++) buffer[to] = buffer[to - distance]!;
      output.length = end;
    }
  }
}

const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LENGTH_EXTRA = Uint8Array.of(
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  0,
);
const LENGTH_BASE = Uint16Array.of(
  ...[
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
    227, 258,
  ],
);
const DISTANCE_EXTRA = Uint8Array.from({ length: 30 }, (_, code) => Math.max(0, (code >> 1) - 1));
const DISTANCE_BASE = Uint16Array.from({ length: 30 }, (_, code) =>
  code < 2 ? code + 1 : 1 + ((2 + (code & 1)) << ((code >> 1) - 1)),
);

function damagedDeflate(): SentinodeError {
  return new SentinodeError(
    'volume-truncated',
    'The compressed data are damaged or cut off. Copy or export the file again.',
  );
}
