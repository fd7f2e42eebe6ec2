import { SentinodeError } from '@sentinode/core';
import { unzipSync, zipSync } from 'fflate';

/** Most bytes that the parts of a workbook may unpack to. */
const MOST_UNPACKED = 2 ** 29;

/**
 * Unpacks a workbook within bounds and packs it again without compression. The workbook reader inflates parts
 * without a limit, so that a file of a few kilobytes could fill the memory.
 * @throws SentinodeError `too-large` where the declared sizes are beyond the limit, `table-damaged` for a bad archive
 */
export function repackWorkbook(bytes: Uint8Array, file: string): Uint8Array {
  let unpacked = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ originalSize }) => {
        unpacked += originalSize;
        if (unpacked > MOST_UNPACKED) {
          throw new SentinodeError(
            'too-large',
            `The workbook unpacks to more than ${MOST_UNPACKED} bytes. Save the sheet as CSV.`,
            { file },
          );
        }
        return true;
      },
    });
    return zipSync(parts, { level: 0 });
  } catch (cause) {
    if (cause instanceof SentinodeError) throw cause;
    throw new SentinodeError(
      'table-damaged',
      'The file begins like a workbook but cannot be unpacked. Save it again as .xlsx, or as CSV.',
      { file },
      cause,
    );
  }
}
