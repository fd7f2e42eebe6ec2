import { cos, sin } from '@sentinode/core';

/** A complex array in two parts. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Prime factors, fours first: a butterfly of four costs less than two of two. */
function factorsOf(n: number): number[] {
  const factors: number[] = [];
  let rest = n;
  for (let p = 4; rest > 1; ) {
    if (rest % p === 0) {
      factors.push(p);
      rest /= p;
    } else if (p === 4) p = 2;
    else if (p === 2) p = 3;
    else if (p * p > rest) p = rest;
    else p += 2;
  }
  return factors;
}

/**
 * Discrete Fourier transforms of any length by mixed-radix self-sorting passes (Stockham). `inner` transforms that lie
 * interleaved (element k of transform i at k * inner + i) are done together.
 */
class Transform {
  readonly #n: number;
  readonly #factors: readonly number[];
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(n: number) {
    this.#n = n;
    this.#factors = factorsOf(n);
    this.#cos = Float64Array.from({ length: n }, (_, k) => cos((2 * Math.PI * k) / n));
    this.#sin = Float64Array.from({ length: n }, (_, k) => -sin((2 * Math.PI * k) / n));
  }

  /** Transforms the first `n * inner` samples in place, using `work`. @param sign 1 forward, -1 inverse without scaling */
  run(data: Complex, work: Complex, inner: number, sign: 1 | -1): void {
    let [from, to] = [data, work];
    let length = this.#n;
    let stride = inner;
    for (const p of this.#factors) {
      if (p === 2) this.#two(from, to, length, stride, sign);
      else if (p === 4) this.#four(from, to, length, stride, sign);
      else this.#any(p, from, to, length, stride, sign);
      [from, to] = [to, from];
      length /= p;
      stride *= p;
    }
    if (from !== data) {
      data.re.set(from.re);
      data.im.set(from.im);
    }
  }

  #two(from: Complex, to: Complex, length: number, s: number, sign: number): void {
    const m = length / 2;
    const unit = this.#n / length;
    const { re, im } = from;
    for (let q = 0; q < m; q++) {
      const wr = this.#cos[q * unit]!;
      const wi = sign * this.#sin[q * unit]!;
      let a = s * q;
      let b = s * (q + m);
      let y = s * 2 * q;
      for (let k = 0; k < s; k++, a++, b++, y++) {
        const dr = re[a]! - re[b]!;
        const di = im[a]! - im[b]!;
        to.re[y] = re[a]! + re[b]!;
        to.im[y] = im[a]! + im[b]!;
        to.re[y + s] = dr * wr - di * wi;
        to.im[y + s] = dr * wi + di * wr;
      }
    }
  }

  #four(from: Complex, to: Complex, length: number, s: number, sign: number): void {
    const m = length / 4;
    const unit = this.#n / length;
    const { re, im } = from;
    for (let q = 0; q < m; q++) {
      const w1r = this.#cos[q * unit]!;
      const w1i = sign * this.#sin[q * unit]!;
      const w2r = this.#cos[2 * q * unit]!;
      const w2i = sign * this.#sin[2 * q * unit]!;
      const w3r = this.#cos[3 * q * unit]!;
      const w3i = sign * this.#sin[3 * q * unit]!;
      for (let k = 0; k < s; k++) {
        const a = k + s * q;
        const b = a + s * m;
        const c = b + s * m;
        const d = c + s * m;
        const acr = re[a]! + re[c]!;
        const aci = im[a]! + im[c]!;
        const amr = re[a]! - re[c]!;
        const ami = im[a]! - im[c]!;
        const bdr = re[b]! + re[d]!;
        const bdi = im[b]! + im[d]!;
        // -i (b - d) forward, i (b - d) inverse
        const bmr = sign * (im[b]! - im[d]!);
        const bmi = -sign * (re[b]! - re[d]!);
        const y = k + s * 4 * q;
        to.re[y] = acr + bdr;
        to.im[y] = aci + bdi;
        to.re[y + s] = (amr + bmr) * w1r - (ami + bmi) * w1i;
        to.im[y + s] = (amr + bmr) * w1i + (ami + bmi) * w1r;
        to.re[y + 2 * s] = (acr - bdr) * w2r - (aci - bdi) * w2i;
        to.im[y + 2 * s] = (acr - bdr) * w2i + (aci - bdi) * w2r;
        to.re[y + 3 * s] = (amr - bmr) * w3r - (ami - bmi) * w3i;
        to.im[y + 3 * s] = (amr - bmr) * w3i + (ami - bmi) * w3r;
      }
    }
  }

  #any(p: number, from: Complex, to: Complex, length: number, s: number, sign: number): void {
    const m = length / p;
    const unit = this.#n / length;
    const root = this.#n / p;
    const { re, im } = from;
    for (let q = 0; q < m; q++) {
      for (let t = 0; t < p; t++) {
        // element r of output t turns by r t / p and q t / length of a circle
        const y = s * (p * q + t);
        for (let r = 0; r < p; r++) {
          const turn = (((r * t) % p) * root + q * t * unit) % this.#n;
          const wr = this.#cos[turn]!;
          const wi = sign * this.#sin[turn]!;
          const x = s * (q + m * r);
          if (r === 0) {
            for (let k = 0; k < s; k++) {
              to.re[y + k] = re[x + k]! * wr - im[x + k]! * wi;
              to.im[y + k] = re[x + k]! * wi + im[x + k]! * wr;
            }
          } else {
            for (let k = 0; k < s; k++) {
              to.re[y + k]! += re[x + k]! * wr - im[x + k]! * wi;
              to.im[y + k]! += re[x + k]! * wi + im[x + k]! * wr;
            }
          }
        }
      }
    }
  }
}

