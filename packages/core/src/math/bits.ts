const buffer = new DataView(new ArrayBuffer(8));

/** 2^k for whole k, also below the normal range (then rounded to a subnormal or 0) and above (Infinity). */
function powerOfTwo(k: number): number {
  if (k > 1023) return Number.POSITIVE_INFINITY;
  if (k < -1074) return 0;
  if (k < -1022) return powerOfTwo(k + 537) * powerOfTwo(-537);
  buffer.setUint32(0, (k + 1023) << 20);
  buffer.setUint32(4, 0);
  return buffer.getFloat64(0);
}

/** x * 2^k without an intermediate overflow or underflow. */
export function scaleByPower(x: number, k: number): number {
  if (k > 1000) return x * powerOfTwo(1000) * powerOfTwo(k - 1000);
  if (k < -1000) return x * powerOfTwo(k + 1000) * powerOfTwo(-1000);
  return x * powerOfTwo(k);
}

/** Fraction in [sqrt(1/2), sqrt(2)) and exponent with x = fraction * 2^exponent, for positive finite x. */
export function splitFloat(x: number): { fraction: number; exponent: number } {
  let shift = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    shift = -54;
  }
  buffer.setFloat64(0, value, true);
  const high = buffer.getUint32(4, true);
  let exponent = ((high >>> 20) & 0x7ff) - 1023;
  buffer.setUint32(4, (high & 0x000fffff) | 0x3ff00000, true);
  let fraction = buffer.getFloat64(0, true);
  if (fraction >= Math.SQRT2) {
    fraction /= 2;
    exponent += 1;
  }
  return { fraction, exponent: exponent + shift };
}
