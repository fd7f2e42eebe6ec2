/** A picture: grey values by row, rows from front to back. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
}
