import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useAssembly } from '../../assembly/assembly.ts';
import { Sha256Stream } from './index.ts';

describe.each([true, false])('SHA-256 of pieces, compiled: %s', (compiled) => {
  beforeAll(() => useAssembly(compiled));
  afterAll(() => useAssembly(true));

  it('agrees with OpenSSL however the content is divided', () => {
    const bytes = Uint8Array.from({ length: 2_300_077 }, (_, at) => (at * 73 + (at >> 9)) % 256);
    const expected = createHash('sha256').update(bytes).digest('hex');
    for (const piece of [bytes.length, 1_048_577, 65_536, 4_099]) {
      const hash = new Sha256Stream();
      for (let at = 0; at < bytes.length; at += piece) hash.add(bytes.subarray(at, at + piece));
      expect(hash.digest()).toBe(expected);
    }
  });

  it('agrees with OpenSSL at every length round a block', () => {
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256);
      expect(new Sha256Stream().add(bytes).digest()).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});
