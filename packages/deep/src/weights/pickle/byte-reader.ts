/** Reads a pickle byte by byte; every read is checked against the end. */
export class ByteReader {
  readonly #view: DataView;
  #at: number;

  /** @param fail throws; called when the bytes end too early */
  constructor(
    readonly bytes: Uint8Array,
    start: number,
    readonly fail: (message: string) => never,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = start;
  }

  get position(): number {
    return this.#at;
  }

  /** Moves on and returns where the bytes stood. */
  #take(count: number): number {
    const from = this.#at;
    if (!Number.isSafeInteger(count) || count < 0 || from + count > this.bytes.length)
      this.fail('The file ends in the middle; it was cut off or damaged.');
    this.#at = from + count;
    return from;
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1));
  }
  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }
  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }
  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }
  /** Large whole numbers beyond 2^53 are refused. */
  uint64(): number {
    const value = Number(this.#view.getBigUint64(this.#take(8), true));
    return Number.isSafeInteger(value) ? value : this.fail('A length in the file is absurd; it is damaged.');
  }
  /** Big-endian, as pickle stores it. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }
  slice(count: number): Uint8Array {
    const from = this.#take(count);
    return this.bytes.subarray(from, from + count);
  }
  text(count: number): string {
    return new TextDecoder().decode(this.slice(count));
  }
  /** Text up to a line feed, which is consumed. */
  line(): string {
    const end = this.bytes.indexOf(10, this.#at);
    if (end < 0) this.fail('The file ends in the middle; it was cut off or damaged.');
    const text = this.text(end - this.#at);
    this.#take(1);
    return text;
  }
  /** A whole number in two's complement of any length. */
  long(count: number): number {
    const digits = this.slice(count);
    let value = 0n;
    for (let index = digits.length - 1; index >= 0; index--) value = (value << 8n) | BigInt(digits[index]!);
    if (digits.length > 0 && digits.at(-1)! >= 128) value -= 1n << BigInt(8 * digits.length);
    return Number(value);
  }
}
