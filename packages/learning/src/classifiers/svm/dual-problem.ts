/** What the dual problem is made of. */
export interface DualProblem {
  /** 1 or -1 for each row. */
  readonly signs: Int8Array;
  /** Largest alpha of each row: C times its class weight. */
  readonly bounds: Float64Array;
  /** Kernel of each row with all rows. */
  readonly kernels: readonly Float32Array[];
  readonly diagonal: Float64Array;
}
