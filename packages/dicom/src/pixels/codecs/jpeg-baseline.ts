import libjpeg from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs';
import { decodeFrame, type PixelCodec, silent } from './codec.ts';

/** JPEG Baseline, 8 bits, by libjpeg-turbo. Pixels are not those that were measured; series so read carry a warning. */
export const jpegBaseline: PixelCodec = {
  name: 'JPEG Baseline',
  open: async () => {
    const { JPEGDecoder } = await libjpeg(silent());
    return (bytes, layout) => decodeFrame(new JPEGDecoder(), bytes, layout);
  },
};
