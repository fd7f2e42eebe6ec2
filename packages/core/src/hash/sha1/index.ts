import { addBlocksCompiled } from './compiled.ts';

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Sum modulo 2^32; without cutting each addition the engine leaves whole numbers, and takes twice as long. */
function sum(a: number, b: number, c: number, d: number, e: number): number {
  return (((((((a + b) | 0) + c) | 0) + d) | 0) + e) | 0;
}

/**
 * SHA-1 of bytes as 40 hexadecimal digits (FIPS 180-4), without waiting. For telling whether two images are the same,
 * as other tools print it; never for security.
 */
export function sha1(bytes: Uint8Array): string {
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0);
  const words = new Int32Array(80);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 64);
  if (!addBlocksCompiled(state, bytes.subarray(0, whole)))
    for (let at = 0; at < whole; at += 64) addBlock(state, words, view, at);
  const rest = bytes.length - whole;
  const tail = new Uint8Array(rest < 56 ? 64 : 128);
  tail.set(bytes.subarray(whole));
  tail[rest] = 0x80;
  const tailView = new DataView(tail.buffer);
  tailView.setUint32(tail.length - 8, Math.floor(bytes.length / 2 ** 29));
  tailView.setUint32(tail.length - 4, (bytes.length * 8) % 2 ** 32);
  for (let at = 0; at < tail.length; at += 64) addBlock(state, words, tailView, at);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** One block of 64 bytes; the four kinds of rounds have a loop each, without which this is several times slower. */
function addBlock(state: Int32Array, words: Int32Array, view: DataView, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = view.getInt32(at + 4 * t);
  for (let t = 16; t < 80; t++)
    words[t] = rotate(words[t - 3]! ^ words[t - 8]! ^ words[t - 14]! ^ words[t - 16]!, 1);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let next = 0;
  for (let t = 0; t < 20; t++) {
    next = sum(rotate(a, 5), (b & c) | (~b & d), e, 0x5a827999 | 0, words[t]!);
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let t = 20; t < 40; t++) {
    next = sum(rotate(a, 5), b ^ c ^ d, e, 0x6ed9eba1 | 0, words[t]!);
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let t = 40; t < 60; t++) {
    next = sum(rotate(a, 5), (b & c) | (b & d) | (c & d), e, 0x8f1bbcdc | 0, words[t]!);
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  for (let t = 60; t < 80; t++) {
    next = sum(rotate(a, 5), b ^ c ^ d, e, 0xca62c1d6 | 0, words[t]!);
    e = d;
    d = c;
    c = rotate(b, 30);
    b = a;
    a = next;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
}
