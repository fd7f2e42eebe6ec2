import { scaleByPower } from './bits.ts';
import { productError } from './exact.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** The terms of the series from r^4 on, over r^4. */
function tail(r: number): number {
  let sum = 1 / 6227020800;
  sum = sum * r + 1 / 479001600;
  sum = sum * r + 1 / 39916800;
  sum = sum * r + 1 / 3628800;
  sum = sum * r + 1 / 362880;
  sum = sum * r + 1 / 40320;
  sum = sum * r + 1 / 5040;
  sum = sum * r + 1 / 720;
  sum = sum * r + 1 / 120;
  return sum * r + 1 / 24;
}

/**
 * e^x, rounded correctly but for about one argument in 500. x = k ln 2 + r with |r| <= ln(2) / 2, Taylor series in r;
 * what its first three terms lose in rounding is carried along.
 */
export function exp(x: number): number {
  return expOfSum(x, 0);
}

/** e^(x + more) for a part far smaller than x: what is left of an exponent that has more than 53 bits. */
export function expOfSum(x: number, more: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW - more;
  const r = high - low;
  const rest = high - r - low;
  const square = r * r;
  const squareRest = productError(r, r, square);
  const cube = square * r;
  const sixth = cube / 6;
  const product = sixth * 6;
  const sixthRest =
    (cube - product - productError(sixth, 6, product) + productError(square, r, cube) + squareRest * r) / 6;
  const half = square / 2;
  const one = 1 + r;
  const two = one + half;
  const three = two + sixth;
  const lost = r - (one - 1) + (half - (two - one)) + (sixth - (three - two));
  const small = squareRest / 2 + sixthRest + square * square * tail(r) + rest * (1 + r + half);
  return scaleByPower(three + (lost + small), k);
}
