import { productError } from './exact.ts';
import { exp } from './exp.ts';
import { log } from './log.ts';

/** e^x - 1, accurate near 0. */
export function expm1(x: number): number {
  if (Math.abs(x) < 1e-5) return x + (x * x) / 2 + (x * x * x) / 6;
  const u = exp(x);
  if (u === 1) return x;
  if (u - 1 === -1 || !Number.isFinite(u)) return u - 1;
  return ((u - 1) * x) / log(u);
}

/** x^n by repeated squaring; what the products lose in rounding is carried along. */
function wholePower(x: number, n: number): number {
  let result = 1;
  let resultRest = 0;
  let base = x;
  let baseRest = 0;
  for (let left = n; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) {
      const product = result * base;
      resultRest = productError(result, base, product) + (result * baseRest + resultRest * base);
      result = product;
    }
    const square = base * base;
    baseRest = productError(base, base, square) + 2 * base * baseRest;
    base = square;
  }
  const whole = result + resultRest;
  // beyond the range of the splitting the carried parts are not numbers
  return Number.isFinite(whole) ? whole : result;
}

/**
 * x^y. Whole exponents up to 64 by repeated squaring, others by e^(y log x), whose relative error grows with
 * |y log x| (some units in the last place for the exponents of this project). NaN for a negative x and fractional y.
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    const result = wholePower(x, Math.abs(y));
    return y < 0 ? 1 / result : result;
  }
  if (x === 0) return y > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (x < 0) return Number.isInteger(y) ? (y % 2 === 0 ? 1 : -1) * exp(y * log(-x)) : Number.NaN;
  return exp(y * log(x));
}
