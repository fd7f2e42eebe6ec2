import { SentinodeError } from '@sentinode/core';

/**
 * The volume to take of a file that holds `count`.
 * @throws SentinodeError `volume-dimensions` where no index was given for several, or it is not among them
 */
export function chooseVolume(count: number, index: number | undefined): number {
  if (index === undefined) {
    if (count === 1) return 0;
    throw new SentinodeError(
      'volume-dimensions',
      `The file holds ${count} volumes and one is needed. Choose one by its index, 0 to ${count - 1}.`,
      { field: 'index' },
    );
  }
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new SentinodeError(
      'volume-dimensions',
      `Volume ${index} was asked for, and the file holds ${count}${count === 1 ? '' : ` (0 to ${count - 1})`}.`,
      { field: 'index' },
    );
  }
  return index;
}
