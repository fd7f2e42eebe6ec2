import { SentinodeError } from '@sentinode/core';

/** Collects the bytes that a decoder produces and stops it at a limit. */
export class BoundedOutput {
  /** Room for at least `length` bytes; replaced when it grows. */
  buffer: Uint8Array;
  /** Bytes written so far. */
  length = 0;
  private readonly limit: number;

  /** @param expected bytes that are likely to come; no more than the limit */
  constructor(limit: number, expected = 65_536) {
    this.limit = limit;
    this.buffer = new Uint8Array(Math.min(limit, expected));
  }

  push(byte: number): void {
    if (this.length === this.buffer.length) this.grow(this.length + 1);
    this.buffer[this.length++] = byte;
  }

  /** Makes room for `needed` bytes in all. @throws SentinodeError `too-large` beyond the limit */
  grow(needed: number): void {
    if (needed > this.limit) {
      throw new SentinodeError(
        'too-large',
        `The compressed data hold more than the ${this.limit} bytes that the header allows for; the file is damaged or not what it claims. Export it again.`,
      );
    }
    const longer = new Uint8Array(Math.min(this.limit, Math.max(needed, this.buffer.length * 2)));
    longer.set(this.buffer);
    this.buffer = longer;
  }

  content(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }
}
