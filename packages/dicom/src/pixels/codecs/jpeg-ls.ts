import charls from '@cornerstonejs/codec-charls/decodewasmjs';
import { decodeFrame, type PixelCodec, silent } from './codec.ts';

/** JPEG-LS by CharLS. */
export const jpegLs: PixelCodec = {
  name: 'JPEG-LS',
  open: async () => {
    const { JpegLSDecoder } = await charls(silent());
    return (bytes, layout) => decodeFrame(new JpegLSDecoder(), bytes, layout);
  },
};
