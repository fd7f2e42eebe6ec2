import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sha1 } from './sha1.ts';

describe('SHA-1', () => {
  it('has the digest of the standard for "abc"', () =>
    expect(sha1(new TextEncoder().encode('abc'))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d'));
  it('agrees with OpenSSL at every length round a block', () => {
    const bytes = Uint8Array.from({ length: 200 }, (_, at) => (at * 73 + 5) % 256);
    for (let length = 0; length <= 200; length++) {
      const part = bytes.subarray(0, length);
      expect(sha1(part)).toBe(createHash('sha1').update(part).digest('hex'));
    }
  });
});
