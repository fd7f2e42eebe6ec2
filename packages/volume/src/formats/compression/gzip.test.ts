import { constants, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { crc32 } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip, gunzipHead, gzip } from './gzip.ts';

/** Contents that use literals, runs, far references and bytes that do not compress. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 5000 }),
  fc
    .array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3000 })), { maxLength: 40 })
    .map((runs) => Uint8Array.from(runs.flatMap(([byte, count]) => new Array<number>(count).fill(byte)))),
  fc
    .uint8Array({ minLength: 100, maxLength: 400 })
    .map((piece) =>
      Uint8Array.from({ length: 100_000 }, (_, at) => piece[(at * at + (at >> 9)) % piece.length]!),
    ),
);

describe('gunzip of what zlib wrote', () => {
  it.each([0, 1, 6, 9])('at level %i', (level) => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(
          Buffer.compare(gunzip(new Uint8Array(gzipSync(bytes, { level })), bytes.length, 0), bytes),
        ).toBe(0);
      }),
      { seed: 18, numRuns: 40 },
    );
  });

  it.each([constants.Z_FIXED, constants.Z_HUFFMAN_ONLY, constants.Z_RLE])('with strategy %i', (strategy) => {
    fc.assert(
      fc.property(content, (bytes) => {
        expect(
          Buffer.compare(gunzip(new Uint8Array(gzipSync(bytes, { strategy })), bytes.length, 0), bytes),
        ).toBe(0);
      }),
      { seed: 18, numRuns: 30 },
    );
  });

  it('with every optional part of the header', () => {
    const bytes = new TextEncoder().encode('voxels');
    const header = [
      0x1f,
      0x8b,
      8,
      2 + 4 + 8 + 16,
      1,
      2,
      3,
      4,
      0,
      255,
      3,
      0,
      7,
      7,
      7,
      0x61,
      0,
      0x62,
      0x63,
      0,
      9,
      9,
    ];
    const trailer = new Uint8Array(8);
    new DataView(trailer.buffer).setUint32(0, crc32(bytes), true);
    new DataView(trailer.buffer).setUint32(4, bytes.length, true);
    expect(gunzip(Uint8Array.from([...header, ...deflateRawSync(bytes), ...trailer]), 6, 0)).toEqual(bytes);
  });
});

describe('gunzip of damaged streams', () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * at) % 251);
  const whole = new Uint8Array(gzipSync(bytes));

  it('refuses a stream that is cut anywhere', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => gunzip(whole.subarray(0, length), bytes.length, 0)).toThrow(
        expect.objectContaining({ code: 'volume-truncated' }),
      );
    }
  });

  it('never gives other bytes, whichever bit is turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: whole.length - 1 }), fc.nat(7), (at, bit) => {
        const copy = whole.slice();
        copy[at]! ^= 1 << bit;
        try {
          expect(Buffer.compare(gunzip(copy, bytes.length, 0), bytes)).toBe(0);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/volume-truncated|too-large/) });
        }
      }),
      { seed: 18, numRuns: 400 },
    );
  });

  it('stops a bomb at the declared size', () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(50 * 2 ** 20)));
    expect(() => gunzip(bomb, 1000, 1000)).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(() => gunzip(bomb, 2 ** 40, 0)).toThrow(expect.objectContaining({ code: 'volume-truncated' }));
    expect(gunzipHead(bomb, 1024)).toEqual(new Uint8Array(1024));
  });
});

describe('gzip', () => {
  it('is read by zlib and has no time stamp', () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, at) => at % 7);
    const written = gzip(bytes);
    expect(new Uint8Array(gunzipSync(written))).toEqual(bytes);
    expect([...written.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  });
});
