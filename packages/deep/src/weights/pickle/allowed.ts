import { SentinodeError } from '@sentinode/core';
import { type ElementType, elementBytes } from '../stored-tensor.ts';

/** A run of values that tensors look into. */
export interface Storage {
  readonly type: ElementType;
  readonly key: string;
  /** Number of values. */
  readonly count: number;
}

/** A tensor as torch pickles it: a view into a storage. Offset and strides count values. */
export class TensorView {
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {}
}

/** A name that a pickle may mention: what calling it gives, or nothing where it is only mentioned. */
export interface AllowedGlobal {
  readonly name: string;
  readonly storage?: ElementType;
  readonly call?: (parameters: readonly unknown[], fail: (message: string) => never) => unknown;
}

/** What is kept of something that holds no weights, such as a number of NumPy beside the state dict. */
export class Ignored {}

const tensor = (parameters: readonly unknown[], fail: (message: string) => never): TensorView => {
  const [storage, offset, shape, strides] = parameters;
  const whole = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((item) => Number.isSafeInteger(item) && item >= 0);
  if (!isStorage(storage) || !Number.isSafeInteger(offset) || (offset as number) < 0)
    return fail('A tensor lacks its storage.');
  if (!whole(shape) || !whole(strides) || shape.length !== strides.length)
    return fail('A tensor lacks its shape.');
  return new TensorView(storage, offset as number, shape, strides);
};

function isStorage(value: unknown): value is Storage {
  return typeof value === 'object' && value !== null && 'key' in value && 'count' in value;
}

const storages: Readonly<Record<string, ElementType>> = {
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
};

const ignored = (name: string): AllowedGlobal => ({ name, call: () => new Ignored() });

/** Everything that a weights file may name. Nothing of it runs code: each builds a plain value of ours. */
const allowed: ReadonlyMap<string, AllowedGlobal> = new Map(
  [
    { name: 'collections.OrderedDict', call: () => new Map() },
    { name: 'torch._utils._rebuild_tensor', call: tensor },
    { name: 'torch._utils._rebuild_tensor_v2', call: tensor },
    {
      name: 'torch._utils._rebuild_parameter',
      call: ([data]: readonly unknown[], fail: (message: string) => never) =>
        data instanceof TensorView ? data : fail('A parameter lacks its tensor.'),
    },
    ...Object.entries(storages).map(([name, storage]) => ({ name: `torch.${name}`, storage })),
    ignored('torch.Size'),
    ignored('torch.device'),
    ignored('numpy.dtype'),
    ignored('numpy.core.multiarray.scalar'),
    ignored('numpy._core.multiarray.scalar'),
    ignored('_codecs.encode'),
  ].map((entry: AllowedGlobal) => [entry.name, entry]),
);

/** Names whose presence means that a whole network was pickled and not its weights. */
const ofNetworks = /^(__main__|torch\.nn\.|torchvision\.|timm\.|models?\.)/;

/** Bytes of one value of a storage. */
export function storageBytes({ type, count }: Storage): number {
  return count * elementBytes[type];
}

/** @throws SentinodeError `weights-unsafe` for every name that is not on the list; nothing runs */
export function allowedGlobal(module: string, name: string, file: string): AllowedGlobal {
  const full = `${module}.${name}`;
  const found = allowed.get(full);
  if (found !== undefined) return found;
  throw new SentinodeError(
    'weights-unsafe',
    ofNetworks.test(full)
      ? `The file holds a whole pickled network (it names "${full}"), and loading one means running its code. Save its weights alone: torch.save(model.state_dict(), FILE).`
      : `The file asks Python for "${full}", which no weights need; nothing of it was run. Do not open it with other tools.`,
    { file, field: full },
  );
}
