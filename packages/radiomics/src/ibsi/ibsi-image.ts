import type { Vector3 } from '@sentinode/volume';

/** A processed image: values on a grid, x fastest, in double precision. */
export interface IbsiImage {
  readonly values: Float64Array;
  readonly size: Vector3;
  /** Millimetres. */
  readonly spacing: Vector3;
}
