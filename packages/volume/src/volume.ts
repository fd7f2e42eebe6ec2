/** Three numbers in the order x, y, z. */
export type Vector3 = readonly [number, number, number];

/**
 * Where a voxel grid lies in the patient: LPS millimetres (x to the patient's Left, y to Posterior, z Superior).
 * World position of voxel (i, j, k) = origin + direction * diag(spacing) * (i, j, k).
 */
export interface Geometry {
  /** Voxels along x, y, z; x runs fastest in memory. */
  readonly size: Vector3;
  /** Millimetres between voxel centres, positive. */
  readonly spacing: Vector3;
  /** Centre of the first voxel, LPS mm. */
  readonly origin: Vector3;
  /** 3 x 3 row-major; its columns are the unit directions of the axes. */
  readonly direction: readonly number[];
}

/** Element type of a volume in its file; it decides rounding when the volume is resampled. */
export type ElementType =
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64';

/** Voxel values; 64-bit integers are held as doubles (exact up to 2^53). */
export type VoxelArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** A scalar image: values of a grid, x fastest, then y, then z. */
export interface Volume {
  readonly geometry: Geometry;
  readonly elementType: ElementType;
  readonly data: VoxelArray;
  /** 2 for a picture: a file of two axes, read as one slice. Left out for a volume. */
  readonly dimensions?: 2;
}

/** A region of interest on a grid: 1 inside, 0 outside. */
export interface Mask {
  readonly geometry: Geometry;
  readonly data: Uint8Array;
}
