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
    return sizeMatrix(this.#counts, this.#width, binOf);
  }
}

/**
 * The entries of a dense table that are not zero, by level, then size.
 * @param table levels in rows of `width`, from level 0; sizes in columns, from size 0
 * @param binOf bin number of each level
 */
export function sizeMatrix(table: ArrayLike<number>, width: number, binOf: Float64Array): SizeMatrix {
  let used = 0;
  for (let at = 0; at < table.length; at++) if (table[at]! > 0) used++;
  const levels = new Float64Array(used);
  const sizes = new Float64Array(used);
  const counts = new Float64Array(used);
  for (let at = 0, k = 0; k < used; at++) {
    const count = table[at]!;
    if (count === 0) continue;
    const level = Math.floor(at / width);
    levels[k] = binOf[level]!;
    sizes[k] = at - level * width;
    counts[k++] = count;
  }
  return { levels, sizes, counts };
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
  const { total, byLevel, bySize } = margins(levels, sizes, counts);
  let weighted = 0;
  let small = 0;
  let large = 0;
  let low = 0;
  let high = 0;
  let smallLow = 0;
  let smallHigh = 0;
  let largeLow = 0;
  let largeHigh = 0;
  let entropy = 0;
  let weightedLevel = 0;
  for (let k = 0; k < counts.length; k++) {
    const n = counts[k]!;
    const i = levels[k]!;
    const j = sizes[k]!;
    const i2 = i * i;
    const j2 = j * j;
    const p = n / total;
    weighted += n * j;
    small += n / j2;
    large += n * j2;
    low += n / i2;
    high += n * i2;
    smallLow += n / (i2 * j2);
    smallHigh += (n * i2) / j2;
    largeLow += (n * j2) / i2;
    largeHigh += n * i2 * j2;
    entropy -= p * log2(p + shift);
    weightedLevel += n * i;
  }
  // means from whole numbers, so that one level or one size has a variance of exactly 0
  const meanLevel = weightedLevel / total;
  const meanSize = weighted / total;
  let levelVariance = 0;
  let sizeVariance = 0;
  for (let k = 0; k < counts.length; k++) {
    const p = counts[k]! / total;
    levelVariance += p * (levels[k]! - meanLevel) * (levels[k]! - meanLevel);
    sizeVariance += p * (sizes[k]! - meanSize) * (sizes[k]! - meanSize);
  }
  return {
    total,
    weighted,
    small: small / total,
    large: large / total,
    levelNonUniformity: sumOfSquares(byLevel) / total,
    sizeNonUniformity: sumOfSquares(bySize) / total,
    levelVariance,
    sizeVariance,
    entropy,
    lowLevel: low / total,
    highLevel: high / total,
    smallLow: smallLow / total,
    smallHigh: smallHigh / total,
    largeLow: largeLow / total,
    largeHigh: largeHigh / total,
  };
}

/** Sum of the counts, and the counts by level (in runs, as entries come by level) and by size (small whole numbers). */
function margins(
  levels: Float64Array,
  sizes: Float64Array,
  counts: Float64Array,
): { total: number; byLevel: Iterable<number>; bySize: Float64Array } {
  let largest = 0;
  for (let k = 0; k < sizes.length; k++) if (sizes[k]! > largest) largest = sizes[k]!;
  const bySize = new Float64Array(largest + 1);
  const byLevel = new Map<number, number>();
  let total = 0;
  let run = 0;
  for (let k = 0; k < counts.length; k++) {
    const level = levels[k]!;
    total += counts[k]!;
    run += counts[k]!;
    bySize[sizes[k]!]! += counts[k]!;
    if (k + 1 < counts.length && levels[k + 1] === level) continue;
    byLevel.set(level, (byLevel.get(level) ?? 0) + run);
    run = 0;
  }
  return { total, byLevel: byLevel.values(), bySize };
}

function sumOfSquares(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
