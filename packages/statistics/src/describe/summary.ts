/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Sum of squared deviations from the mean (two passes, corrected). */
export function squaredDeviations(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  let rest = 0;
  for (let i = 0; i < values.length; i++) {
    const deviation = values[i]! - centre;
    squares += deviation * deviation;
    rest += deviation;
  }
  return squares - (rest * rest) / values.length;
}

/** Variance with divisor n - ddof. */
export function variance(values: ArrayLike<number>, ddof = 1): number {
  return squaredDeviations(values) / (values.length - ddof);
}

/** Standard deviation with divisor n - ddof. */
export function standardDeviation(values: ArrayLike<number>, ddof = 1): number {
  return Math.sqrt(variance(values, ddof));
}

/** Quantile of R's type 7 (linear between order statistics), `sorted` ascending. */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const low = Math.floor(position);
  const high = Math.min(sorted.length - 1, low + 1);
  return sorted[low]! + (position - low) * (sorted[high]! - sorted[low]!);
}

/** Quantile of R's type 7. */
export function quantile(values: ArrayLike<number>, p: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), p);
}

/** Skewness m3 / m2^1.5 with population moments; undefined for constant values. */
export function skewness(values: ArrayLike<number>): number | undefined {
  const centre = mean(values);
  let m2 = 0;
  let m3 = 0;
  for (let i = 0; i < values.length; i++) {
    const d = values[i]! - centre;
    m2 += d * d;
    m3 += d * d * d;
  }
  m2 /= values.length;
  m3 /= values.length;
  return m2 > 0 ? m3 / (m2 * Math.sqrt(m2)) : undefined;
}
