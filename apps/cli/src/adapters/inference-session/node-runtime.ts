import { onnxInference } from '@sentinode/deep';

/**
 * Networks on onnxruntime-node, CPU only. The number of threads has no influence on any bit; threads do not spin, so
 * that extraction on the other cores is not slowed.
 */
export const nodeRuntime = onnxInference(() => import('onnxruntime-node'), {
  executionProviders: ['cpu'],
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});
