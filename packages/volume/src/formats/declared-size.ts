import { SentinodeError } from '@sentinode/core';

/** Most bytes of voxels that a file may declare unless the caller allows more. */
export const DEFAULT_MAX_BYTES = 2 ** 31;

/**
 * Bytes of voxels that a header declares, checked before anything of that size is allocated.
 * @param sizes elements along each axis
 * @throws SentinodeError `volume-header` for a size below 1, `too-large` beyond the limit
 */
export function declaredBytes(
  sizes: readonly number[],
  bytesPerElement: number,
  limit: number,
  field: string,
): number {
  const text = `${sizes.join(' x ')} elements`;
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 1)) {
    throw new SentinodeError('volume-header', `The header declares ${text}; each size must be at least 1.`, {
      field,
    });
  }
  // Doubles overflow to Infinity and never wrap round, so the comparison holds for any declared sizes.
  const bytes = sizes.reduce((product, size) => product * size, bytesPerElement);
  if (bytes > limit) {
    throw new SentinodeError(
      'too-large',
      `The header declares ${text} of ${bytesPerElement} bytes, more than the limit of ${limit} bytes. The header is damaged, or the volume must be cropped first.`,
      { field },
    );
  }
  return bytes;
}

/** The error of a file that ends before its voxels do. */
export function truncated(found: number, declared: number): SentinodeError {
  return new SentinodeError(
    'volume-truncated',
    `The file ends too early: its header declares ${declared} bytes of voxels and ${Math.max(0, found)} are there. Copy or export it again.`,
  );
}
