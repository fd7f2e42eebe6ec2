import { SentinodeError, sha256 } from '@sentinode/core';
import { checkModel } from '../../onnx/check-model.ts';
import { bytesOf } from '../../onnx/onnx-file.ts';
import { architectures, type Backbone, featureCount, tensorsOf } from '../../resnet/architecture.ts';
import { resnetOnnx } from '../../resnet/graph.ts';
import { readTensors } from '../containers/index.ts';
import { byName, stateDict } from '../state-dict.ts';
import { publishedWith } from './published.ts';

export { type PublishedWeights, publishedWeights } from './published.ts';

/** What is written beside imported weights: what they are, where they are from, and how to check them. */
export interface WeightsRecord {
  readonly schema: 'sentinode-weights/1';
  /** `onnx` for a network of the user that is none of torchvision's. */
  readonly backbone: Backbone | 'onnx';
  readonly features: number | null;
  /** SHA-256 of the pinned ONNX file. */
  readonly sha256: string;
  /** The file that was imported. */
  readonly source: { readonly file: string; readonly sha256: string; readonly bytes: number };
  /** The publisher's name of these weights, known by their checksum; or what the user said. */
  readonly origin: string;
  readonly licence: string;
}

/** Imported weights: the pinned network, and its record. */
export interface ImportedWeights {
  readonly onnx: Uint8Array;
  readonly record: WeightsRecord;
}

/** What a user knows about weights that no checksum tells. */
export interface Provenance {
  readonly origin?: string | undefined;
  readonly licence?: string | undefined;
}

const UNKNOWN = 'not stated';

/**
 * Turns a weights file (.pth, .safetensors, .onnx) into one pinned ONNX file with a record of what it is. The network of
 * a .pth or .safetensors file is recognised by its tensors; each is checked for name, shape and type.
 * @throws SentinodeError `weights-invalid`, `weights-unsafe`
 */
export async function importWeights(
  bytes: Uint8Array,
  file: string,
  { origin, licence }: Provenance = {},
): Promise<ImportedWeights> {
  const hash = await sha256(bytes);
  const published = publishedWith(hash);
  const { onnx, backbone } = pinned(bytes, file);
  if (published !== undefined && published.backbone !== backbone)
    throw new SentinodeError(
      'weights-invalid',
      `The checksum is that of ${published.backbone}, but the file holds ${backbone}.`,
      { file },
    );
  return {
    onnx,
    record: {
      schema: 'sentinode-weights/1',
      backbone,
      features: backbone === 'onnx' ? null : featureCount(architectures[backbone]),
      sha256: await sha256(onnx),
      source: { file: file.split(/[\\/]/).at(-1)!, sha256: hash, bytes: bytes.length },
      origin: published?.origin ?? origin ?? UNKNOWN,
      licence: published?.licence ?? licence ?? UNKNOWN,
    },
  };
}

function pinned(
  bytes: Uint8Array,
  file: string,
): Pick<ImportedWeights, 'onnx'> & { backbone: Backbone | 'onnx' } {
  if (/\.onnx$/i.test(file)) {
    checkModel(bytes, file);
    return { onnx: bytes, backbone: 'onnx' };
  }
  const tensors = readTensors(bytes, file);
  const backbone = recognise(new Map([...byName(tensors)].map(([name, { shape }]) => [name, shape])), file);
  return {
    onnx: bytesOf(resnetOnnx(architectures[backbone], stateDict(tensors, architectures[backbone], file))),
    backbone,
  };
}

/** The network whose tensors a file holds: the one that shares most of them. */
function recognise(shapes: ReadonlyMap<string, readonly number[]>, file: string): Backbone {
  const scores = (Object.keys(architectures) as Backbone[]).map((backbone) => {
    const wanted = tensorsOf(architectures[backbone]);
    const shared = wanted.filter(({ name, shape }) => shapes.get(name)?.join() === shape.join()).length;
    return { backbone, shared, of: wanted.length };
  });
  const known = [...shapes.keys()].filter((name) => /^(conv1|bn1|layer\d)\b/.test(name)).length;
  const counters = [...shapes.keys()].filter((name) =>
    /^(bn1|layer\d).*num_batches_tracked$/.test(name),
  ).length;
  const best = scores.reduce((a, b) => (overlap(b, known - counters) > overlap(a, known - counters) ? b : a));
  if (best.shared === 0)
    throw new SentinodeError(
      'weights-invalid',
      `The tensors are those of none of ${Object.keys(architectures).join(', ')} (the first is "${[...shapes.keys()][0] ?? ''}"). Export another network as ONNX and declare it: docs/guide/deep-weights.md.`,
      { file },
    );
  return best.backbone;
}

/** Shared tensors over all tensors of network and file together. */
function overlap({ shared, of }: { shared: number; of: number }, present: number): number {
  return shared / (of + present - shared);
}
