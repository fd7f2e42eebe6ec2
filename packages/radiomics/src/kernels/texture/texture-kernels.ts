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

/**
 * The loops behind the texture matrices. Steps are distances to a neighbour in the padded array. There are two
 * implementations with the same results, bit for bit: plain TypeScript and compiled vectors.
 */
export interface TextureKernels {
  /** Co-occurrence counts at one step: entry (i - 1) * count + j - 1. Valid until the next call. */
  pairs(volume: LevelVolume, step: number): Float64Array;
  /** Voxels by level (rows, from 0) and 1 + neighbours of the same level (columns 0 to steps + 1). */
  dependences(volume: LevelVolume, steps: Int32Array): ArrayLike<number>;
  tones(volume: LevelVolume, steps: Int32Array): ToneMatrix;
  /** Runs of equal level by step: for each, levels in rows (from 0), lengths in columns 0 to `longest`. */
  runs(volume: LevelVolume, steps: Int32Array, longest: number): ArrayLike<number>[];
  /** Level and size of each zone joined through the steps (both ways), in the order of their first voxel. */
  zones(volume: LevelVolume, steps: Int32Array): ArrayLike<number>;
}
