import openjph from '@cornerstonejs/codec-openjph';
import { decodeFrame, type PixelCodec, silent } from './codec.ts';

/** High-Throughput JPEG 2000 by OpenJPH. */
export const highThroughputJpeg2000: PixelCodec = {
  name: 'HTJ2K',
  open: async () => {
    const { HTJ2KDecoder } = await openjph(silent());
    return (bytes, layout) => {
      const decoder = new HTJ2KDecoder();
      return decodeFrame(decoder, bytes, layout, () => decoder.readHeader?.());
    };
  },
};
