import { SentinodeError } from '@sentinode/core';
import { countOf, elementBytes, type StoredTensor } from '../stored-tensor.ts';
import { type AllowedGlobal, type Storage, storageBytes, TensorView } from './allowed.ts';

/** Bytes of a storage by its key. */
export type StorageBytes = (storage: Storage) => Uint8Array;

/** Largest tensor that is believed; the largest of torchvision's networks has 9 MB. */
const MOST_TENSOR_BYTES = 2 ** 31;

/** Keys under which training programs keep a state dict, most usual first. */
const usualKeys = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'weights'];

/**
 * A storage from torch's persistent id: ('storage', type, key, location, count).
 * A view into another storage, which torch 0.4 could write, is refused.
 */
export function storageOf(id: unknown, fail: (message: string) => never): Storage {
  if (!Array.isArray(id)) return fail('A storage in the file lacks its description.');
  const [kind, global, key, , count, view] = id;
  const { storage } = (global ?? {}) as Partial<AllowedGlobal>;
  if (kind !== 'storage' || storage === undefined || typeof key !== 'string')
    return fail('A storage in the file is of a type that no weights have.');
  if (view !== undefined && view !== null)
    return fail('A storage in the file is a part of another; save the weights again with a newer torch.');
  return Number.isSafeInteger(count) && count >= 0
    ? { type: storage, key, count }
    : fail('A storage in the file lacks its size.');
}

/**
 * The tensors of what a pickle held: a state dict, one wrapped in a checkpoint, or a single tensor.
 * @throws SentinodeError `weights-invalid` when there is no state dict, or a tensor reaches beyond its storage
 */
export function tensorsOfPickle(root: unknown, bytesOf: StorageBytes, file: string): StoredTensor[] {
  if (root instanceof TensorView) return [stored('', root, bytesOf, file)];
  const dict = stateDictIn(root, file);
  return [...dict]
    .filter((entry): entry is [string, TensorView] => entry[1] instanceof TensorView)
    .map(([name, view]) => stored(String(name), view, bytesOf, file));
}

const hasTensors = (value: unknown): value is Map<unknown, unknown> =>
  value instanceof Map && [...value.values()].some((item) => item instanceof TensorView);

function stateDictIn(root: unknown, file: string): Map<unknown, unknown> {
  if (hasTensors(root)) return root;
  const nested = root instanceof Map ? [...root].filter(([, value]) => hasTensors(value)) : [];
  const found = usualKeys.map((key) => nested.find(([name]) => name === key)).find((entry) => entry);
  const chosen = found ?? (nested.length === 1 ? nested[0] : undefined);
  if (chosen !== undefined) return chosen[1] as Map<unknown, unknown>;
  throw new SentinodeError(
    'weights-invalid',
    nested.length > 1
      ? `The file holds several sets of weights (${nested.map(([name]) => String(name)).join(', ')}); save the one you want alone.`
      : 'The file holds no weights by name; save model.state_dict().',
    { file },
  );
}

function stored(name: string, view: TensorView, bytesOf: StorageBytes, file: string): StoredTensor {
  const { storage, shape } = view;
  const fail = (message: string): never => {
    throw new SentinodeError('weights-invalid', message, { file, field: name });
  };
  const count = countOf(shape);
  if (count * elementBytes[storage.type] > MOST_TENSOR_BYTES)
    fail(`The tensor "${name}" claims ${count} values, far more than any network has; the file is damaged.`);
  const last = shape.reduce((at, size, axis) => at + (size - 1) * view.strides[axis]!, view.offset);
  if (count > 0 && last >= storage.count)
    fail(
      `The tensor "${name}" reaches beyond the ${storage.count} values of its storage; the file is damaged.`,
    );
  const all = bytesOf(storage);
  if (all.length < storageBytes(storage))
    fail(
      `The storage of tensor "${name}" has ${all.length} bytes where ${storageBytes(storage)} are claimed; the file is damaged.`,
    );
  return { name, type: storage.type, shape, bytes: () => valuesOf(view, all) };
}

/** The values of a view in C order; a part of the storage where it has no gaps. */
function valuesOf(view: TensorView, all: Uint8Array): Uint8Array {
  const { shape, strides, offset, storage } = view;
  const step = elementBytes[storage.type];
  const count = countOf(shape);
  const inOrder = shape.every((size, axis) => size === 1 || strides[axis] === countOf(shape.slice(axis + 1)));
  return inOrder ? all.subarray(offset * step, (offset + count) * step) : gather(view, all, count, step);
}

function gather(
  { shape, strides, offset }: TensorView,
  all: Uint8Array,
  count: number,
  step: number,
): Uint8Array {
  const out = new Uint8Array(count * step);
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let at = 0; at < count; at++) {
    out.set(all.subarray(from * step, (from + 1) * step), at * step);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis]! += 1;
      from += strides[axis]!;
      if (index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
