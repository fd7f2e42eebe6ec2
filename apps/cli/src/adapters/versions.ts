import { readFileSync } from 'node:fs';
import { ENGINE_VERSION } from '@sentinode/study';

/**
 * Versions that provenance records. No date, no host name: equal runs give equal bytes. Deep features depend on the build of
 * the inference runtime and on the vector instructions of the processor, so both are named.
 */
export function versions(): Record<string, string> {
  return {
    sentinode: ENGINE_VERSION,
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${process.platform} ${process.arch}`,
    onnxruntime: runtimeVersion(),
    processor: vectorInstructions(),
  };
}

function runtimeVersion(): string {
  try {
    const entry = new URL('../package.json', import.meta.resolve('onnxruntime-node'));
    return (JSON.parse(readFileSync(entry, 'utf8')) as { version: string }).version;
  } catch {
    return 'not installed';
  }
}

const instructions = /^(sse4_2|fma|avx|avx2|avx512.*|avx_vnni|amx_.*|asimd.*|sve.*|i8mm|bf16)$/;

/** Vector instructions that the processor offers; where the system does not list them, its architecture. */
function vectorInstructions(): string {
  try {
    const line = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    const found = line.split(' ').filter((flag) => instructions.test(flag));
    return found.length > 0 ? found.sort().join(' ') : process.arch;
  } catch {
    return process.arch;
  }
}
