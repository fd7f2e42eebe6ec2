import { splitFloat } from './bits.ts';
import { productError } from './exact.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** log2(e) in two parts: 32 bits, and the rest. */
const LOG2E_HIGH = 1.4426950407214463;
const LOG2E_LOW = 1.6751713164886512e-10;
/** 2^32 + 1: multiplying by it splits a double into 21 high bits and the rest. */
const SPLIT = 4294967297;
/** atanh(s) series without its first term, 2 / (2k + 1) for k = 11 down to 1, for |f| < 0.42 and s = f / (2 + f). */
function atanhTail(s2: number): number {
  const upper = ((((2 / 23) * s2 + 2 / 21) * s2 + 2 / 19) * s2 + 2 / 17) * s2 + 2 / 15;
  return (
    s2 * ((((((upper * s2 + 2 / 13) * s2 + 2 / 11) * s2 + 2 / 9) * s2 + 2 / 7) * s2 + 2 / 5) * s2 + 2 / 3)
  );
}

/** Natural logarithm; what the first terms lose in rounding is carried along. -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { fraction, exponent } = splitFloat(x);
  const f = fraction - 1;
  const s = f / (2 + f);
  const square = f * f;
  const half = 0.5 * square;
  const small = s * (half + atanhTail(s * s)) + exponent * LN2_LOW - 0.5 * productError(f, f, square);
  // |exponent ln 2| > |f| or 0, and the sum > half: what each sum loses is exact
  const whole = exponent * LN2_HIGH;
  const first = whole + f;
  const second = first - half;
  const lost = whole === 0 ? 0 : f - (first - whole);
  return second + (first - second - half + lost + small);
}

/** Logarithm to base 2; exact for powers of two. The logarithm is multiplied in two parts, since log2(e) is rounded. */
export function log2(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  const { fraction, exponent } = splitFloat(x);
  const f = fraction - 1;
  if (f === 0) return exponent;
  const s = f / (2 + f);
  const half = 0.5 * f * f;
  const scaled = SPLIT * (f - half);
  const high = scaled - (scaled - (f - half));
  const low = f - high - half + s * (half + atanhTail(s * s));
  const product = high * LOG2E_HIGH;
  const sum = exponent + product;
  return (high + low) * LOG2E_LOW + low * LOG2E_HIGH + (exponent - sum + product) + sum;
}

/** log(1 + x), accurate near 0 (Kahan's correction of the rounded 1 + x). */
export function log1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  if (!Number.isFinite(u)) return log(u);
  return (log(u) * x) / (u - 1);
}
