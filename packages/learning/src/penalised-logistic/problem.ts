/** minimise sum of weights x log-losses + l1 |w| + l2/2 w^2; the intercept is free. */
export interface LogisticProblem {
  readonly columns: readonly Float64Array[];
  readonly outcomes: ArrayLike<number>;
  /** Weight of each row. */
  readonly weights: Float64Array;
  readonly hasIntercept: boolean;
}

/** Coefficients; the start of a fit and, changed in place, its result. */
export interface LogisticCoefficients {
  intercept: number;
  readonly coefficients: Float64Array;
}
