import { nearest, SentinodeError } from '@sentinode/core';
import { type Architecture, tensorsOf } from '../resnet/architecture.ts';
import type { StateDict } from './state-dict.ts';

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [number, number];
}

/** Largest header that is believed; torchvision's networks need some 50 kB. */
const MOST_HEADER_BYTES = 25_000_000;

/** Tensors that the features do not need. */
const unneeded = /^fc\.(weight|bias)$|\.num_batches_tracked$/;

/** Bytes of one value and how it is read. */
const types: Readonly<Record<string, { bytes: number; read: (view: DataView, at: number) => number }>> = {
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  BF16: { bytes: 2, read: (view, at) => bfloat(view.getUint16(at, true)) },
  F16: { bytes: 2, read: (view, at) => half(view.getUint16(at, true)) },
};

/**
 * Reads the weights of a network from a .safetensors file (8-byte length, JSON header, raw little-endian values).
 * @throws SentinodeError `weights-invalid` that names the tensor: missing, of another shape, outside the file
 */
export function readSafetensors(bytes: Uint8Array, architecture: Architecture, file: string): StateDict {
  const fail = (message: string, field?: string): never => {
    throw new SentinodeError('weights-invalid', message, { file, field });
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) fail('The file is too short for a .safetensors file; copy it again.');
  const length = Number(view.getBigUint64(0, true));
  if (length > MOST_HEADER_BYTES || 8 + length > bytes.length)
    fail('The header is longer than the file; this is no .safetensors file, or it was cut off.');
  const header = parseHeader(bytes.subarray(8, 8 + length), fail);
  const wanted = tensorsOf(architecture);
  const known = new Set(wanted.map(({ name }) => name));
  const extra = [...header.keys()].find((name) => !known.has(name) && !unneeded.test(name));
  if (extra !== undefined)
    fail(
      `The file holds a tensor "${extra}" that ${architecture.name} does not have; are these weights of another network?`,
      extra,
    );
  const found = new Map<string, Float32Array>();
  for (const { name, shape } of wanted) {
    const entry = header.get(name) ?? fail(missing(name, [...header.keys()], architecture), name);
    if (entry.shape.join() !== shape.join())
      fail(
        `The tensor "${name}" has shape [${entry.shape.join(', ')}]; ${architecture.name} needs [${shape.join(', ')}].`,
        name,
      );
    const type =
      types[entry.dtype] ??
      fail(`The tensor "${name}" is of type ${entry.dtype}; F32, F64, F16 and BF16 are read.`, name);
    const count = shape.reduce((product, size) => product * size, 1);
    const [from, to] = entry.data_offsets;
    const base = 8 + length;
    if (!(from >= 0 && to - from === count * type.bytes && base + to <= bytes.length))
      fail(`The tensor "${name}" lies outside the file; it was cut off or damaged.`, name);
    const values = new Float32Array(count);
    for (let index = 0; index < count; index++)
      values[index] = type.read(view, base + from + index * type.bytes);
    if (!values.every((value) => Number.isFinite(value)))
      fail(`The tensor "${name}" holds values that are not finite.`, name);
    found.set(name, values);
  }
  return found;
}

function parseHeader(bytes: Uint8Array, fail: (message: string) => never): Map<string, Entry> {
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
  return new Map(entries as [string, Entry][]);
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
    entry.data_offsets?.length === 2
  );
}

function missing(name: string, present: readonly string[], { name: network }: Architecture): string {
  const close = nearest(name, present);
  return `The file lacks the tensor "${name}" of ${network}${close === undefined ? '' : `; the nearest is "${close}"`}.`;
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
