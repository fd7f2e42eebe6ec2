import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import { decodeFrame, type PixelCodec, silent } from './codec.ts';

/** JPEG 2000 by OpenJPEG. */
export const jpeg2000: PixelCodec = {
  name: 'JPEG 2000',
  open: async () => {
    const { J2KDecoder } = await openjpeg(silent());
    return (bytes, layout) => decodeFrame(new J2KDecoder(), bytes, layout);
  },
};
