import { SentinodeError } from '@sentinode/core';
import type { InferenceRuntime } from '@sentinode/deep';

/**
 * Networks on onnxruntime-node, CPU only. The number of threads has no influence on any bit; threads do not spin, so
 * that extraction on the other cores is not slowed.
 */
export const nodeRuntime: InferenceRuntime = async (onnx, name) => {
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
  const [input, output] = [inputs[0], outputs[0]];
  const odd = [input, output].find((value) => value?.isTensor !== true || value.type !== 'float32');
  if (inputs.length !== 1 || input === undefined || output === undefined || odd !== undefined) {
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
