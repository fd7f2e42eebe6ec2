import { SentinodeError } from '@sentinode/core';
import type { ElementType, VoxelArray } from '../volume.ts';

/** Bytes of one voxel in a file. */
export const elementBytes: Readonly<Record<ElementType, number>> = {
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float32: 4,
  float64: 8,
};

const machineIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Voxels from the bytes of a file.
 * @param bytes exactly the voxels, in any alignment
 * @throws SentinodeError `volume-precision` for a 64-bit integer beyond 2^53, which a double would round
 */
export function decodeVoxels(bytes: Uint8Array, type: ElementType, littleEndian: boolean): VoxelArray {
  const width = elementBytes[type];
  // Not bytes.slice(): that of a Node Buffer is a view into a shared pool.
  const copy = new Uint8Array(bytes);
  if (width > 1 && littleEndian !== machineIsLittleEndian) reverseElements(copy, width);
  const { buffer } = copy;
  switch (type) {
    case 'int8':
      return new Int8Array(buffer);
    case 'uint8':
      return copy;
    case 'int16':
      return new Int16Array(buffer);
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int64':
      return doublesOf(new BigInt64Array(buffer));
    case 'uint64':
      return doublesOf(new BigUint64Array(buffer));
    case 'float32':
      return new Float32Array(buffer);
    case 'float64':
      return new Float64Array(buffer);
  }
}

/** Little-endian bytes of voxels. */
export function encodeVoxels(data: VoxelArray, type: ElementType): Uint8Array {
  const plain =
    type === 'int64'
      ? bigIntegers(data, BigInt64Array)
      : type === 'uint64'
        ? bigIntegers(data, BigUint64Array)
        : data;
  const bytes = new Uint8Array(plain.buffer, plain.byteOffset, plain.byteLength).slice();
  if (!machineIsLittleEndian) reverseElements(bytes, elementBytes[type]);
  return bytes;
}

/** An array of the kind that holds a type, filled from numbers that are already within its range. */
export function voxelArray(type: ElementType, values: ArrayLike<number>): VoxelArray {
  switch (type) {
    case 'int8':
      return Int8Array.from(values);
    case 'uint8':
      return Uint8Array.from(values);
    case 'int16':
      return Int16Array.from(values);
    case 'uint16':
      return Uint16Array.from(values);
    case 'int32':
      return Int32Array.from(values);
    case 'uint32':
      return Uint32Array.from(values);
    case 'float32':
      return Float32Array.from(values);
    case 'int64':
    case 'uint64':
    case 'float64':
      return Float64Array.from(values);
  }
}

function doublesOf(integers: BigInt64Array | BigUint64Array): Float64Array {
  const doubles = new Float64Array(integers.length);
  for (let at = 0; at < integers.length; at++) {
    doubles[at] = Number(integers[at]);
    if (!Number.isSafeInteger(doubles[at])) {
      throw new SentinodeError(
        'volume-precision',
        `Voxel ${at} holds the integer ${integers[at]}, which is beyond 2^53 and cannot be kept exactly. Convert the volume to 32 bits.`,
      );
    }
  }
  return doubles;
}

function bigIntegers<T extends BigInt64Array | BigUint64Array>(
  data: VoxelArray,
  kind: new (length: number) => T,
): T {
  const integers = new kind(data.length);
  data.forEach((value: number, at: number) => {
    integers[at] = BigInt(value);
  });
  return integers;
}

function reverseElements(bytes: Uint8Array, width: number): void {
  for (let first = 0; first < bytes.length; first += width) {
    for (let low = first, high = first + width - 1; low < high; low++, high--) {
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
}
