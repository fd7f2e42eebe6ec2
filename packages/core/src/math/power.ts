import { splitFloat } from './bits.ts';
import { productError } from './exact.ts';
import { exp, expOfSum } from './exp.ts';
import { log } from './log.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** e^x - 1, accurate near 0. */
export function expm1(x: number): number {
  if (Math.abs(x) < 1e-5) return x + (x * x) / 2 + (x * x * x) / 6;
  const u = exp(x);
  if (u === 1) return x;
  if (u - 1 === -1 || !Number.isFinite(u)) return u - 1;
  return ((u - 1) * x) / log(u);
}

/** Natural logarithm as a sum of two doubles, for positive finite x: about 65 bits. */
function logParts(x: number): { high: number; low: number } {
  const { fraction, exponent } = splitFloat(x);
  const f = fraction - 1;
  // s = f / (2 + f) and its rounding error
  const d = 2 + f;
  const dLost = 2 - d + f;
  const s = f / d;
  const sd = s * d;
  const sLow = (f - sd - productError(s, d, sd) - s * dLost) / d;
  // log(1 + f) = 2 s + 2 s^3 / 3 + 2 s^5 / 5 + ..., the cube in two parts
  const s2 = s * s;
  const s2Low = productError(s, s, s2) + 2 * s * sLow;
  const cube = s2 * s;
  const cubeLow = productError(s2, s, cube) + s2 * sLow + s2Low * s;
  const third = (2 * cube) / 3;
  const three = third * 3;
  const thirdLow = (2 * cube - three - productError(third, 3, three) + 2 * cubeLow) / 3;
  const tail =
    cube *
    s2 *
    (2 / 5 +
      s2 *
        (2 / 7 +
          s2 *
            (2 / 9 +
              s2 *
                (2 / 11 +
                  s2 *
                    (2 / 13 +
                      s2 * (2 / 15 + s2 * (2 / 17 + s2 * (2 / 19 + s2 * (2 / 21 + s2 * (2 / 23))))))))));
  const parts = [exponent * LN2_HIGH, 2 * s, third];
  let high = 0;
  let low = tail + thirdLow + 2 * sLow + exponent * LN2_LOW;
  for (const part of parts) {
    const sum = high + part;
    low += Math.abs(high) >= Math.abs(part) ? high - sum + part : part - sum + high;
    high = sum;
  }
  const sum = high + low;
  return { high: sum, low: high - sum + low };
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
 * x^y within one unit in the last place: whole powers up to 64 by repeated squaring, others by e^(y log x) with
 * logarithm and product in two doubles each. NaN for a negative x and a fractional y.
 */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (Number.isInteger(y) && y > 0 && y <= 64) return wholePower(x, y);
  if (x < 0) {
    if (!Number.isInteger(y)) return Number.isFinite(x) && Number.isFinite(y) ? Number.NaN : pow(-x, y);
    return (y % 2 === 0 ? 1 : -1) * pow(-x, y);
  }
  if (x === 0 || x === Number.POSITIVE_INFINITY) return (x === 0) === y > 0 ? 0 : Number.POSITIVE_INFINITY;
  if (!Number.isFinite(y)) return x > 1 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  const { high, low } = logParts(x);
  // beyond this the result is 0 or infinite, and the product's parts would overflow
  if (!(Math.abs(high * y) < 1e4)) return high > 0 === y > 0 ? Number.POSITIVE_INFINITY : 0;
  const product = high * y;
  return expOfSum(product, productError(high, y, product) + low * y);
}
