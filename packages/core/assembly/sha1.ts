// AssemblyScript: blocks of SHA-1 on raw addresses. The plain TypeScript stands in `src/hash/sha1.ts`.

/** A word of the message, which is big-endian. */
// @ts-ignore: decorator
@inline
function word(at: usize): u32 {
  return bswap<u32>(load<u32>(at));
}

/**
 * Adds blocks of 64 bytes to the state.
 * @param state five u32 @param words room for eighty
 */
export function addBlocks(state: usize, words: usize, message: usize, blocks: i32): void {
  for (let block = 0; block < blocks; block++) {
    const at = message + (<usize>block << 6);
    for (let t: usize = 0; t < 64; t += 4) store<u32>(words + t, word(at + t));
    for (let t: usize = 64; t < 320; t += 4) {
      const w = words + t;
      store<u32>(w, rotl<u32>(load<u32>(w - 12) ^ load<u32>(w - 32) ^ load<u32>(w - 56) ^ load<u32>(w - 64), 1));
    }
    let a = load<u32>(state);
    let b = load<u32>(state + 4);
    let c = load<u32>(state + 8);
    let d = load<u32>(state + 12);
    let e = load<u32>(state + 16);
    for (let t: usize = 0; t < 80; t += 4) {
      const next = rotl<u32>(a, 5) + ((b & c) | (~b & d)) + e + 0x5a827999 + load<u32>(words + t);
      e = d;
      d = c;
      c = rotl<u32>(b, 30);
      b = a;
      a = next;
    }
    for (let t: usize = 80; t < 160; t += 4) {
      const next = rotl<u32>(a, 5) + (b ^ c ^ d) + e + 0x6ed9eba1 + load<u32>(words + t);
      e = d;
      d = c;
      c = rotl<u32>(b, 30);
      b = a;
      a = next;
    }
    for (let t: usize = 160; t < 240; t += 4) {
      const next = rotl<u32>(a, 5) + ((b & c) | (b & d) | (c & d)) + e + 0x8f1bbcdc + load<u32>(words + t);
      e = d;
      d = c;
      c = rotl<u32>(b, 30);
      b = a;
      a = next;
    }
    for (let t: usize = 240; t < 320; t += 4) {
      const next = rotl<u32>(a, 5) + (b ^ c ^ d) + e + 0xca62c1d6 + load<u32>(words + t);
      e = d;
      d = c;
      c = rotl<u32>(b, 30);
      b = a;
      a = next;
    }
    store<u32>(state, load<u32>(state) + a);
    store<u32>(state + 4, load<u32>(state + 4) + b);
    store<u32>(state + 8, load<u32>(state + 8) + c);
    store<u32>(state + 12, load<u32>(state + 12) + d);
    store<u32>(state + 16, load<u32>(state + 16) + e);
  }
}
