import type { PixelLayout } from '../layout.ts';

/** A decoder of compressed frames. */
export interface PixelCodec {
  /** Name in messages. */
  readonly name: string;
  /**
   * Makes the decoder ready. The result gives little-endian pixels of one frame, as many bytes as the layout asks
   * for; it may throw anything for damaged data.
   */
  open(): Promise<(bytes: Uint8Array, layout: PixelLayout) => Uint8Array>;
}

/** The decoders print what they do; a program's output is its own. They keep what they are given, so it is made anew. */
export const silent = (): object => ({ print: () => undefined, printErr: () => undefined });

/** What the decoders built by Emscripten have in common. */
export interface EmscriptenDecoder {
  getEncodedBuffer(size: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  getFrameInfo(): { width: number; height: number; bitsPerSample: number; componentCount: number };
  decode(): void;
  delete(): void;
}

/** Runs such a decoder on one frame; what it says of the frame must be what the data set says. */
export function decodeFrame(
  decoder: EmscriptenDecoder,
  bytes: Uint8Array,
  layout: PixelLayout,
  headerFirst?: () => void,
): Uint8Array {
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    headerFirst?.();
    decoder.decode();
    const { width, height, componentCount, bitsPerSample } = decoder.getFrameInfo();
    if (width !== layout.columns || height !== layout.rows || componentCount !== 1)
      throw new Error(`the frame is of ${width} x ${height} pixels`);
    const decoded = decoder.getDecodedBuffer().slice();
    const width8 = bitsPerSample <= 8 ? 1 : 2;
    return width8 * 8 === layout.bitsAllocated ? decoded : widened(decoded, width8, layout);
  } finally {
    decoder.delete();
  }
}

/** Pixels of a frame that was coded in 8 bits although the data set allocates 16. */
export function widened(decoded: Uint8Array, from: number, layout: PixelLayout): Uint8Array {
  const to = layout.bitsAllocated / 8;
  const count = decoded.length / from;
  const wide = new Uint8Array(count * to);
  for (let at = 0; at < count; at++)
    for (let byte = 0; byte < Math.min(from, to); byte++) wide[at * to + byte] = decoded[at * from + byte];
  return wide;
}
