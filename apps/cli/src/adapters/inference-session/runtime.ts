/**
 * Environment in which onnxruntime-node may be loaded. From 1.29 on it reports sessions, with the name and hashes of the
 * network, to its maker unless this is set before it starts; it then also writes nothing to the disk.
 */
export const withoutTelemetry = { ORT_DISABLE_TELEMETRY: '1' } as const;

/** onnxruntime-node in this process. */
export function loadRuntime(): Promise<typeof import('onnxruntime-node')> {
  Object.assign(process.env, withoutTelemetry);
  return import('onnxruntime-node');
}

/**
 * Sessions of onnxruntime-node, CPU only. The number of threads has no influence on any bit; threads do not spin, so that
 * extraction on the other cores is not slowed. Weights get memory of their size and not from the arena, which grows by
 * doubling: 86 MB less for ResNet-50.
 */
export const sessionOptions = {
  executionProviders: ['cpu'],
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '0' }, use_device_allocator_for_initializers: '1' } },
} as const;
