import { SentinodeError } from '@sentinode/core';
import type { InferenceRuntime } from '@sentinode/deep';

/**
 * Networks on onnxruntime-node, CPU only. The number of threads has no influence on any bit; threads do not spin, so
 * that extraction on the other cores is not slowed.
 */
export const nodeRuntime: InferenceRuntime = async (onnx, name) => {
  const { InferenceSession, Tensor } = await import('onnxruntime-node');
  let session: Awaited<ReturnType<typeof InferenceSession.create>>;
  try {
    session = await InferenceSession.create(onnx, {
      executionProviders: ['cpu'],
      logSeverityLevel: 3,
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
  } catch (error) {
    throw new SentinodeError(
      'weights-invalid',
      `The network "${name}" cannot be loaded; it is damaged or no ONNX file.`,
      { file: name, field: 'deep.weights' },
      error,
    );
  }
  const [input] = session.inputNames;
  const [output] = session.outputNames;
  return {
    run: async (values, shape) => {
      try {
        const results = await session.run({ [input!]: new Tensor('float32', values, shape) });
        return results[output!]!.data as Float32Array;
      } catch (error) {
        throw new SentinodeError(
          'weights-invalid',
          `The network "${name}" does not take pictures of shape [${shape.join(', ')}]; export it with this input.`,
          { file: name, field: 'deep.weights' },
          error,
        );
      }
    },
    close: () => session.release(),
  };
};
