import { productError } from './exact.ts';

const HALF_PI_A = 1.570796325802803;
const HALF_PI_B = 9.920935791635221e-10;
const HALF_PI_C = 5.170182981794105e-19;
/** Beyond this the reduction would lose digits. */
const LARGEST = 1e6;

/** Terms of the sine from r^5 on. */
const SINE: readonly number[] = [
  1 / 355687428096000,
  -1 / 1307674368000,
  1 / 6227020800,
  -1 / 39916800,
  1 / 362880,
  -1 / 5040,
  1 / 120,
];
const COSINE: readonly number[] = [
  -1 / 6402373705728000,
  1 / 20922789888000,
  -1 / 87178291200,
  1 / 479001600,
  -1 / 3628800,
  1 / 40320,
  -1 / 720,
  1 / 24,
];

/** Quadrant and rest of an angle: x = quadrant * pi / 2 + rest + low, |rest| <= pi / 4. */
function reduce(x: number): { quadrant: number; rest: number; low: number } {
  if (!(Math.abs(x) <= LARGEST)) throw new RangeError(`angles beyond ${LARGEST} are not reduced: ${x}`);
  const n = Math.round(x / (Math.PI / 2));
  const a = x - n * HALF_PI_A;
  const b = n * HALF_PI_B;
  const high = a - b;
  // what the subtraction lost, exactly (Knuth's two-sum: a may be smaller than b)
  const back = high - a;
  const lost = a - (high - back) - (b + back);
  const tail = lost - n * HALF_PI_C;
  const rest = high + tail;
  const low = high - rest + tail;
  return { quadrant: ((n % 4) + 4) % 4, rest, low };
}

const series = (coefficients: readonly number[], z: number): number =>
  coefficients.reduce((sum, coefficient) => sum * z + coefficient, 0);

/** sin(r + low): what r^3 / 6 and the first difference lose in rounding is carried along. */
const sineOf = (r: number, low: number): number => {
  const z = r * r;
  const cube = r * z;
  const sixth = cube / 6;
  const product = sixth * 6;
  const sixthRest =
    (cube -
      product -
      productError(sixth, 6, product) +
      productError(r, z, cube) +
      r * productError(r, r, z)) /
    6;
  const first = r - sixth;
  return first + (r - first - sixth - sixthRest + (cube * z * series(SINE, z) + low * (1 - z / 2)));
};

/** cos(r + low), with what r^2 and the first difference lose in rounding. */
const cosineOf = (r: number, low: number): number => {
  const z = r * r;
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half - 0.5 * productError(r, r, z) + (z * z * series(COSINE, z) - r * low));
};

/** Sine of an angle in radians, |x| <= 1e6. */
export function sin(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, rest, low } = reduce(x);
  const value = quadrant % 2 === 0 ? sineOf(rest, low) : cosineOf(rest, low);
  return quadrant < 2 ? value : -value;
}

/** Cosine of an angle in radians, |x| <= 1e6. */
export function cos(x: number): number {
  if (!Number.isFinite(x)) return Number.NaN;
  const { quadrant, rest, low } = reduce(x);
  const value = quadrant % 2 === 0 ? cosineOf(rest, low) : sineOf(rest, low);
  return quadrant === 1 || quadrant === 2 ? -value : value;
}
