import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useAssembly } from '../../assembly/assembly.ts';
import { sha1 } from './index.ts';

describe.each([true, false])('SHA-1, compiled: %s', (compiled) => {
  beforeAll(() => useAssembly(compiled));
  afterAll(() => useAssembly(true));

  it('has the digest of the standard for "abc"', () =>
    expect(sha1(new TextEncoder().encode('abc'))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d'));
  it('agrees with OpenSSL at every length round a block', () => {
    const bytes = Uint8Array.from({ length: 700 }, (_, at) => (at * 73 + 5) % 256);
    for (let length = 0; length <= 700; length++) {
      const part = bytes.subarray(0, length);
      expect(sha1(part)).toBe(createHash('sha1').update(part).digest('hex'));
    }
  });
  it('agrees with OpenSSL over several pieces', () => {
    const bytes = Uint8Array.from({ length: 2_500_001 }, (_, at) => (at * 73 + (at >> 9)) % 256);
    expect(sha1(bytes)).toBe(createHash('sha1').update(bytes).digest('hex'));
  });
});
