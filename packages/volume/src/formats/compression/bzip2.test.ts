import { sha256 } from '@sentinode/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBytes, readJson, reference } from '../../../../../reference/locator.ts';
import { bunzip2 } from './bzip2.ts';

const { bzip2 } = readJson<{ bzip2: Record<string, { length: number; sha256: string }> }>(
  reference('volumes', 'expected.json'),
);
const stream = (name: string): Uint8Array => readBytes(reference('volumes', 'files', name));

describe("streams of Python's bz2", () => {
  it.each(Object.entries(bzip2))('%s', async (name, wanted) => {
    const content = bunzip2(stream(name), wanted.length);
    expect(content).toHaveLength(wanted.length);
    expect(await sha256(new Uint8Array(content))).toBe(wanted.sha256);
  });
});

describe('a damaged stream', () => {
  const whole = stream('runs-9.bz2');

  it('is refused wherever it is cut', () => {
    for (let length = 0; length < whole.length; length += 13) {
      expect(() => bunzip2(whole.subarray(0, length), 2 ** 20)).toThrow(
        expect.objectContaining({ code: 'volume-truncated' }),
      );
    }
  });

  it('is refused or still gives the same bytes, whichever bit is turned', () => {
    const content = bunzip2(whole, 2 ** 20);
    const bit = fc.tuple(fc.nat(whole.length - 2), fc.nat(7));
    fc.assert(
      fc.property(bit, ([at, shift]) => {
        const copy = whole.slice();
        copy[at]! ^= 1 << shift;
        try {
          expect(Buffer.compare(bunzip2(copy, 2 ** 20), content)).toBe(0);
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/volume-truncated|too-large/) });
        }
      }),
      { seed: 18, numRuns: 150 },
    );
  });

  it('stops at the limit', () => {
    expect(() => bunzip2(whole, 1000)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});
