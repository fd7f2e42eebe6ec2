import type { PixelLayout } from '../layout.ts';
import type { PixelCodec } from './codec.ts';

/** RLE Lossless (PS3.5 annex G): one PackBits segment per byte of a pixel, the highest byte first. */
export const rle: PixelCodec = {
  name: 'RLE',
  open: async () => decode,
};

function decode(bytes: Uint8Array, { rows, columns, bitsAllocated }: PixelLayout): Uint8Array {
  const pixels = rows * columns;
  const width = bitsAllocated / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const segments = view.getUint32(0, true);
  if (segments !== width) throw new Error(`it has ${segments} segments in place of ${width}`);
  const decoded = new Uint8Array(pixels * width);
  for (let segment = 0; segment < segments; segment++) {
    const start = view.getUint32(4 + 4 * segment, true);
    const end = segment + 1 < segments ? view.getUint32(8 + 4 * segment, true) : bytes.length;
    if (start < 64 || end > bytes.length || end < start)
      throw new Error('its segments lie outside the frame');
    unpack(bytes.subarray(start, end), decoded, width - 1 - segment, width, pixels);
  }
  return decoded;
}

function unpack(packed: Uint8Array, into: Uint8Array, first: number, stride: number, count: number): void {
  let at = 0;
  let written = 0;
  while (written < count) {
    if (at >= packed.length) throw new Error('a segment is cut off');
    const control = packed[at++];
    if (control === 128) continue;
    const run = control > 128;
    const length = Math.min(run ? 257 - control : control + 1, count - written);
    if (at + (run ? 1 : length) > packed.length) throw new Error('a segment is cut off');
    for (let k = 0; k < length; k++) into[first + stride * written++] = packed[run ? at : at + k];
    at += run ? 1 : control + 1;
  }
}
