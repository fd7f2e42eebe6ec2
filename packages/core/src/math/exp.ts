import { scaleByPower } from './bits.ts';

const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;
/** 1 / k! for k = 13 down to 2. */
const TAYLOR: readonly number[] = [
  1 / 6227020800,
  1 / 479001600,
  1 / 39916800,
  1 / 3628800,
  1 / 362880,
  1 / 40320,
  1 / 5040,
  1 / 720,
  1 / 120,
  1 / 24,
  1 / 6,
  1 / 2,
];

/** e^x. x = k ln 2 + r with |r| <= ln(2) / 2, Taylor series in r, the rounding of r carried along. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019412) return 0;
  const k = Math.round(x / Math.LN2);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const rest = high - r - low;
  let series = 0;
  for (const coefficient of TAYLOR) series = series * r + coefficient;
  return scaleByPower(1 + (r + (r * r * series + rest * (1 + r))), k);
}
