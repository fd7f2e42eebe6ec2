import { SentinodeError } from '@sentinode/core';
import type { WeightsRecord } from '@sentinode/deep';
import { readIfThere } from '../../adapters/files/read-file.ts';

/** Where the record of a pinned network lies: beside it. */
export function recordPath(onnx: string): string {
  return onnx.replace(/\.onnx$/i, '.json');
}

/** The record beside a pinned network, or undefined where there is none. @throws `weights-invalid` */
export async function readRecord(onnx: string): Promise<WeightsRecord | undefined> {
  const path = recordPath(onnx);
  const bytes = await readIfThere(path);
  if (bytes === undefined) return undefined;
  try {
    const record = JSON.parse(new TextDecoder().decode(bytes)) as WeightsRecord;
    if (record.schema === 'sentinode-weights/1') return record;
  } catch {
    // said below
  }
  throw new SentinodeError(
    'weights-invalid',
    'The record beside the weights cannot be read; import them again.',
    {
      file: path,
    },
  );
}
