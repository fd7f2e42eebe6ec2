import { Decoder } from '@cornerstonejs/jpeg-lossless-decoder-js';
import type { PixelCodec } from './codec.ts';
import { widened } from './codec.ts';

/** JPEG Lossless, process 14, any predictor. */
export const jpegLossless: PixelCodec = {
  name: 'JPEG Lossless',
  open: async () => (bytes, layout) => {
    const copy = bytes.slice();
    const decoder = new Decoder();
    const decoded = decoder.decode(copy.buffer, 0, copy.length, layout.bitsAllocated > 8 ? 2 : 1);
    const { frame } = decoder as unknown as { frame?: { dimX: number; dimY: number } };
    if (frame !== undefined && (frame.dimX !== layout.columns || frame.dimY !== layout.rows))
      throw new Error(`the frame is of ${frame.dimX} x ${frame.dimY} pixels`);
    const pixels = new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength);
    const width = decoded.BYTES_PER_ELEMENT;
    return width * 8 === layout.bitsAllocated ? pixels : widened(pixels, width, layout);
  },
};
