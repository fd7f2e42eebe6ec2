import { SentinodeError, sha256 } from '@sentinode/core';
import { interfaceOf, type NetworkInterface } from './backbone.ts';
import { checkModel } from './onnx/check-model.ts';
import { bytesOf, hashedFile, type OnnxFile, wholeFile } from './onnx/onnx-file.ts';
import { architectures, type Backbone } from './resnet/architecture.ts';
import { resnetOnnx } from './resnet/graph.ts';
import type { InferenceRuntime, InferenceSession } from './session/inference-session.ts';
import { readTensors } from './weights/containers/index.ts';
import { seededWeights } from './weights/seeded.ts';
import { stateDict } from './weights/state-dict.ts';

/**
 * Where a network comes from: weights of the user for one of torchvision's, an ONNX network of the user with its
 * interface, or a seed (not pretrained). Files are read when they are needed, since a network is large: to load it, and
 * again to keep it in a bundle.
 */
export type WeightSource =
  | {
      readonly kind: 'file';
      readonly backbone: Backbone;
      readonly file: string;
      readonly read: () => Promise<Uint8Array>;
    }
  | {
      readonly kind: 'declared';
      readonly network: NetworkInterface;
      readonly file: string;
      readonly read: () => Promise<Uint8Array>;
    }
  | { readonly kind: 'seeded'; readonly backbone: Backbone; readonly seed: number };

/** What a report and a locked model must say about a network. */
export interface NetworkDescription {
  readonly backbone: Backbone | 'onnx';
  /** Name of the weights file, or `seeded`. */
  readonly weights: string;
  /** SHA-256 of the ONNX bytes that are run. */
  readonly sha256: string;
  /** false for seeded weights; whether a file was pretrained, and on what, only its owner knows. */
  readonly pretrained: boolean;
  readonly options: { readonly seed: number } | null;
  /** Left out for ResNet-50 in models of the first version. */
  readonly network?: NetworkInterface;
}

/** A loaded feature extractor. */
export interface Network {
  readonly description: NetworkDescription;
  readonly interface: NetworkInterface;
  /**
   * Makes the ONNX bytes that are run once more; null for seeded weights, which their seed makes again.
   * @throws SentinodeError `weights-invalid` where the file is another one by now
   */
  readonly onnx: (() => Promise<Uint8Array>) | null;
  /** Features of one picture [3, side, side]; as many as the interface says. */
  features(input: Float32Array): Promise<Float64Array>;
  close(): Promise<void>;
}

/** What to do without weights. @throws `weights-missing` always */
export function refuseWithoutWeights(): never {
  throw new SentinodeError(
    'weights-missing',
    'Deep features need the weights of a network, and no file is named: write deep: {weights: weights/resnet50.pth} and see docs/guide/deep-weights.md for how to get it. To try the software without pretrained weights write weights: seeded; every output then says so.',
    { field: 'deep.weights' },
  );
}

/**
 * Loads a network without its classifier. One from a file looks at a black picture first, so that a file that cannot
 * serve is refused here and not after the long work.
 * @throws SentinodeError `weights-invalid` for a file that is no such network, `weights-unsafe` for one that is not loaded
 */
export async function loadNetwork(source: WeightSource, runtime: InferenceRuntime): Promise<Network> {
  const seeded = source.kind === 'seeded';
  const about: Omit<NetworkDescription, 'sha256'> = {
    backbone: source.kind === 'declared' ? 'onnx' : source.backbone,
    weights: seeded ? 'seeded' : source.file,
    pretrained: !seeded,
    options: seeded ? { seed: source.seed } : null,
    network: source.kind === 'declared' ? source.network : interfaceOf(source.backbone),
  };
  const onnx = hashedFile(await onnxFileOf(source));
  const session = await open(onnx, about, runtime);
  const network = networkOf(session, { ...about, sha256: await onnx.sha256() }, source);
  if (seeded) return network;
  try {
    await network.features(new Float32Array(3 * network.interface.side ** 2));
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
  const { options, backbone } = description;
  if (bytes === null && (options === null || backbone === 'onnx'))
    throw new SentinodeError('bundle-invalid', 'The bundle lacks the network that its model needs.');
  const onnx = hashedFile(
    bytes === null ? seededFile(backbone as Backbone, options!.seed) : wholeFile(bytes),
  );
  const session = await open(onnx, description, runtime);
  if ((await onnx.sha256()) === description.sha256) return networkOf(session, description, null);
  await session.close();
  throw new SentinodeError('bundle-invalid', 'The network is not the one that the model was fitted with.');
}

function seededFile(backbone: Backbone, seed: number): OnnxFile {
  const architecture = architectures[backbone];
  return resnetOnnx(architecture, seededWeights(architecture, seed));
}

async function onnxFileOf(source: WeightSource): Promise<OnnxFile> {
  if (source.kind === 'seeded') return seededFile(source.backbone, source.seed);
  const { file } = source;
  const bytes = await source.read();
  if (source.kind === 'declared' || isOnnx(file)) {
    checkModel(bytes, file);
    return wholeFile(bytes);
  }
  const architecture = architectures[source.backbone];
  return resnetOnnx(architecture, stateDict(readTensors(bytes, file), architecture, file));
}

function isOnnx(file: string): boolean {
  return /\.onnx$/i.test(file);
}

type About = Pick<NetworkDescription, 'weights' | 'network'>;

function portsOf({ network }: About): NetworkInterface {
  return network ?? interfaceOf('resnet50');
}

function open(onnx: OnnxFile, about: About, runtime: InferenceRuntime): Promise<InferenceSession> {
  const { input, output } = portsOf(about);
  return runtime(onnx, about.weights, { input, output });
}

function networkOf(
  session: InferenceSession,
  description: NetworkDescription,
  source: WeightSource | null,
): Network {
  const own = portsOf(description);
  return {
    description,
    interface: own,
    onnx: source === null || source.kind === 'seeded' ? null : () => madeAgain(source, description.sha256),
    features: async (input) => Float64Array.from(await run(session, input, own, description.weights)),
    close: () => session.close(),
  };
}

async function madeAgain(
  source: Exclude<WeightSource, { kind: 'seeded' }>,
  expected: string,
): Promise<Uint8Array> {
  const bytes = bytesOf(await onnxFileOf(source));
  if ((await sha256(bytes)) === expected) return bytes;
  throw new SentinodeError(
    'weights-invalid',
    'The weights file was changed while the study ran; the network is no longer the one that gave the features. Run the study again.',
    { file: source.file, field: 'deep.weights' },
  );
}

async function run(
  session: InferenceSession,
  input: Float32Array,
  { side, features }: NetworkInterface,
  weights: string,
): Promise<Float32Array> {
  const output = await session.run(input, [1, 3, side, side]);
  if (output.length !== features) {
    const classifier =
      output.length === 1000
        ? ' It still has its classifier: replace it by the identity before the export.'
        : '';
    throw new SentinodeError(
      'weights-invalid',
      `The network gives ${output.length} values a picture, not ${features}.${classifier}`,
      { file: weights, field: 'deep.weights' },
    );
  }
  if (!output.every((value) => Number.isFinite(value)))
    throw new SentinodeError('weights-invalid', 'The network gives values that are not finite.', {
      file: weights,
    });
  return output;
}
