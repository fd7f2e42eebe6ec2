import { SentinodeError, sha256 } from '@sentinode/core';
import { INPUT_SIZE } from './picture/network-input.ts';
import { featureCount, resnet50 } from './resnet/architecture.ts';
import { resnetOnnx } from './resnet/graph.ts';
import type { InferenceRuntime, InferenceSession } from './session/inference-session.ts';
import { readSafetensors } from './weights/safetensors.ts';
import { seededWeights } from './weights/seeded.ts';

/** Where the weights of a network come from: a file of the user, or a seed (not pretrained). */
export type WeightSource =
  | { readonly kind: 'file'; readonly file: string; readonly bytes: Uint8Array }
  | { readonly kind: 'seeded'; readonly seed: number };

/** What a report and a locked model must say about a network. */
export interface NetworkDescription {
  readonly backbone: 'resnet50';
  /** Name of the weights file, or `seeded`. */
  readonly weights: string;
  /** SHA-256 of the ONNX bytes that are run. */
  readonly sha256: string;
  /** false for seeded weights; whether a file was pretrained, and on what, only its owner knows. */
  readonly pretrained: boolean;
  readonly options: { readonly seed: number } | null;
}

/** A loaded feature extractor. */
export interface Network {
  readonly description: NetworkDescription;
  /** The ONNX bytes that are run. */
  readonly onnx: Uint8Array;
  /** Features of one picture [3, 224, 224]; 2,048 values. */
  features(input: Float32Array): Promise<Float64Array>;
  close(): Promise<void>;
}

/** Number of features of the backbone. */
export const FEATURES = featureCount(resnet50);

/** What to do without weights. @throws `weights-missing` always */
export function refuseWithoutWeights(): never {
  throw new SentinodeError(
    'weights-missing',
    'Deep features need the weights of ResNet-50, and no file is named: write deep: {weights: weights/resnet50.safetensors} and see docs/guide/deep-weights.md for how to get it. To try the software without pretrained weights write weights: seeded; every output then says so.',
    { field: 'deep.weights' },
  );
}

/**
 * Loads ResNet-50 without its classifier. A network from a file looks at a black picture first, so that a file that
 * cannot serve is refused here and not after the long work.
 * @throws SentinodeError `weights-invalid` for a file that is no such network
 */
export async function loadNetwork(source: WeightSource, runtime: InferenceRuntime): Promise<Network> {
  const onnx = onnxOf(source);
  const description: NetworkDescription = {
    backbone: 'resnet50',
    weights: source.kind === 'file' ? source.file : 'seeded',
    sha256: await sha256(onnx),
    pretrained: source.kind === 'file',
    options: source.kind === 'file' ? null : { seed: source.seed },
  };
  const network = await openNetwork(onnx, description, runtime);
  if (source.kind === 'seeded') return network;
  try {
    await network.features(new Float32Array(3 * INPUT_SIZE * INPUT_SIZE));
    return network;
  } catch (error) {
    await network.close();
    throw error;
  }
}

/** The network of a locked model: from the bytes in its bundle, or made again from its seed. @throws `bundle-invalid` */
export async function reloadNetwork(
  description: NetworkDescription,
  bytes: Uint8Array | null,
  runtime: InferenceRuntime,
): Promise<Network> {
  const { options } = description;
  if (bytes === null && options === null)
    throw new SentinodeError('bundle-invalid', 'The bundle lacks the network that its model needs.');
  const onnx = bytes ?? onnxOf({ kind: 'seeded', seed: options!.seed });
  if ((await sha256(onnx)) !== description.sha256)
    throw new SentinodeError('bundle-invalid', 'The network is not the one that the model was fitted with.');
  return openNetwork(onnx, description, runtime);
}

function onnxOf(source: WeightSource): Uint8Array {
  if (source.kind === 'seeded') return resnetOnnx(resnet50, seededWeights(resnet50, source.seed));
  const { file, bytes } = source;
  if (/\.onnx$/i.test(file)) return bytes;
  if (/\.safetensors$/i.test(file)) return resnetOnnx(resnet50, readSafetensors(bytes, resnet50, file));
  throw new SentinodeError(
    'weights-invalid',
    `Weights are read from .safetensors and .onnx files, not from "${file}"; docs/guide/deep-weights.md shows how to convert.`,
    { file, field: 'deep.weights' },
  );
}

async function openNetwork(
  onnx: Uint8Array,
  description: NetworkDescription,
  runtime: InferenceRuntime,
): Promise<Network> {
  const session = await runtime(onnx, description.weights);
  return {
    description,
    onnx,
    features: async (input) => Float64Array.from(await run(session, input, description)),
    close: () => session.close(),
  };
}

async function run(
  session: InferenceSession,
  input: Float32Array,
  { weights }: NetworkDescription,
): Promise<Float32Array> {
  const output = await session.run(input, [1, 3, INPUT_SIZE, INPUT_SIZE]);
  if (output.length !== FEATURES) {
    const classifier =
      output.length === 1000
        ? ' It still has its classifier: replace fc by the identity before the export.'
        : '';
    throw new SentinodeError(
      'weights-invalid',
      `The network gives ${output.length} values a picture, not ${FEATURES}.${classifier}`,
      { file: weights, field: 'deep.weights' },
    );
  }
  if (!output.every((value) => Number.isFinite(value)))
    throw new SentinodeError('weights-invalid', 'The network gives values that are not finite.', {
      file: weights,
    });
  return output;
}
