import type { VoxelArray } from '@sentinode/volume';
import type { PixelLayout } from './layout.ts';

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Stored values of one frame from its bytes: bits above and below those stored are cleared (old files keep overlays
 * there) and the sign is extended from the highest stored bit.
 * @param bytes exactly the pixels of the frame
 */
export function storedValues(bytes: Uint8Array, layout: PixelLayout, littleEndian: boolean): VoxelArray {
  const width = layout.bitsAllocated / 8;
  const copy = new Uint8Array(bytes);
  if (width > 1 && littleEndian !== machineIsLittleEndian) reverse(copy, width);
  const { buffer } = copy;
  if (layout.float) return width === 8 ? new Float64Array(buffer) : new Float32Array(buffer);
  const values =
    width === 1
      ? layout.signed
        ? new Int8Array(buffer)
        : copy
      : width === 2
        ? layout.signed
          ? new Int16Array(buffer)
          : new Uint16Array(buffer)
        : layout.signed
          ? new Int32Array(buffer)
          : new Uint32Array(buffer);
  const { bitsAllocated, bitsStored, highBit, signed } = layout;
  if (bitsStored < bitsAllocated) {
    const below = highBit - bitsStored + 1;
    const up = 32 - bitsStored - below;
    const down = 32 - bitsStored;
    for (let at = 0; at < values.length; at++) {
      const shifted = values[at] << up;
      values[at] = signed ? shifted >> down : shifted >>> down;
    }
  }
  return values;
}

function reverse(bytes: Uint8Array, width: number): void {
  for (let first = 0; first < bytes.length; first += width)
    for (let low = first, high = first + width - 1; low < high; low++, high--) {
      const byte = bytes[low];
      bytes[low] = bytes[high];
      bytes[high] = byte;
    }
}
