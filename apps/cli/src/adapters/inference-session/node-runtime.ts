import { SentinodeError } from '@sentinode/core';
import type { InferenceRuntime } from '@sentinode/deep';

/**
 * Networks on onnxruntime-node, CPU only. The number of threads has no influence on any bit; threads do not spin, so
 * that extraction on the other cores is not slowed.
 */
export const nodeRuntime: InferenceRuntime = async (onnx, name, ports = {}) => {
  const fail = (message: string, cause?: unknown): SentinodeError =>
    new SentinodeError('weights-invalid', message, { file: name, field: 'deep.weights' }, cause);
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  let session: Awaited<ReturnType<typeof InferenceSession.create>>;
  try {
    session = await InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw fail(
      `The network "${name}" cannot be loaded: it is damaged, no ONNX file, or keeps its weights in a second file (export them into one file).`,
      error,
    );
  }
  const { inputMetadata: inputs, outputMetadata: outputs } = session;
  const named = <T extends { readonly name: string }>(all: readonly T[], wanted: string | undefined) =>
    wanted === undefined ? all[0] : all.find((value) => value.name === wanted);
  const [input, output] = [named(inputs, ports.input), named(outputs, ports.output)];
  if (input === undefined || output === undefined) {
    await session.release();
    const list = (all: readonly { readonly name: string }[]): string =>
      all.map((value) => value.name).join(', ');
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
        const results = await session.run({ [input.name]: new Tensor('float32', values, shape) }, [
          output.name,
        ]);
        return results[output.name]!.data as Float32Array;
      } catch (error) {
        throw fail(
          `The network "${name}" does not take pictures of shape [${shape.join(', ')}]; export it with this input.`,
          error,
        );
      }
    },
    close: () => session.release(),
  };
};
