import { damagedBzip2 } from './bzip2-error.ts';

/** Reads bits from the most significant one of each byte, as bzip2 stores them. */
export class BitReader {
  private readonly bytes: Uint8Array;
  private position = 0;
  private held = 0;
  private heldBits = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  bit(): number {
    if (this.heldBits === 0) {
      if (this.position >= this.bytes.length) throw damagedBzip2('they end too early');
      this.held = this.bytes[this.position++]!;
      this.heldBits = 8;
    }
    this.heldBits--;
    return (this.held >>> this.heldBits) & 1;
  }

  /** The next `count` (up to 48) bits as an unsigned number. */
  bits(count: number): number {
    let value = 0;
    let missing = count;
    while (missing > 0) {
      if (this.heldBits === 0) {
        value = value * 2 + this.bit();
        missing--;
        continue;
      }
      const taken = Math.min(missing, this.heldBits);
      this.heldBits -= taken;
      value = value * (1 << taken) + ((this.held >>> this.heldBits) & ((1 << taken) - 1));
      missing -= taken;
    }
    return value;
  }

  alignToByte(): void {
    this.heldBits = 0;
  }

  /** Whether nothing but padding follows. */
  atEnd(): boolean {
    return this.position >= this.bytes.length;
  }
}
