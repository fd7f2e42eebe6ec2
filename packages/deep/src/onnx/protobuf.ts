import { bytesOf, type OnnxFile } from './onnx-file.ts';

/** Bytes that are made when the message is written out, so that large ones are never held twice. */
export interface LaterBytes {
  readonly length: number;
  readonly make: () => Uint8Array;
}

/** Writes the protocol buffer wire format: fields by number, in the order in which they are added. */
export class ProtobufWriter {
  readonly #parts: (Uint8Array | LaterBytes)[] = [];
  #length = 0;

  /** A whole number (int32, int64, enum). */
  integer(field: number, value: number): this {
    this.#varint(field << 3);
    this.#varint(value);
    return this;
  }

  /** A 32-bit float. */
  float(field: number, value: number): this {
    this.#varint((field << 3) | 5);
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#push(bytes);
    return this;
  }

  /** Text as UTF-8. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array | LaterBytes): this {
    this.#varint((field << 3) | 2);
    this.#varint(value.length);
    this.#push(value);
    return this;
  }

  message(field: number, value: ProtobufWriter): this {
    this.#varint((field << 3) | 2);
    this.#varint(value.#length);
    for (const part of value.#parts) this.#push(part);
    return this;
  }

  /** The message as bytes. */
  finish(): Uint8Array {
    return bytesOf(this.file());
  }

  /** The message in pieces; small parts that follow each other are one. */
  file(): OnnxFile {
    const parts = this.#parts;
    return {
      length: this.#length,
      *pieces() {
        let small: Uint8Array[] = [];
        for (const part of parts) {
          if (!('make' in part)) {
            small.push(part);
            continue;
          }
          yield joined(small);
          small = [];
          yield part.make();
        }
        yield joined(small);
      },
    };
  }

  #push(part: Uint8Array | LaterBytes): void {
    this.#parts.push(part);
    this.#length += part.length;
  }

  /** Whole numbers from 0 to 2^53, seven bits a byte. */
  #varint(value: number): void {
    const bytes: number[] = [];
    let rest = value;
    while (rest >= 128) {
      bytes.push((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
    this.#push(Uint8Array.from(bytes));
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
