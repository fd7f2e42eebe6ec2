import { SentinodeError } from '@sentinode/core';

/** Collects the bytes that a decoder produces and stops it at a limit. */
export class BoundedOutput {
  private readonly limit: number;
  private buffer: Uint8Array;
  private length = 0;

  constructor(limit: number) {
    this.limit = limit;
    this.buffer = new Uint8Array(Math.min(limit, 65_536));
  }

  /** @throws SentinodeError `too-large` beyond the limit */
  push(byte: number): void {
    if (this.length === this.buffer.length) this.grow();
    this.buffer[this.length++] = byte;
  }

  content(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private grow(): void {
    if (this.length >= this.limit) {
      throw new SentinodeError(
        'too-large',
        `The compressed data hold more than the ${this.limit} bytes that the header allows for; the file is damaged or not what it claims. Export it again.`,
      );
    }
    const longer = new Uint8Array(Math.min(this.limit, this.buffer.length * 2));
    longer.set(this.buffer);
    this.buffer = longer;
  }
}
