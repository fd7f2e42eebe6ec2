// AssemblyScript: `exp` of `@sentinode/core`, two numbers at a time and with the same bits, for arguments that are not positive.

const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;
const LN2: f64 = 0.6931471805599453;
const SPLITTER: f64 = 134217729;
/** exp is 0 below. */
const LOWEST: f64 = -745.1332191019412;

// @ts-ignore: decorator
@inline
function lanes(value: f64): v128 {
  return f64x2.splat(value);
}

/** What the rounded product of a and b has lost (Dekker). */
// @ts-ignore: decorator
@inline
function productError(a: v128, b: v128, product: v128): v128 {
  const ta = f64x2.mul(lanes(SPLITTER), a);
  const ah = f64x2.sub(ta, f64x2.sub(ta, a));
  const al = f64x2.sub(a, ah);
  const tb = f64x2.mul(lanes(SPLITTER), b);
  const bh = f64x2.sub(tb, f64x2.sub(tb, b));
  const bl = f64x2.sub(b, bh);
  const rest = f64x2.sub(
    f64x2.sub(f64x2.sub(product, f64x2.mul(ah, bh)), f64x2.mul(al, bh)),
    f64x2.mul(ah, bl),
  );
  return f64x2.sub(f64x2.mul(al, bl), rest);
}

/** sum x r + term */
// @ts-ignore: decorator
@inline
function then(sum: v128, r: v128, term: f64): v128 {
  return f64x2.add(f64x2.mul(sum, r), lanes(term));
}

/** The terms of the series from r^4 on, over r^4. */
// @ts-ignore: decorator
@inline
function tail(r: v128): v128 {
  let sum = lanes(1.0 / 6227020800.0);
  sum = then(sum, r, 1.0 / 479001600.0);
  sum = then(sum, r, 1.0 / 39916800.0);
  sum = then(sum, r, 1.0 / 3628800.0);
  sum = then(sum, r, 1.0 / 362880.0);
  sum = then(sum, r, 1.0 / 40320.0);
  sum = then(sum, r, 1.0 / 5040.0);
  sum = then(sum, r, 1.0 / 720.0);
  sum = then(sum, r, 1.0 / 120.0);
  return then(sum, r, 1.0 / 24.0);
}

/** 2^k for whole k of the normal range. */
// @ts-ignore: decorator
@inline
function powerOfTwo(k: v128): v128 {
  const whole = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return i64x2.shl(i64x2.add(whole, i64x2.splat(1023)), 52);
}

// @ts-ignore: decorator
@inline
function exp(x: v128): v128 {
  const quotient = f64x2.div(x, lanes(LN2));
  let k = f64x2.nearest(quotient);
  // halves go up
  k = v128.bitselect(f64x2.add(k, lanes(1)), k, f64x2.eq(f64x2.sub(quotient, k), lanes(0.5)));
  const high = f64x2.sub(x, f64x2.mul(k, lanes(LN2_HIGH)));
  const low = f64x2.mul(k, lanes(LN2_LOW));
  const r = f64x2.sub(high, low);
  const rest = f64x2.sub(f64x2.sub(high, r), low);
  const square = f64x2.mul(r, r);
  const squareRest = productError(r, r, square);
  const cube = f64x2.mul(square, r);
  const sixth = f64x2.div(cube, lanes(6));
  const product = f64x2.mul(sixth, lanes(6));
  const sixthRest = f64x2.div(
    f64x2.add(
      f64x2.add(
        f64x2.sub(f64x2.sub(cube, product), productError(sixth, lanes(6), product)),
        productError(square, r, cube),
      ),
      f64x2.mul(squareRest, r),
    ),
    lanes(6),
  );
  const half = f64x2.div(square, lanes(2));
  const one = f64x2.add(lanes(1), r);
  const two = f64x2.add(one, half);
  const three = f64x2.add(two, sixth);
  const lost = f64x2.add(
    f64x2.add(f64x2.sub(r, f64x2.sub(one, lanes(1))), f64x2.sub(half, f64x2.sub(two, one))),
    f64x2.sub(sixth, f64x2.sub(three, two)),
  );
  const small = f64x2.add(
    f64x2.add(
      f64x2.add(f64x2.div(squareRest, lanes(2)), sixthRest),
      f64x2.mul(f64x2.mul(square, square), tail(r)),
    ),
    f64x2.mul(rest, f64x2.add(one, half)),
  );
  // far below the normal range in two steps
  const isFar = f64x2.lt(k, lanes(-1000));
  const far = v128.and(lanes(-1000), isFar);
  const value = f64x2.mul(
    f64x2.mul(f64x2.add(three, f64x2.add(lost, small)), powerOfTwo(f64x2.sub(k, far))),
    powerOfTwo(far),
  );
  return v128.andnot(value, f64x2.lt(x, lanes(LOWEST)));
}

/** out = exp(-|values|), number by number; the number behind an odd last one is written too. */
export function decays(values: usize, out: usize, n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const at = <usize>i << 3;
    v128.store(out + at, exp(f64x2.neg(f64x2.abs(v128.load(values + at)))));
  }
}
