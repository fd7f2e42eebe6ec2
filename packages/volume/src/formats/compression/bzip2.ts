import { BitReader } from './bit-reader.ts';
import { BoundedOutput } from './bounded-output.ts';
import { decodeBlock } from './bzip2-block.ts';
import { damagedBzip2 } from './bzip2-error.ts';

const STREAM_MAGIC = 0x425a68;
const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;

/**
 * The content of a bzip2 file (one stream or several in a row), checksums verified.
 * @param limit most bytes that may come out
 * @throws SentinodeError `volume-truncated` for damaged or missing data, `too-large` beyond the limit
 */
export function bunzip2(bytes: Uint8Array, limit: number): Uint8Array {
  const reader = new BitReader(bytes);
  const output = new BoundedOutput(limit);
  do decodeStream(reader, output);
  while (!reader.atEnd());
  return output.content();
}

function decodeStream(reader: BitReader, output: BoundedOutput): void {
  if (reader.bits(24) !== STREAM_MAGIC) throw damagedBzip2('a stream does not begin with BZh');
  const level = reader.bits(8) - 0x30;
  if (level < 1 || level > 9) throw damagedBzip2('the block size is not 1 to 9');
  let combined = 0;
  for (;;) {
    const magic = reader.bits(48);
    const expected = reader.bits(32);
    if (magic === END_MAGIC) {
      if (combined !== expected) throw damagedBzip2('the checksum does not match');
      reader.alignToByte();
      return;
    }
    if (magic !== BLOCK_MAGIC) throw damagedBzip2('a block does not begin where it should');
    const crc = decodeBlock(reader, level * 100_000, output);
    if (crc !== expected) throw damagedBzip2('the checksum of a block does not match');
    combined = (((combined << 1) | (combined >>> 31)) ^ crc) >>> 0;
  }
}
