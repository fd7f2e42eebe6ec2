import type { LevelVolume } from '../level-volume.ts';

/** What the neighbourhood of each level looks like; arrays by level, index 0 unused. */
export interface ToneMatrix {
  /** Voxels of the level. */
  readonly n: Float64Array;
  /** Those of them that have a neighbour in the region. */
  readonly joined: Float64Array;
  /** Sum of |bin - mean bin of the neighbours in the region|, in the order of the voxels. */
  readonly s: Float64Array;
}

/** Sums over a matrix of probabilities p of pairs of bins (i, j). */
export interface JointSums {
  /** Margins by level, from 0; the same array for a symmetric matrix. */
  readonly px: Float64Array;
  readonly py: Float64Array;
  /** Probabilities by i + j and by |i - j|. */
  readonly sums: Float64Array;
  readonly differences: Float64Array;
  /** Means and variances of i and j. */
  readonly ux: number;
  readonly uy: number;
  readonly vx: number;
  readonly vy: number;
  /** Sum of i j p. */
  readonly autocorrelation: number;
  readonly covariance: number;
  /** Sum of p^2. */
  readonly energy: number;
  /** -sum p log2(p + eps). */
  readonly entropy: number;
  /** -sum p log2(px py + eps). */
  readonly hxy1: number;
  /** -sum px py log2(px py + eps). */
  readonly hxy2: number;
  readonly maximum: number;
}

/**
 * The loops behind the texture matrices. Steps are distances to a neighbour in the padded array. There are two
 * implementations with the same results, bit for bit: plain TypeScript and compiled vectors.
 */
export interface TextureKernels {
  /** Co-occurrence counts at one step: entry (i - 1) * count + j - 1. Valid until the next call. */
  pairs(volume: LevelVolume, step: number): Float64Array;
  /**
   * @param p count x count, row by row; @param binOf bin of each level, from 1; @param highest highest bin
   * @param symmetric whether p equals its transpose: one half is visited then, and counted twice
   */
  jointSums(
    p: Float64Array,
    binOf: Float64Array,
    count: number,
    highest: number,
    symmetric: boolean,
  ): JointSums;
  /** Voxels by level (rows, from 0) and 1 + neighbours of the same level (columns 0 to steps + 1). */
  dependences(volume: LevelVolume, steps: Int32Array): ArrayLike<number>;
  tones(volume: LevelVolume, steps: Int32Array): ToneMatrix;
  /** Runs of equal level by step: for each, levels in rows (from 0), lengths in columns 0 to `longest`. */
  runs(volume: LevelVolume, steps: Int32Array, longest: number): ArrayLike<number>[];
  /** Level and size of each zone joined through the steps (both ways), in the order of their first voxel. */
  zones(volume: LevelVolume, steps: Int32Array): ArrayLike<number>;
}

/** Means of the bins under their margins. */
export function meansOf(binOf: Float64Array, px: Float64Array, py: Float64Array): { ux: number; uy: number } {
  let ux = 0;
  let uy = 0;
  for (let a = 0; a < px.length; a++) {
    ux += binOf[a + 1]! * px[a]!;
    uy += binOf[a + 1]! * py[a]!;
  }
  return { ux, uy };
}

/** The smallest double that the reference adds inside logarithms. */
export const EPSILON = 2.220446049250313e-16;
