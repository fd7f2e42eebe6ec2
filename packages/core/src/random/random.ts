import { log, sqrt } from '../math/index.ts';

/**
 * Seeded generator xoshiro128** (Blackman & Vigna 2018), state from splitmix-style hashing of the seed.
 * The same seed gives the same numbers in every engine; only integer arithmetic, sqrt and our own log are used.
 */
export interface Random {
  /** Next 32 random bits as an unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** Uniform integer in [0, n), unbiased. */
  integer(n: number): number;
  /** Standard normal (polar method). */
  normal(): number;
  /** Shuffles in place (Fisher-Yates) and returns the same array. */
  shuffle<T>(items: T[]): T[];
  /** An independent generator named by text; does not advance this one. */
  fork(name: string): Random;
}

/** FNV-1a over UTF-16 code units, 32 bits. */
export function hash32(text: string, start = 0x811c9dc5): number {
  let h = start >>> 0;
  for (let i = 0; i < text.length; i++) {
    h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return h;
}

function mix(x: number): number {
  let z = x >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x7feb352d) >>> 0;
  z = Math.imul(z ^ (z >>> 15), 0x846ca68b) >>> 0;
  return (z ^ (z >>> 16)) >>> 0;
}

/**
 * @param seed any integer that fits a double exactly
 * @param stream name of the stream; different names give independent generators
 */
export function createRandom(seed: number, stream = ''): Random {
  const low = seed >>> 0;
  const high = Math.floor(seed / 4294967296) >>> 0;
  const base = hash32(stream, mix(low ^ mix(high + 0x9e3779b9)));
  const state = new Uint32Array(4);
  for (let i = 0; i < 4; i++) state[i] = mix(base + Math.imul(i + 1, 0x9e3779b9));
  if (state.every((word) => word === 0)) state[0] = 1;
  let spare = Number.NaN;

  const uint32 = (): number => {
    const s1 = state[1]!;
    const times5 = Math.imul(s1, 5) >>> 0;
    const rotated = ((times5 << 7) | (times5 >>> 25)) >>> 0;
    const result = Math.imul(rotated, 9) >>> 0;
    const t = (s1 << 9) >>> 0;
    state[2]! ^= state[0]!;
    state[3]! ^= state[1]!;
    state[1]! ^= state[2]!;
    state[0]! ^= state[3]!;
    state[2]! ^= t;
    state[3] = ((state[3]! << 11) | (state[3]! >>> 21)) >>> 0;
    return result;
  };
  const uniform = (): number => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  const integer = (n: number): number => {
    const limit = 4294967296 - (4294967296 % n);
    let x = uint32();
    while (x >= limit) x = uint32();
    return x % n;
  };
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = sqrt((-2 * log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
  const shuffle = <T>(items: T[]): T[] => {
    for (let i = items.length - 1; i > 0; i--) {
      const j = integer(i + 1);
      const held = items[i]!;
      items[i] = items[j]!;
      items[j] = held;
    }
    return items;
  };
  return {
    uint32,
    uniform,
    integer,
    normal,
    shuffle,
    fork: (name) => createRandom(seed, `${stream}/${name}`),
  };
}
