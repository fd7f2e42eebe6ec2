import { SentinodeError } from '@sentinode/core';

/** Reads an SPSS file from front to back and refuses to read past its end. */
export class ByteCursor {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly file: string;
  private position = 0;
  littleEndian = true;

  constructor(bytes: Uint8Array, file: string) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.file = file;
  }

  get atEnd(): boolean {
    return this.position >= this.bytes.length;
  }

  /** The next bytes as a view; the length is checked before anything is made of it. */
  take(length: number): Uint8Array {
    const start = this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  /** Moves on and returns where it was. @throws SentinodeError `table-damaged` beyond the end */
  skip(length: number): number {
    const start = this.position;
    if (length < 0 || start + length > this.bytes.length) {
      throw damagedSpss(
        `it ends at byte ${this.bytes.length} where ${length} more bytes should follow byte ${start}`,
        this.file,
      );
    }
    this.position += length;
    return start;
  }

  integer(): number {
    return this.view.getInt32(this.skip(4), this.littleEndian);
  }

  double(): number {
    return this.view.getFloat64(this.skip(8), this.littleEndian);
  }
}

/** The one error of everything that can be wrong inside an SPSS file. */
export function damagedSpss(what: string, file: string): SentinodeError {
  return new SentinodeError(
    'table-damaged',
    `The SPSS file is damaged or cut off: ${what}. Save it again, or export it as CSV.`,
    { file },
  );
}