const transforms = new Map<number, Transform>();

function transformOf(n: number): Transform {
  const found = transforms.get(n) ?? new Transform(n);
  transforms.set(n, found);
  return found;
}

/** Samples that are transformed together: what fits the cache of a core. */
const TILE = 16_384;

/** Copies `rows` pieces of `width` samples from one array to another. */
function copyColumns(
  from: Complex,
  fromStart: number,
  fromStep: number,
  to: Complex,
  toStart: number,
  toStep: number,
  rows: number,
  width: number,
): void {
  for (let row = 0; row < rows; row++) {
    const a = fromStart + row * fromStep;
    const b = toStart + row * toStep;
    for (let k = 0; k < width; k++) {
      to.re[b + k] = from.re[a + k]!;
      to.im[b + k] = from.im[a + k]!;
    }
  }
}

/**
 * Transforms a grid (x fastest) in place along the axes given; the inverse is divided by the number of samples.
 * Lengths may be any; those with small prime factors are fast.
 */
export function fourier(
  data: Complex,
  size: readonly [number, number, number],
  direction: 'forward' | 'inverse',
  axes: readonly (0 | 1 | 2)[] = [0, 1, 2],
): void {
  const sign = direction === 'forward' ? 1 : -1;
  let scale = 1;
  for (const axis of axes) {
    const n = size[axis];
    if (n === 1) continue;
    scale /= n;
    const inner = axis === 0 ? 1 : axis === 1 ? size[0] : size[0] * size[1];
    const transform = transformOf(n);
    const tile = Math.min(inner, Math.max(1, Math.floor(TILE / n)));
    const block = { re: new Float64Array(n * tile), im: new Float64Array(n * tile) };
    const work = { re: new Float64Array(n * tile), im: new Float64Array(n * tile) };
    for (let start = 0; start < data.re.length; start += n * inner) {
      for (let first = 0; first < inner; first += tile) {
        const width = Math.min(tile, inner - first);
        copyColumns(data, start + first, inner, block, 0, width, n, width);
        transform.run(block, work, width, sign);
        copyColumns(block, 0, width, data, start + first, inner, n, width);
      }
    }
  }
  if (direction === 'forward') return;
  for (let k = 0; k < data.re.length; k++) {
    data.re[k]! *= scale;
    data.im[k]! *= scale;
  }
}

/** The smallest length from `n` on whose prime factors are 2, 3 and 5. */
export function fastLength(n: number): number {
  for (let length = n; ; length++) {
    let rest = length;
    for (const p of [2, 3, 5]) while (rest % p === 0) rest /= p;
    if (rest === 1) return length;
  }
}
