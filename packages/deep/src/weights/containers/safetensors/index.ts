import { SentinodeError } from '@sentinode/core';
import { countOf, type ElementType, elementBytes, type StoredTensor } from '../../stored-tensor.ts';
import type { WeightContainer } from '../container.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Largest header that is believed; torchvision's networks need some 50 kB. */
const MOST_HEADER_BYTES = 25_000_000;

const types: Readonly<Record<string, ElementType>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
};

/** The format of the safetensors library: 8-byte length, JSON header, raw little-endian values. */
export const safetensors = {
  name: 'safetensors',
  extensions: ['.safetensors'],
  // a header shorter than 4 GB that opens a JSON object
  recognise: (bytes) => bytes[8] === 0x7b && [4, 5, 6, 7].every((at) => bytes[at] === 0),
  read(bytes, file) {
    const fail = (message: string, field?: string): never => {
      throw new SentinodeError('weights-invalid', message, { file, field });
    };
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const length = Number(view.getBigUint64(0, true));
    if (length > MOST_HEADER_BYTES || 8 + length > bytes.length)
      fail('The header is longer than the file; it is no .safetensors file, or it was cut off.');
    const base = 8 + length;
    return parseHeader(bytes.subarray(8, base), fail).map(([name, { dtype, shape, data_offsets }]) => {
      const type =
        types[dtype] ??
        fail(
          `The tensor "${name}" is of type ${dtype}; known types: ${Object.keys(types).join(', ')}.`,
          name,
        );
      const [from, to] = data_offsets;
      if (to - from !== countOf(shape) * elementBytes[type] || base + to > bytes.length)
        fail(`The tensor "${name}" lies outside the file; it was cut off or damaged.`, name);
      return {
        name,
        type,
        shape,
        bytes: () => bytes.subarray(base + from, base + to),
      } satisfies StoredTensor;
    });
  },
} satisfies WeightContainer;

function parseHeader(bytes: Uint8Array, fail: (message: string) => never): [string, Entry][] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('The header cannot be parsed; this is no .safetensors file, or it is damaged.');
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return fail('The header is not a list of tensors.');
  const entries = Object.entries(parsed).filter(([name]) => name !== '__metadata__');
  for (const [name, entry] of entries)
    if (!isEntry(entry)) return fail(`The header entry of "${name}" lacks dtype, shape or data_offsets.`);
  return entries as [string, Entry][];
}

function isEntry(value: unknown): value is Entry {
  const whole = (list: unknown): boolean =>
    Array.isArray(list) && list.every((item) => Number.isSafeInteger(item) && item >= 0);
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry === 'object' &&
    entry !== null &&
    typeof entry.dtype === 'string' &&
    whole(entry.shape) &&
    whole(entry.data_offsets) &&
    entry.data_offsets?.length === 2 &&
    entry.data_offsets[0]! <= entry.data_offsets[1]!
  );
}
