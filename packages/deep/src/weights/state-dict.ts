import { nearest, SentinodeError } from '@sentinode/core';
import { type Architecture, type TensorShape, tensorsOf } from '../resnet/architecture.ts';
import { floatValues, type StoredTensor } from './stored-tensor.ts';
import { torchvisionName } from './tensor-names.ts';

/** Trained values by torchvision's names, in C order; read when they are asked for. @throws `weights-invalid` */
export interface StateDict {
  get(name: string): Float32Array | undefined;
}

/** Tensors that the features do not need: the classifier, and counters. */
const unneeded = /^fc\.(weight|bias)$|\.num_batches_tracked$/;

/**
 * The weights of an architecture out of the tensors of a file, each checked for name and shape at once, and for type and
 * finite values when it is read: the file is in memory, its tensors are not held a second time.
 * @throws SentinodeError `weights-invalid` that names the tensors which are missing, not known or of another shape
 */
export function stateDict(
  tensors: readonly StoredTensor[],
  architecture: Architecture,
  file: string,
): StateDict {
  const found = byName(tensors);
  const wanted = tensorsOf(architecture);
  const known = new Set(wanted.map(({ name }) => name));
  const extra = [...found.keys()].filter((name) => !known.has(name) && !unneeded.test(name));
  const absent = wanted.filter(({ name }) => !found.has(name)).map(({ name }) => name);
  const misshapen = wanted.filter(({ name, shape }) => {
    const tensor = found.get(name);
    return tensor !== undefined && tensor.shape.join() !== shape.join();
  });
  const wrong = [
    ...(absent.length > 0 ? [`${architecture.name} needs ${missing(absent, [...found.keys()])}`] : []),
    ...(extra.length > 0
      ? [
          `The file holds ${list(extra)} that ${architecture.name} does not have; are these weights of another network?`,
        ]
      : []),
    ...(misshapen.length > 0 ? [otherShape(misshapen, found, architecture)] : []),
  ];
  if (wrong.length > 0)
    throw new SentinodeError('weights-invalid', wrong.join(' '), {
      file,
      field: absent[0] ?? extra[0] ?? misshapen[0]!.name,
    });
  return {
    get: (name) => (known.has(name) ? floatValues({ ...found.get(name)!, name }, file) : undefined),
  };
}

/** Tensors by torchvision's names, whatever wrapped the network when it was saved. */
export function byName(tensors: readonly StoredTensor[]): Map<string, StoredTensor> {
  const rename = torchvisionName(tensors.map(({ name }) => name));
  return new Map(tensors.map((tensor) => [rename(tensor.name), tensor]));
}

function missing(absent: readonly string[], present: readonly string[]): string {
  const close = nearest(absent[0]!, present);
  return `${list(absent)}, which the file lacks${close === undefined ? '' : `; the nearest is "${close}"`}.`;
}

function otherShape(
  misshapen: readonly TensorShape[],
  found: ReadonlyMap<string, StoredTensor>,
  { name: network }: Architecture,
): string {
  const [first] = misshapen;
  const { name, shape } = first!;
  const others = misshapen.length > 1 ? ` So have ${misshapen.length - 1} others another shape.` : '';
  return `The tensor "${name}" has shape [${found.get(name)!.shape.join(', ')}]; ${network} needs [${shape.join(', ')}].${others}`;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `"${name}"`);
  const rest = names.length - shown.length;
  return `the tensor${names.length > 1 ? 's' : ''} ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
