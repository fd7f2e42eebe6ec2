import { SentinodeError } from '@sentinode/core';

/** The one error of everything that can be wrong inside a bzip2 stream. */
export function damagedBzip2(what: string): SentinodeError {
  return new SentinodeError(
    'volume-truncated',
    `The bzip2 data are damaged or cut off: ${what}. Copy or export the file again.`,
  );
}
