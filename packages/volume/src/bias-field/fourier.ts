import { cos, sin } from '@sentinode/core';

/** Complex numbers, real and imaginary parts apart. */
export interface Complex {
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/**
 * Discrete Fourier transform in place, not scaled; the number of values is a power of two.
 * @param sign -1 forwards, 1 backwards
 */
export function fourier({ real, imaginary }: Complex, sign: 1 | -1): void {
  const n = real.length;
  for (let at = 1, to = 0; at < n; at++) {
    let bit = n >> 1;
    for (; to & bit; bit >>= 1) to ^= bit;
    to ^= bit;
    if (at >= to) continue;
    [real[at], real[to]] = [real[to], real[at]];
    [imaginary[at], imaginary[to]] = [imaginary[to], imaginary[at]];
  }
  for (let size = 2; size <= n; size <<= 1) {
    const half = size >> 1;
    const turns = Array.from({ length: half }, (_, k) => {
      const angle = (sign * 2 * Math.PI * k) / size;
      return [cos(angle), sin(angle)] as const;
    });
    for (let start = 0; start < n; start += size)
      for (let k = 0; k < half; k++) {
        const [c, s] = turns[k];
        const [a, b] = [start + k, start + k + half];
        const r = real[b] * c - imaginary[b] * s;
        const i = real[b] * s + imaginary[b] * c;
        real[b] = real[a] - r;
        imaginary[b] = imaginary[a] - i;
        real[a] += r;
        imaginary[a] += i;
      }
  }
}
