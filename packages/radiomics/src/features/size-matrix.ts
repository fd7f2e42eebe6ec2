import { log2 } from '@sentinode/core';
import { EPSILON } from './feature-class.ts';

/** A matrix of counts by grey level and size (run length, zone size or dependence). */
export interface SizeMatrix {
  /** Bin number of each entry's row. */
  readonly levels: Float64Array;
  readonly sizes: Float64Array;
  readonly counts: Float64Array;
}

/** Collects counts by level and size. */
export class SizeCounter {
  readonly #width: number;
  readonly #counts: Float64Array;

  constructor(levels: number, largest: number) {
    this.#width = largest + 1;
    this.#counts = new Float64Array((levels + 1) * this.#width);
  }

  add(level: number, size: number, weight = 1): void {
    this.#counts[level * this.#width + size]! += weight;
  }

  /** The entries that are not zero, by level, then size. */
  matrix(binOf: Float64Array): SizeMatrix {
    let used = 0;
    for (let at = 0; at < this.#counts.length; at++) if (this.#counts[at]! > 0) used++;
    const levels = new Float64Array(used);
    const sizes = new Float64Array(used);
    const counts = new Float64Array(used);
    for (let at = 0, k = 0; k < used; at++) {
      const count = this.#counts[at]!;
      if (count === 0) continue;
      const level = Math.floor(at / this.#width);
      levels[k] = binOf[level]!;
      sizes[k] = at - level * this.#width;
      counts[k++] = count;
    }
    return { levels, sizes, counts };
  }
}

/** Quantities that run, zone and dependence matrices share. */
export interface SizeFeatures {
  readonly total: number;
  /** Sum of counts times size. */
  readonly weighted: number;
  readonly small: number;
  readonly large: number;
  readonly levelNonUniformity: number;
  readonly sizeNonUniformity: number;
  readonly levelVariance: number;
  readonly sizeVariance: number;
  readonly entropy: number;
  readonly lowLevel: number;
  readonly highLevel: number;
  readonly smallLow: number;
  readonly smallHigh: number;
  readonly largeLow: number;
  readonly largeHigh: number;
}

/**
 * Emphases are means over the entries' counts; non-uniformities are sums of squared marginals over the total.
 * @param shift added inside the logarithm of the entropy: eps for PyRadiomics, 0 for IBSI
 */
export function sizeFeatures({ levels, sizes, counts }: SizeMatrix, shift = EPSILON): SizeFeatures {
  let total = 0;
  for (const count of counts) total += count;
  const byLevel = new Map<number, number>();
  const bySize = new Map<number, number>();
  const sum = {
    weighted: 0,
    small: 0,
    large: 0,
    low: 0,
    high: 0,
    smallLow: 0,
    smallHigh: 0,
    largeLow: 0,
    largeHigh: 0,
    entropy: 0,
    i: 0,
  };
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]!;
    const i = levels[k]!;
    const j = sizes[k]!;
    const i2 = i * i;
    const j2 = j * j;
    const p = n / total;
    byLevel.set(i, (byLevel.get(i) ?? 0) + n);
    bySize.set(j, (bySize.get(j) ?? 0) + n);
    sum.weighted += n * j;
    sum.small += n / j2;
    sum.large += n * j2;
    sum.low += n / i2;
    sum.high += n * i2;
    sum.smallLow += n / (i2 * j2);
    sum.smallHigh += (n * i2) / j2;
    sum.largeLow += (n * j2) / i2;
    sum.largeHigh += n * i2 * j2;
    sum.entropy -= p * log2(p + shift);
    sum.i += n * i;
  }
  // means from whole numbers, so that one level or one size has a variance of exactly 0
  const meanLevel = sum.i / total;
  const meanSize = sum.weighted / total;
  let levelVariance = 0;
  let sizeVariance = 0;
  for (let k = 0; k < counts.length; k++) {
    const p = counts[k]! / total;
    levelVariance += p * (levels[k]! - meanLevel) * (levels[k]! - meanLevel);
    sizeVariance += p * (sizes[k]! - meanSize) * (sizes[k]! - meanSize);
  }
  const squares = (margin: Map<number, number>): number => {
    let sum = 0;
    for (const value of margin.values()) sum += value * value;
    return sum;
  };
  return {
    total,
    weighted: sum.weighted,
    small: sum.small / total,
    large: sum.large / total,
    levelNonUniformity: squares(byLevel) / total,
    sizeNonUniformity: squares(bySize) / total,
    levelVariance,
    sizeVariance,
    entropy: sum.entropy,
    lowLevel: sum.low / total,
    highLevel: sum.high / total,
    smallLow: sum.smallLow / total,
    smallHigh: sum.smallHigh / total,
    largeLow: sum.largeLow / total,
    largeHigh: sum.largeHigh / total,
  };
}
