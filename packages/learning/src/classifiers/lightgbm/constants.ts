/** LightGBM keeps these as 32-bit floats. */
export const EPSILON = Math.fround(1e-15);
/** Values this close to zero are zero. */
export const ZERO_THRESHOLD = Math.fround(1e-35);

/** Nearest integer the way LightGBM counts rows from hessians; for numbers below 2^31. */
export const roundInt = (x: number): number => (x + 0.5) | 0;

/** Values within the zero threshold become exactly zero. */
export const roundToZero = (x: number): number => (x >= -ZERO_THRESHOLD && x <= ZERO_THRESHOLD ? 0 : x);

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The next larger double. */
export function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  if (!Number.isFinite(x)) return x;
  double[0] = x;
  bits[0]! += x > 0 ? 1n : -1n;
  return double[0]!;
}
