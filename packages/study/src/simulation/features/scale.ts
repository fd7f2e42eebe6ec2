import { exp, type Random } from '@sentinode/core';

/**
 * How a standard normal value becomes a feature: `offset + unit * x`, or `unit * exp(skew * x)` for those that are
 * positive with a long tail, rounded to `decimals` (about seven significant digits).
 */
export interface FeatureScale {
  readonly unit: number;
  readonly offset: number;
  /** 0 for the linear ones. */
  readonly skew: number;
  readonly decimals: number;
}

const LARGEST = 6;
/** Powers of ten from 1e-3 on, as literals: `**` may differ between engines in the last bit. */
const POWERS = [1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const powerOfTen = (exponent: number): number => POWERS[exponent + 3]!;

/** Scales from 1e-3 to 1e5, half of them skewed. */
export function drawScale(random: Random): FeatureScale {
  const magnitude = random.integer(9) - 3;
  const unit = powerOfTen(magnitude) * (1 + random.integer(80) / 10);
  const skew = random.uniform() < 0.5 ? 0.15 + 0.4 * random.uniform() : 0;
  const offset = skew === 0 ? unit * (random.integer(60) / 10 - 2) : 0;
  return { unit, offset, skew, decimals: Math.max(0, 6 - magnitude) };
}

/** Writes scaled values as whole multiples of 10^-decimals. */
export function scaleInto(
  standard: Float64Array,
  { unit, offset, skew, decimals }: FeatureScale,
  whole: Float64Array,
): void {
  const power = powerOfTen(decimals);
  for (let i = 0; i < standard.length; i++) {
    const x = Math.min(LARGEST, Math.max(-LARGEST, standard[i]!));
    // A cubic term makes the tails of the linear ones heavier than normal.
    const value = skew === 0 ? offset + unit * (x + 0.02 * x * x * x) : unit * exp(skew * x);
    whole[i] = Math.round(value * power);
  }
}

/** The doubles nearest to `whole / 10^decimals`: what a reader of the decimal text gets. */
export function fromWhole(whole: Float64Array, decimals: number): Float64Array {
  const power = powerOfTen(decimals);
  return whole.map((value) => value / power + 0);
}
