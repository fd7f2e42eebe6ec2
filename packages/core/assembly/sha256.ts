// AssemblyScript: blocks of SHA-256 on raw addresses. The plain TypeScript stands in `src/hash/sha256-stream`.

/**
 * Adds blocks of 64 bytes to the state.
 * @param state eight u32 @param constants 64 u32 @param words room for 64
 */
export function addBlocks(state: usize, constants: usize, words: usize, message: usize, blocks: i32): void {
  for (let block = 0; block < blocks; block++) {
    const at = message + (<usize>block << 6);
    for (let t: usize = 0; t < 64; t += 4) store<u32>(words + t, bswap<u32>(load<u32>(at + t)));
    for (let t: usize = 64; t < 256; t += 4) {
      const w = words + t;
      const early = load<u32>(w - 60);
      const late = load<u32>(w - 8);
      const s0 = rotr<u32>(early, 7) ^ rotr<u32>(early, 18) ^ (early >> 3);
      const s1 = rotr<u32>(late, 17) ^ rotr<u32>(late, 19) ^ (late >> 10);
      store<u32>(w, load<u32>(w - 64) + s0 + load<u32>(w - 28) + s1);
    }
    let a = load<u32>(state);
    let b = load<u32>(state + 4);
    let c = load<u32>(state + 8);
    let d = load<u32>(state + 12);
    let e = load<u32>(state + 16);
    let f = load<u32>(state + 20);
    let g = load<u32>(state + 24);
    let h = load<u32>(state + 28);
    for (let t: usize = 0; t < 256; t += 4) {
      const s1 = rotr<u32>(e, 6) ^ rotr<u32>(e, 11) ^ rotr<u32>(e, 25);
      const t1 = h + s1 + ((e & f) ^ (~e & g)) + load<u32>(constants + t) + load<u32>(words + t);
      const s0 = rotr<u32>(a, 2) ^ rotr<u32>(a, 13) ^ rotr<u32>(a, 22);
      const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    store<u32>(state, load<u32>(state) + a);
    store<u32>(state + 4, load<u32>(state + 4) + b);
    store<u32>(state + 8, load<u32>(state + 8) + c);
    store<u32>(state + 12, load<u32>(state + 12) + d);
    store<u32>(state + 16, load<u32>(state + 16) + e);
    store<u32>(state + 20, load<u32>(state + 20) + f);
    store<u32>(state + 24, load<u32>(state + 24) + g);
    store<u32>(state + 28, load<u32>(state + 28) + h);
  }
}
