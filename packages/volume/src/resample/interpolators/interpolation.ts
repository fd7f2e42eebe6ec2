import type { Box } from '../../geometry/crop.ts';
import type { Vector3 } from '../../volume.ts';

/** What is interpolated: the part of an image that the places asked for can reach. */
export interface Samples {
  /** Voxels of the part, x fastest. */
  readonly values: ArrayLike<number>;
  /** Where the part lies in the image. */
  readonly part: Box;
  /** Voxels of the whole image. */
  readonly size: Vector3;
  /** Millimetres. */
  readonly spacing: Vector3;
}

/** Value at a continuous index of the whole image, at most half a voxel outside the voxel centres. */
export type Interpolator = (x: number, y: number, z: number) => number;

/**
 * Values at many places: `places` holds their indices along x, y and z, as many as there are values and perhaps more.
 */
export type RowInterpolator = (
  places: readonly [Float64Array, Float64Array, Float64Array],
  into: Float64Array,
) => void;

/** A way to interpolate. One file each, one line in `interpolators/index.ts`. */
export interface Interpolation {
  /** Voxels on each side of a place that decide its value (for splines: to the last bit). */
  readonly reach: number;
  over(samples: Samples): Interpolator;
  /** The same values, bit for bit, by compiled loops, where it has them; valid until the next is asked for. */
  rowsOver?(samples: Samples): RowInterpolator | undefined;
}

/** Positions in the part of nodes along one axis, given as indices of the whole image. */
export function strideOf({ part }: Samples, axis: 0 | 1 | 2): number {
  return axis === 0 ? 1 : axis === 1 ? part.size[0] : part.size[0] * part.size[1];
}
