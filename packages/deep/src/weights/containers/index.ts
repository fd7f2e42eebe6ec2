import { SentinodeError } from '@sentinode/core';
import type { StoredTensor } from '../stored-tensor.ts';
import type { WeightContainer } from './container.ts';
import { pytorchLegacy } from './pytorch-legacy/index.ts';
import { pytorchZip } from './pytorch-zip/index.ts';
import { safetensors } from './safetensors/index.ts';

/** Kinds of weights files, most telling content first. */
export const containers: readonly WeightContainer[] = [safetensors, pytorchZip, pytorchLegacy];

/**
 * The tensors of a weights file, whatever its name says.
 * @throws SentinodeError `weights-invalid` for an unknown or damaged file, `weights-unsafe`
 */
export function readTensors(bytes: Uint8Array, file: string): StoredTensor[] {
  const container = containers.find((candidate) => candidate.recognise(bytes));
  if (container === undefined)
    throw new SentinodeError(
      'weights-invalid',
      `The file is none of the kinds that hold weights (${[...new Set(containers.flatMap(({ extensions }) => extensions))].join(', ')}), or it was cut off; copy it again.`,
      { file },
    );
  return container.read(bytes, file);
}
