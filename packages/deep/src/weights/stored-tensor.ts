import { SentinodeError } from '@sentinode/core';

/** Type of the values of a tensor as a file stores them. */
export type ElementType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint8'
  | 'bool';

/** Bytes of one value. */
export const elementBytes: Readonly<Record<ElementType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

/** A tensor of a weights file: little-endian values in C order, without gaps. */
export interface StoredTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** The values; read when they are asked for, so that a list of tensors costs no memory. */
  readonly bytes: () => Uint8Array;
}

/** Number of values of a shape. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

const readers: Partial<Readonly<Record<ElementType, (view: DataView, at: number) => number>>> = {
  float64: (view, at) => view.getFloat64(at, true),
  float32: (view, at) => view.getFloat32(at, true),
  float16: (view, at) => half(view.getUint16(at, true)),
  bfloat16: (view, at) => bfloat(view.getUint16(at, true)),
};

/**
 * The values of a tensor in single precision; double precision is rounded once, half precision is exact.
 * @throws SentinodeError `weights-invalid` for whole numbers and for values that are not finite
 */
export function floatValues(tensor: StoredTensor, file: string): Float32Array {
  const { name, type, shape } = tensor;
  const place = { file, field: name };
  const read = readers[type];
  if (read === undefined)
    throw new SentinodeError(
      'weights-invalid',
      `The tensor "${name}" holds ${type} values; weights are float32, float64, float16 or bfloat16.`,
      place,
    );
  const bytes = tensor.bytes();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(countOf(shape));
  const step = elementBytes[type];
  for (let index = 0; index < values.length; index++) values[index] = read(view, index * step);
  if (!values.every((value) => Number.isFinite(value)))
    throw new SentinodeError(
      'weights-invalid',
      `The tensor "${name}" holds values that are not finite.`,
      place,
    );
  return values;
}

const scratch = new DataView(new ArrayBuffer(4));

function bfloat(bits: number): number {
  scratch.setUint16(2, bits, true);
  scratch.setUint16(0, 0, true);
  return scratch.getFloat32(0, true);
}

/** IEEE half precision. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}
