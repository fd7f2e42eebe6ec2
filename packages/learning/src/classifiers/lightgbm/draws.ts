import { log2 } from '@sentinode/core';

/**
 * LightGBM's own generator (a 32-bit linear congruential one), so that the same seed draws the same rows and columns.
 */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 15 random bits. */
  short(): number {
    return (this.#step() >>> 16) & 0x7fff;
  }

  /** In [0, 1), of 15 bits. */
  float(): number {
    return this.short() / 32768;
  }

  /** `count` of 0 to n - 1 in ascending order. */
  sample(n: number, count: number): number[] {
    if (count > n || count <= 0) return [];
    if (count === n) return Array.from({ length: n }, (_, i) => i);
    if (count > 1 && count > n / log2(count)) {
      const drawn: number[] = [];
      for (let i = 0; i < n; i++) if (this.float() < (count - drawn.length) / (n - i)) drawn.push(i);
      return drawn;
    }
    const drawn = new Set<number>();
    for (let r = n - count; r < n; r++) {
      const value = (this.#step() & 0x7fffffff) % (r + 1);
      drawn.add(drawn.has(value) ? r : value);
    }
    return [...drawn].sort((a, b) => a - b);
  }

  #step(): number {
    this.#state = (Math.imul(214013, this.#state) + 2531011) >>> 0;
    return this.#state;
  }
}

/** Seeds of the draws of rows and of columns that LightGBM derives from one seed, or has by default. */
export function drawSeeds(seed: number | null): { readonly rows: number; readonly columns: number } {
  if (seed === null) return { rows: 3, columns: 2 };
  const draws = new Draws(seed);
  const [, rows, , columns] = Array.from({ length: 4 }, () => draws.short() % 32767);
  return { rows: rows!, columns: columns! };
}
