import { SentinodeError } from '@sentinode/core';
import { bytesOf } from '../onnx/onnx-file.ts';
import type { InferenceRuntime, InferenceSession, Ports } from './inference-session.ts';

/** An input or output of a loaded network. */
interface Port {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: unknown;
}

interface RuntimeSession {
  readonly inputMetadata: readonly Port[];
  readonly outputMetadata: readonly Port[];
  run(
    feeds: Record<string, never>,
    fetches: string[],
  ): Promise<{ readonly [output: string]: { readonly data: unknown } }>;
  release(): Promise<void>;
}

/** Options of a session, as the runtime names them. */
export type SessionOptions = Readonly<Record<string, unknown>>;

/** What onnxruntime-node and onnxruntime-web have in common, as far as it is used. */
export interface OnnxRuntime {
  readonly InferenceSession: {
    create(network: Uint8Array | string, options: SessionOptions): Promise<RuntimeSession>;
  };
  readonly Tensor: new (type: 'float32', data: Float32Array, shape: readonly number[]) => unknown;
}

/**
 * Networks on an ONNX runtime.
 * @param load the runtime's module, at first use
 * @param options of its sessions, e.g. execution providers
 */
export function onnxInference(load: () => Promise<OnnxRuntime>, options: SessionOptions): InferenceRuntime {
  return async (onnx, name, ports = {}) => openSession(await load(), options, bytesOf(onnx), name, ports);
}

/**
 * A session of a runtime, its interface checked.
 * @param network the file's bytes, or its path where the runtime reads files
 * @param name for messages
 * @throws SentinodeError `weights-invalid`
 */
export async function openSession(
  { InferenceSession: Sessions, Tensor }: OnnxRuntime,
  options: SessionOptions,
  network: Uint8Array | string,
  name: string,
  ports: Ports,
): Promise<InferenceSession> {
  const fail = (message: string, cause?: unknown): SentinodeError =>
    new SentinodeError('weights-invalid', message, { file: name, field: 'deep.weights' }, cause);
  let session: RuntimeSession;
  try {
    session = await Sessions.create(network, options);
  } catch (error) {
    throw fail(
      `The network "${name}" cannot be loaded: it is damaged, no ONNX file, or keeps its weights in a second file (export them into one file).`,
      error,
    );
  }
  const { inputMetadata: inputs, outputMetadata: outputs } = session;
  const named = (all: readonly Port[], wanted: string | undefined) =>
    wanted === undefined ? all[0] : all.find((value) => value.name === wanted);
  const [input, output] = [named(inputs, ports.input), named(outputs, ports.output)];
  if (input === undefined || output === undefined) {
    await session.release();
    const list = (all: readonly Port[]): string => all.map((value) => value.name).join(', ');
    throw fail(
      `The network "${name}" has the inputs ${list(inputs)} and the outputs ${list(outputs)}; correct deep.network.`,
    );
  }
  const odd = [input, output].find((value) => value.isTensor !== true || value.type !== 'float32');
  if (inputs.length !== 1 || odd !== undefined) {
    await session.release();
    throw fail(`The network "${name}" must take one float32 input and give float32; export it so.`);
  }
  return {
    run: async (values, shape) => {
      try {
        const feeds = { [input.name]: new Tensor('float32', values, shape) as never };
        return (await session.run(feeds, [output.name]))[output.name]!.data as Float32Array;
      } catch (error) {
        throw fail(
          `The network "${name}" does not take pictures of shape [${shape.join(', ')}]; export it with this input.`,
          error,
        );
      }
    },
    close: () => session.release(),
  };
}
