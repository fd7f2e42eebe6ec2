import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../sha256.ts';
import { Sha256Stream } from './index.ts';

describe('SHA-256 of pieces', () => {
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ])('is that of the standard for "%s"', (text, expected) => {
    expect(new Sha256Stream().add(new TextEncoder().encode(text)).digest()).toBe(expected);
  });
  it('is that of Web Cryptography wherever the content is cut', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 6 }), async (pieces) => {
        const stream = new Sha256Stream();
        for (const piece of pieces) stream.add(piece);
        expect(stream.digest()).toBe(await sha256(Uint8Array.from(pieces.flatMap((piece) => [...piece]))));
      }),
    ));
});
